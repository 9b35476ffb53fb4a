import { createHash } from "node:crypto";
import { dirname, join, relative } from "node:path";
import type { FileEntry } from "../build_cache.ts";
import type { ResolvedBuildConfig } from "./builder.ts";
import { contentType } from "./content_type.ts";
import { type FoundRoute, listFiles } from "./crawl.ts";
import type { FileTransformer } from "./transform.ts";

/** What a build came to, wherever it is going to be kept. */
export interface Build {
  clientEntry: string;
  scripts: { pathname: string; content: Uint8Array<ArrayBuffer>; hash: string }[];
  /** Island modules: unique name, address of the script, file on the server. */
  islands: { name: string; file: string; path: string }[];
  routes: FoundRoute[];
}

/** Writes a build: the scripts, the transformed static files, and the server's entry. */
export async function writeBuild(
  build: Build,
  config: ResolvedBuildConfig,
  transformer: FileTransformer,
): Promise<void> {
  const { outDir, root, serverEntry } = config;
  const files = new Map<string, FileEntry>();
  const write = async (pathname: string, content: Uint8Array, hash: string) => {
    const path = join(outDir, "static", pathname);
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeFile(path, content);
    add(pathname, path, hash);
  };
  const add = (pathname: string, path: string, hash: string) => {
    const name = pathname.split("/").map(encodeURIComponent).join("/");
    if (files.has(name)) return;
    files.set(name, { filePath: relative(root, path), hash, contentType: contentType(path) });
  };

  for (const { pathname, content, hash } of build.scripts) await write(pathname, content, hash);
  for (const folder of config.staticDir) {
    for (const name of await listFiles(folder)) {
      const path = join(folder, name);
      const hidden = /(?:^|\/)\.(?!well-known\/)/.test(name);
      if (hidden || path.startsWith(`${outDir}/`)) continue;
      const made = await transformer.process(path, config);
      if (made === null) add(`/${name}`, path, digest(await Deno.readFile(path)));
      for (const file of made ?? []) {
        const pathname = `/${relative(folder, file.path)}`;
        if (pathname.startsWith("/..")) {
          throw new Error(`"${file.path}" lies outside of "${folder}"`);
        }
        await write(pathname, file.content, digest(file.content));
      }
    }
  }

  await Deno.writeTextFile(join(outDir, "snapshot.js"), snapshotSource(build, config, files));
  await Deno.writeTextFile(
    join(outDir, "server.js"),
    `// Written by the build.
import { ProdBuildCache, setBuildCache } from "fresh/internal";
import { fileURLToPath } from "node:url";
import { snapshot } from "./snapshot.js";
import { app } from ${specifier(outDir, serverEntry)};

const root = fileURLToPath(new URL(${specifier(outDir, root)}, import.meta.url));
setBuildCache(app, new ProdBuildCache(root, snapshot), "production");

export default { fetch: app.handler() };
`,
  );
}

function digest(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

function specifier(outDir: string, path: string): string {
  const relation = relative(outDir, path);
  return JSON.stringify(relation.startsWith(".") ? relation : `./${relation}`);
}

function snapshotSource(
  build: Build,
  { outDir, buildId }: ResolvedBuildConfig,
  files: Map<string, FileEntry>,
): string {
  const imports: string[] = [];
  const islands = build.islands.map(({ name, file, path }, i) => {
    imports.push(`import * as island${i} from ${specifier(outDir, path)};`);
    return `{ name: ${JSON.stringify(name)}, file: ${JSON.stringify(file)}, mod: island${i} },`;
  });
  const routes = build.routes.map(({ path, lazy, ...route }, i) => {
    if (!lazy) imports.push(`import * as route${i} from ${specifier(outDir, path)};`);
    const mod = lazy ? `() => import(${specifier(outDir, path)})` : `route${i}`;
    return `{ ...${JSON.stringify(route)}, mod: ${mod} },`;
  });
  const staticFiles = [...files].map((entry) => `${JSON.stringify(entry)},`);
  return `// Written by the build.
${imports.join("\n")}

export const snapshot = {
  buildId: ${JSON.stringify(buildId)},
  clientEntry: ${JSON.stringify(build.clientEntry)},
  islands: [
    ${islands.join("\n    ")}
  ],
  fsRoutes: [
    ${routes.join("\n    ")}
  ],
  staticFiles: new Map([
    ${staticFiles.join("\n    ")}
  ]),
};
`;
}
