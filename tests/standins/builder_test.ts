import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { App, staticFiles } from "fresh";
import { Builder } from "fresh/dev";
import { fixtureOptions, outputFolder } from "./support.ts";

const folder = await outputFolder();
const builder = new Builder({
  ...fixtureOptions(),
  outDir: folder,
  sourceMap: { kind: "linked" },
});
builder.onTransformStaticFile(
  { pluginName: "shout", filter: /notes\.txt$/ },
  ({ text, path, mode }) => [
    { path, content: text.toUpperCase() },
    { path: path.replace(/\.txt$/, ".mode"), content: mode },
  ],
);
await builder.build();
const scripts = await readScripts(`${folder}/static/_fresh/js/${builder.config.buildId}`);
const notes = await Deno.readTextFile(`${folder}/static/notes.txt`);
const mode = await Deno.readTextFile(`${folder}/static/notes.mode`);
const server = await Deno.readTextFile(`${folder}/server.js`);
await Deno.remove(folder, { recursive: true });

async function readScripts(from: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const { name } of Deno.readDir(from)) {
    found.set(name, await Deno.readTextFile(`${from}/${name}`));
  }
  return found;
}

/** The names of the scripts a script loads at once, itself and theirs included. */
function loadedWith(name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  const imports = (scripts.get(name) ?? "").matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g);
  for (const [, imported = ""] of imports) loadedWith(imported, seen);
  return seen;
}

Deno.test("what an island imports on demand is not among the scripts it starts with", () => {
  const start = loadedWith("Counter.js").union(loadedWith("fresh-runtime.js"));
  assert(start.size >= 2, "islands and runtime share chunks");
  const heavy = [...scripts].filter(([name, code]) =>
    name.endsWith(".js") && code.includes("HEAVY_CODE_LOADED")
  );
  assertEquals(heavy.length, 1);
  assertEquals(start.has(heavy[0]?.[0] ?? ""), false);
});

Deno.test("the browser gets one copy of Preact and of signals", () => {
  const code = [...scripts].filter(([name]) => name.endsWith(".js")).map(([, text]) => text);
  assertEquals(code.join("").match(/createElementNS/g)?.length, 1);
  assertEquals(code.join("").match(/Symbol\.for\("preact-signals"\)/g)?.length, 1);
});

Deno.test("production code is minified and has the source maps asked for", () => {
  const counter = scripts.get("Counter.js") ?? "";
  assertStringIncludes(counter, "//# sourceMappingURL=Counter.js.map");
  assert(counter.split("\n").length < 10, "minified");
  assert(scripts.has("Counter.js.map"), "a map");
});

Deno.test("onTransformStaticFile changes and adds files", () => {
  assertEquals([notes, mode], ["CONTACT\n", "production"]);
});

Deno.test("server.js imports the app as it is", () => {
  assertStringIncludes(server, `from "../../main.ts"`);
});

Deno.test("a build in memory is given to an app by the function build() returns", async () => {
  const apply = await new Builder(fixtureOptions()).build({
    mode: "development",
    snapshot: "memory",
  });
  const app = new App({ mode: "development" }).use(staticFiles());
  apply(app);
  const response = await app.handler()(new Request("http://localhost/logo.svg"));
  assertEquals(response.status, 200);
  assertStringIncludes(response.headers.get("cache-control") ?? "", "no-store");
  assertEquals(response.headers.get("etag"), null);
  await response.body?.cancel();
  assertEquals(app.config.root, new Builder(fixtureOptions()).config.root);
});

Deno.test("a project that precompiles the wrong elements is refused", async () => {
  const root = await Deno.makeTempDir();
  const compilerOptions = { jsx: "precompile", jsxImportSource: "preact" };
  await Deno.writeTextFile(`${root}/deno.json`, JSON.stringify({ compilerOptions }));
  const building = () => new Builder({ root }).build({ snapshot: "memory" });
  await assertRejects(building, Error, "jsxPrecompileSkipElements");
  await Deno.remove(root, { recursive: true });
});
