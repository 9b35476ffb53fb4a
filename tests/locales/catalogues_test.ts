/** What types cannot see of the catalogues: empty messages, placeholders, words a page lacks. */
import { assert, assertEquals } from "@std/assert";
import { LANGUAGES, LOCALES } from "../../locales/catalogues.ts";
import { en } from "../../locales/en/mod.ts";
import { PAGE_SECTIONS } from "../../locales/pages.ts";
import type { Message, Section } from "../../locales/message.ts";
import { ERROR_CODES } from "../../protocol/errors.ts";
import { REFUSAL_CODES } from "../../protocol/refusals.ts";
import { walk } from "../../tasks/walk.ts";

const ROOT = new URL("../../", import.meta.url);
const ENGLISH: Readonly<Record<string, Section>> = en;

function placeholders(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name))].sort();
}

function forms(message: Message | undefined): readonly (readonly [string, string])[] {
  if (message === undefined) return [];
  return typeof message === "string" ? [["", message]] : Object.entries(message);
}

function keysOf(sections: Readonly<Record<string, Section>>): string[] {
  return Object.entries(sections).flatMap(([name, section]) =>
    Object.keys(section).map((key) => `${name}.${key}`)
  ).sort();
}

for (const locale of LOCALES) {
  const catalogue: Readonly<Record<string, Section>> = LANGUAGES[locale].catalogue;

  Deno.test(`${locale}: every message is there, none is empty, none has braces left over`, () => {
    assertEquals(keysOf(catalogue), keysOf(ENGLISH));
    for (const [name, section] of Object.entries(catalogue)) {
      for (const [key, message] of Object.entries(section)) {
        for (const [form, text] of forms(message)) {
          const where = `${name}.${key} ${form}`;
          assert(text.trim() !== "", `${where} is empty`);
          assert(!/[{}]/.test(text.replaceAll(/\{\w+\}/g, "")), `${where}: ${text}`);
        }
      }
    }
  });

  Deno.test(`${locale}: every message has the placeholders of the English one`, () => {
    for (const [name, section] of Object.entries(catalogue)) {
      for (const [key, message] of Object.entries(section)) {
        const [, wanted = ""] = forms(ENGLISH[name]?.[key]).at(-1) ?? [];
        for (const [form, text] of forms(message)) {
          // "One new message" needs no figure; every other value has to be said.
          const optional = (it: string) => form !== "" && form !== "other" && it === "count";
          const said = new Set(placeholders(text));
          const missing = placeholders(wanted).filter((it) => !said.has(it) && !optional(it));
          const surplus = [...said].filter((it) => !placeholders(wanted).includes(it));
          assertEquals([missing, surplus], [[], []], `${name}.${key} ${form}`);
        }
      }
    }
  });

  Deno.test(`${locale}: every plural has just the forms the language has (CLDR)`, () => {
    const { pluralCategories } = new Intl.PluralRules(locale).resolvedOptions();
    for (const [name, section] of Object.entries(catalogue)) {
      for (const [key, message] of Object.entries(section)) {
        if (typeof message === "string") continue;
        assertEquals(
          Object.keys(message).sort(),
          [...pluralCategories].sort(),
          `${name}.${key}`,
        );
      }
    }
  });

  if (locale === "en") continue;
  Deno.test(`${locale}: every section is translated`, () => {
    const untranslated = Object.keys(ENGLISH).filter((name) => catalogue[name] === ENGLISH[name]);
    assertEquals(untranslated, []);
  });
}

Deno.test("fr: its own spaces (narrow, no break) and apostrophes", () => {
  for (const [name, section] of Object.entries(LANGUAGES.fr.catalogue)) {
    for (const [key, message] of Object.entries<Message>(section)) {
      for (const [, text] of forms(message)) {
        assert(!/[^\u202f][;:!?»%]|«[^\u202f]|'/.test(text), `${name}.${key}: ${text}`);
      }
    }
  }
});

Deno.test("every message is said somewhere", async () => {
  const sources = await Promise.all(
    ["routes", "islands", "components", "client", "auth", "push"].map((name) =>
      walk(new URL(name, ROOT))
    ),
  );
  const texts = await Promise.all(
    sources.flat().filter(({ href }) => /\.tsx?$/.test(href)).map((file) =>
      Deno.readTextFile(file)
    ),
  );
  const text = texts.join("\n");
  // A code, or another word of the wire, may complete a key: `errors.${code}`.
  const completed = (key: string) => text.includes(`\`${key.slice(0, key.indexOf(".") + 1)}\${`);
  const said = (key: string) => text.includes(`"${key}"`) || completed(key);
  assertEquals(keysOf(ENGLISH).filter((key) => !said(key)), []);
});

Deno.test("every refusal has a sentence on the page", () => {
  for (const code of [...ERROR_CODES, ...REFUSAL_CODES]) assert(code in en.errors, code);
});

/** The files `path` is made of, also what it loads later, with itself. */
async function filesOf(path: string, seen: Map<string, string> = new Map()) {
  if (seen.has(path)) return seen;
  const source = await Deno.readTextFile(new URL(path, ROOT));
  const text = source.replaceAll(/\/\*[^]*?\*\//g, "");
  seen.set(path, text);
  for (const [, specifier = ""] of text.matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)) {
    const target = new URL(specifier, new URL(path, ROOT)).href.slice(ROOT.href.length);
    if (/^(islands|components|client)\//.test(target)) await filesOf(target, seen);
  }
  return seen;
}

const KEY = new RegExp(`["\`](${Object.keys(ENGLISH).join("|")})\\.([A-Za-z_]+|\\$\\{)`, "g");

for (const [island, names] of Object.entries(PAGE_SECTIONS)) {
  Deno.test(`${island} is given the words it says, and not many more`, async () => {
    const files = await filesOf(`islands/${island}.tsx`);
    const said = new Set<string>();
    for (const text of files.values()) {
      for (const [, section = ""] of text.matchAll(KEY)) said.add(section);
    }
    const given: readonly string[] = names;
    // What both pages share tells a technician some things a device user is never told.
    const shared = island === "DeviceAgent" ? ["console"] : [];
    assertEquals([...said].filter((it) => !given.includes(it) && !shared.includes(it)), []);
    assertEquals(given.filter((it) => !said.has(it)), []);
  });
}
