/** The arrows of docs/ARCHITECTURE.md: who may import whom. Fails on an import against them, or in a circle. */
import { assertEquals } from "@std/assert";
import { walk } from "../tasks/walk.ts";

const ROOT = new URL("../", import.meta.url);

/** What each part of the project may import of the others, besides itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  locales: ["protocol"],
  log: ["protocol"],
  store: ["protocol", "locales", "log"],
  actors: ["protocol", "locales", "log", "store"],
  push: ["protocol", "locales", "log", "store"],
  media: ["protocol", "locales", "log"],
  auth: ["protocol", "locales", "store"],
  "settings.ts": [],
  "config.ts": ["protocol", "log", "auth", "media", "push", "settings.ts", "deno.json"],
  attachments: ["protocol", "locales", "store"],
  "fresh.config.ts": [],
  "health.ts": ["protocol", "config.ts"],
  "app.ts": [
    "protocol",
    "locales",
    "store",
    "actors",
    "push",
    "media",
    "auth",
    "config.ts",
    "fresh.config.ts",
    "health.ts",
  ],
  client: ["protocol", "locales"],
  components: ["protocol", "locales", "client"],
  islands: ["protocol", "locales", "client", "components"],
  routes: [
    ...["protocol", "locales", "log", "store", "actors", "auth", "attachments"],
    ...["config.ts", "app.ts"],
    ...["client", "components", "islands"],
  ],
  "main.ts": ["protocol", "log", "store", "actors", "push", "media", "auth", "config.ts", "app.ts"],
  "dev.ts": ["config.ts", "fresh.config.ts", "main.ts", "tasks"],
  tasks: ["locales", "auth", "media", "config.ts", "main.ts"],
};

/** Packages that only these places may import. */
const ONLY_IN: readonly (readonly [specifier: RegExp, place: RegExp])[] = [
  [/^mediasoup-client/, /^client\/call\//],
  [/^mediasoup(\/|$)/, /^media\//],
  [/^jose$/, /^media\//],
  [/^hash-wasm$/, /^auth\//],
  [/^uqr$/, /^routes\//],
  [/^web-push-neo$/, /^push\//],
  [/^(file-type|content-disposition)$/, /^attachments\//],
  [/^fresh\/dev$/, /^(dev|fresh\.config)\.ts$/],
  [/^fresh$/, /^(app\.ts|fresh\.config\.ts|auth\/headers\.ts|routes\/.*)$/],
  [/^fresh\/runtime$/, /^(app\.ts$|(routes|islands|components)\/)/],
  [/^@preact\/signals$/, /^(client|components|islands)\//],
  [/^(node:|jsr:|npm:|https?:)/, /^(store|auth|media|push|tasks)\//],
  [/^(jsr:|npm:|https?:)/, /^$/],
];

/** The one dynamic way from the app to mediasoup, and from pages to the call. */
const DYNAMIC_ONLY: readonly (readonly [target: RegExp, from: RegExp])[] = [
  [/^media\/local_gateway\.ts$/, /^(main\.ts|media\/main\.ts)$/],
  [/^client\/call\/call_client\.ts$/, /^(client|islands|components)\//],
  [/^components\/attach\//, /^(client|islands|components\/(?!attach\/))/],
  [/^client\/attach\//, /^(client\/(?!attach\/)|islands|components\/(?!attach\/))/],
];

interface Import {
  readonly from: string;
  readonly specifier: string;
  readonly dynamic: boolean;
  readonly typeOnly: boolean;
}

/** Pages are given their words as data: of locales/, their scripts hold these and types. */
const SPOKEN_IN_SCRIPTS = /^locales\/(phrase|speaker)\.ts$/;

const IMPORT =
  /(?:^|\n)\s*(?<kind>import|export)\s(?<type>type\s)?[^;"']*?from\s+["'](?<named>[^"']+)["']|\bimport\(\s*["'](?<dynamic>[^"']+)["']|(?:^|\n)import\s+["'](?<bare>[^"']+)["']/g;

async function sources(): Promise<{ path: string; text: string }[]> {
  const files = (await Promise.all(
    Object.keys(MAY_IMPORT).map((name) => walk(new URL(name, ROOT))),
  )).flat();
  return await Promise.all(
    files.filter(({ href }) => /\.tsx?$/.test(href)).map(async (file) => ({
      path: decodeURIComponent(file.href.slice(ROOT.href.length)),
      text: await Deno.readTextFile(file),
    })),
  );
}

function importsOf({ path, text }: { path: string; text: string }): Import[] {
  return [...text.matchAll(IMPORT)].map(({ groups = {} }) => ({
    from: path,
    specifier: groups.named ?? groups.dynamic ?? groups.bare ?? "",
    dynamic: groups.dynamic !== undefined,
    typeOnly: groups.type !== undefined,
  }));
}

/** The part of the project a path belongs to: a folder, or a file of the root. */
function partOf(path: string): string {
  return path.split("/", 1)[0] ?? path;
}

function targetOf({ from, specifier }: Import): string {
  const base = new URL(encodeURI(from), ROOT);
  return decodeURIComponent(new URL(encodeURI(specifier), base).href.slice(ROOT.href.length));
}

/** A way along imports that comes back to where it began, types included; null: there is none. */
function findCircle(imports: readonly Import[]): string[] | null {
  const targets = Map.groupBy(imports.filter(isOwn), ({ from }) => from);
  const done = new Set<string>();
  const visit = (path: string, way: readonly string[]): string[] | null => {
    if (way.includes(path)) return [...way.slice(way.indexOf(path)), path];
    if (done.has(path)) return null;
    for (const it of targets.get(path) ?? []) {
      const circle = visit(targetOf(it), [...way, path]);
      if (circle !== null) return circle;
    }
    done.add(path);
    return null;
  };
  for (const path of targets.keys()) {
    const circle = visit(path, []);
    if (circle !== null) return circle;
  }
  return null;
}

function isOwn({ specifier }: Import): boolean {
  return specifier.startsWith(".");
}

const files = await sources();
const imports = files.flatMap(importsOf);

Deno.test("the search for imports finds them all", () => {
  const parts = new Set(files.map(({ path }) => partOf(path)));
  assertEquals(Object.keys(MAY_IMPORT).filter((part) => !parts.has(part)), []);
  const found = importsOf({
    path: "routes/x.tsx",
    text: `import a from "./a.ts";\nimport type {\n  B,\n} from "../b.ts";\nimport "c";\n` +
      `export { d } from "./d.ts";\nconst e = await import("./e.ts");\nconst f = "import";\n`,
  });
  assertEquals(
    found.map(({ specifier, dynamic, typeOnly }) => [specifier, dynamic, typeOnly]),
    [
      ["./a.ts", false, false],
      ["../b.ts", false, true],
      ["c", false, false],
      ["./d.ts", false, false],
      ["./e.ts", true, false],
    ],
  );
});

Deno.test("imports between folders go along the arrows", () => {
  const against = imports.filter(isOwn).filter((it) => {
    const [from, to] = [partOf(it.from), partOf(targetOf(it))];
    return from !== to && !MAY_IMPORT[from]?.includes(to);
  });
  assertEquals(against.map((it) => `${it.from} -> ${targetOf(it)}`), []);
});

Deno.test("no file imports what imports it, also not for a type alone", () => {
  assertEquals(findCircle(imports), null);
  const from = (path: string, text: string) => importsOf({ path, text });
  const circle = [
    ...from("a/one.ts", `import type { Two } from "./two.ts";\n`),
    ...from("a/two.ts", `import "../three.ts";\n`),
    ...from("three.ts", `export const one = () => import("./a/one.ts");\n`),
  ];
  assertEquals(findCircle(circle), ["a/one.ts", "a/two.ts", "three.ts", "a/one.ts"]);
});

Deno.test("packages are imported only where they belong", () => {
  const astray = imports.filter((it) =>
    ONLY_IN.some(([specifier, place]) => specifier.test(it.specifier) && !place.test(it.from))
  );
  assertEquals(astray.map(({ from, specifier }) => `${from} -> ${specifier}`), []);
});

Deno.test("mediasoup is reached by one dynamic import on either side", () => {
  const eager = imports.filter((it) => {
    if (it.dynamic || it.typeOnly || !isOwn(it)) return false;
    return DYNAMIC_ONLY.some(([target, from]) =>
      target.test(targetOf(it)) && from.test(it.from) && partOf(it.from) !== "media"
    );
  });
  assertEquals(eager.map((it) => `${it.from} -> ${targetOf(it)}`), []);
  const ways = imports.filter((it) =>
    targetOf(it) === "media/local_gateway.ts" && partOf(it.from) !== "media"
  );
  assertEquals(ways.map(({ from, dynamic }) => ({ from, dynamic })), [
    { from: "main.ts", dynamic: true },
  ]);
});

Deno.test("no catalogue is part of a page's script", () => {
  const loaded = imports.filter((it) =>
    /^(client|components|islands)\//.test(it.from) && !it.typeOnly &&
    partOf(targetOf(it)) === "locales" && !SPOKEN_IN_SCRIPTS.test(targetOf(it))
  );
  assertEquals(loaded.map((it) => `${it.from} -> ${targetOf(it)}`), []);
});

Deno.test("only store/ says Deno.Kv; the rest hands it on", () => {
  const say = files.filter(({ path, text }) =>
    !path.startsWith("store/") && /\bDeno\.(openKv|Kv|AtomicOperation)/.test(text)
  );
  assertEquals(say.map(({ path }) => path), []);
});

Deno.test("protocol, client, islands and components never touch Deno", () => {
  const places = /^(protocol|client|islands|components)\//;
  const touch = files.filter(({ path, text }) => places.test(path) && /\bDeno\./.test(text));
  assertEquals(touch.map(({ path }) => path), []);
});

Deno.test("sockets and the global clock stay outside of actors", () => {
  const touch = files.filter(({ path, text }) =>
    path.startsWith("actors/") && /\bWebSocket\b|\bDeno\./.test(text)
  );
  assertEquals(touch.map(({ path }) => path), []);
});

Deno.test("[S8] servers log by event; only tasks and what starts them print for people", () => {
  const places = /^(protocol|locales|store|actors|push|media|auth|attachments|routes|app\.ts)/;
  const starts = /^media\/main\.ts$/;
  const print = files.filter(({ path, text }) =>
    places.test(path) && !starts.test(path) && /\bconsole\.\w+\(/.test(text)
  );
  assertEquals(print.map(({ path }) => path), []);
});
