/** No text for people is written into the pages: it all comes from the catalogues. */
import { assertEquals } from "@std/assert";
import { walk } from "../../tasks/walk.ts";

const ROOT = new URL("../../", import.meta.url);
const FOLDERS = ["routes", "islands", "components", "client"];

/** Attributes, and props of our own components, that people read or hear. */
const SPOKEN = new Set([
  ...["aria-label", "aria-description", "aria-valuetext", "aria-roledescription"],
  ...["title", "placeholder", "alt", "label", "heading", "hint", "text"],
]);

/** Reads like a sentence: a capital, and more than one word. */
const SENTENCE = /^\p{Lu}[^]*\p{L}\s+\p{L}/u;

/** The product's name, and a status as it is on the wire (DeviceStatus). */
const NO_WORDS: readonly string[] = ["Live Support", "Not Installed"];

/** All literals an expression may come out as. */
function literalsOf(node: Deno.lint.Expression | Deno.lint.JSXEmptyExpression): string[] {
  switch (node.type) {
    case "Literal":
      return typeof node.value === "string" ? [node.value] : [];
    case "TemplateLiteral":
      return [node.quasis.map(({ cooked }) => cooked).join(" ")];
    case "ConditionalExpression":
      return [...literalsOf(node.consequent), ...literalsOf(node.alternate)];
    case "LogicalExpression":
      return literalsOf(node.right);
    case "BinaryExpression":
      return node.left.type === "PrivateIdentifier" || node.operator !== "+"
        ? []
        : [...literalsOf(node.left), ...literalsOf(node.right)];
    default:
      return [];
  }
}

const plugin: Deno.lint.Plugin = {
  name: "catalogues",
  rules: {
    "no-words": {
      create(context) {
        const report = (node: Deno.lint.Node, texts: readonly string[]) => {
          for (const text of texts.map((it) => it.trim())) {
            if (!/\p{L}/u.test(text) || NO_WORDS.includes(text)) continue;
            context.report({ node, message: text });
          }
        };
        return {
          JSXText: (node) => report(node, [node.value]),
          JSXExpressionContainer(node) {
            if (node.parent.type === "JSXElement" || node.parent.type === "JSXFragment") {
              report(node, literalsOf(node.expression));
            }
          },
          JSXAttribute({ name, value }) {
            if (name.type !== "JSXIdentifier" || !SPOKEN.has(name.name) || value === null) return;
            if (value.type === "Literal") report(value, [String(value.value)]);
            if (value.type === "JSXExpressionContainer") {
              report(value, literalsOf(value.expression));
            }
          },
          Literal(node) {
            const { value, parent } = node;
            // What a bug says, it says to those who read logs.
            if (parent.type === "NewExpression" || typeof value !== "string") return;
            if (SENTENCE.test(value)) report(node, [value]);
          },
        };
      },
    },
  },
};

/** The texts in `source` that a person would see or hear. */
function wordsIn(source: string): string[] {
  const found = Deno.lint.runPlugin(plugin, "page.tsx", source).map(({ message }) => message);
  return [...new Set(found)].sort();
}

Deno.test("the search for words finds them", () => {
  const source = `
    /** <p>a comment</p> */
    const many: Map<string, Set<number>> = useSignal<string | null>(null);
    if (many.size < 3) throw new Error("Nobody reads this here");
    const said = "A sentence somewhere.";
    return (
      <p class="hint" title={\`For \${name}\`}>
        Plain {name} words <b>{"Braced"}</b>{say("common.done")}{open ? "Either" : null}
        <input aria-label="Heard" type="text" placeholder={say("x")} /> · 
        <Control icon="mic" label={muted ? "On" : say("call.mute")} />
      </p>
    );`;
  assertEquals(wordsIn(source), [
    ...["A sentence somewhere.", "Braced", "Either", "For"],
    ...["Heard", "On", "Plain", "words"],
  ]);
});

Deno.test("no page, island, component or model has words of its own", async () => {
  const astray: string[] = [];
  for (const folder of FOLDERS) {
    for (const file of await walk(new URL(folder, ROOT))) {
      if (!/\.tsx?$/.test(file.href)) continue;
      const path = decodeURIComponent(file.href.slice(ROOT.href.length));
      for (const text of wordsIn(await Deno.readTextFile(file))) astray.push(`${path}: ${text}`);
    }
  }
  assertEquals(astray, []);
});
