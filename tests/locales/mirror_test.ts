/** Styles that say left or right do not mirror where a language is written from right to left. */
import { assertEquals } from "@std/assert";
import { walk } from "../../tasks/walk.ts";

const STYLES = new URL("../../static/styles/", import.meta.url);

/** Declarations that name a side, or give four sides of which the two at the line's ends differ. */
const SIDED = [
  /(?:^|[\s;{])(?:(?:margin|padding|inset|border|scroll-margin|scroll-padding)-)?(?:left|right)(?:-[a-z-]+)?\s*:[^;}]*/g,
  /(?:text-align|float|clear)\s*:\s*(?:left|right)/g,
  /(?:margin|padding|inset)\s*:\s*(?:[^\s;()]|\([^;()]*(?:\([^;()]*\)[^;()]*)*\))+(?:\s+(?:[^\s;()]|\([^;()]*(?:\([^;()]*\)[^;()]*)*\))+){3};/g,
] as const;

function sided(style: string): string[] {
  const css = style.replaceAll(/\/\*[^]*?\*\//g, "");
  return SIDED.flatMap((it) => css.match(it) ?? []).map((it) => it.trim());
}

Deno.test("the search for sides finds them", () => {
  const style = `a { margin-left: 1px; text-align: right; left: 0; /* right: 1 */ }
    b { padding: var(--a) max(1px, var(--b)) var(--c) 2px; padding: 1px 2px; inset-inline: 0; }`;
  assertEquals(sided(style).map((it) => it.split(":")[0]?.replace(/^[\s;{]+/, "")), [
    "margin-left",
    "left",
    "text-align",
    "padding",
  ]);
});

Deno.test("styles know start and end, not left and right", async () => {
  const found: string[] = [];
  for (const file of await walk(STYLES)) {
    const name = file.href.slice(STYLES.href.length);
    for (const it of sided(await Deno.readTextFile(file))) found.push(`${name}: ${it}`);
  }
  assertEquals(found, []);
});
