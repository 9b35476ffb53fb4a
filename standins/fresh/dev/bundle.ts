import type { BuildOptions, Plugin } from "esbuild";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Project } from "./project.ts";

/** How source maps are made; the fields are esbuild's. */
export interface SourceMapOptions {
  kind: BuildOptions["sourcemap"];
  sourceRoot?: BuildOptions["sourceRoot"];
  sourcesContent?: BuildOptions["sourcesContent"];
}

/** What to bundle. */
export interface BundleOptions {
  project: Project;
  root: string;
  development: boolean;
  buildId: string;
  target: string | string[];
  sourceMap?: SourceMapOptions;
  /** File of each script by its name. */
  entryPoints: Record<string, string>;
}

/** A finished script. */
export interface BundledFile {
  name: string;
  content: Uint8Array<ArrayBuffer>;
  hash: string;
}

/** How many bundles are being made: the last one stops the bundler's process. */
let running = 0;

/** Makes browser scripts: what they share and what they import on demand are files of their own. */
export async function bundle(options: BundleOptions): Promise<BundledFile[]> {
  const { project, root, development, sourceMap } = options;
  const esbuild = await import("esbuild");
  running++;
  try {
    const { outputFiles } = await esbuild.build({
      entryPoints: options.entryPoints,
      platform: "browser",
      format: "esm",
      target: options.target,
      bundle: true,
      splitting: true,
      treeShaking: true,
      minify: !development,
      sourcemap: development ? "linked" : sourceMap?.kind,
      sourceRoot: development ? undefined : sourceMap?.sourceRoot,
      sourcesContent: development ? undefined : sourceMap?.sourcesContent,
      jsx: "automatic",
      jsxDev: development,
      jsxImportSource: project.jsxImportSource,
      tsconfigRaw: {},
      define: {
        "process.env.NODE_ENV": JSON.stringify(development ? "development" : "production"),
      },
      absWorkingDir: root,
      outdir: ".",
      write: false,
      logLevel: "warning",
      plugins: [buildIdPlugin(options.buildId), importMapPlugin(project)],
    });
    return outputFiles.map(({ path, contents, hash }) => ({
      name: relative(root, path),
      content: new Uint8Array(contents),
      hash,
    }));
  } finally {
    if (--running === 0) await esbuild.stop();
  }
}

/** Gives the browser the build's id as a constant. */
function buildIdPlugin(buildId: string): Plugin {
  const file = fileURLToPath(new URL("../build_id.ts", import.meta.url));
  const contents = `export const BUILD_ID = ${JSON.stringify(buildId)};`;
  return {
    name: "build-id",
    async setup(build) {
      const real = await Deno.realPath(file);
      build.onLoad({ filter: /build_id\.ts$/ }, ({ path }) => path === real ? { contents } : null);
    },
  };
}

/** Resolves imports of our own files as Deno does; packages then resolve theirs by themselves. */
function importMapPlugin(project: Project): Plugin {
  const own = Symbol("own");
  return {
    name: "import-map",
    setup(build) {
      build.onResolve({ filter: /.*/ }, async ({ path, importer, kind, pluginData }) => {
        const inPackage = importer.includes("/node_modules/");
        if (pluginData === own || inPackage || kind === "entry-point") return null;
        const target = project.resolve(path, importer);
        if (target === null) return null;
        if ("file" in target) return { path: await Deno.realPath(target.file) };
        return await build.resolve(target.bare, {
          kind,
          importer,
          resolveDir: project.folder,
          pluginData: own,
        });
      });
    },
  };
}
