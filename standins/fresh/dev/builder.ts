import { basename, extname, isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { App, type ListenOptions, setBuildCache } from "../app.ts";
import { type BuildCache, uniqueName } from "../build_cache.ts";
import { BUILD_ID } from "../build_id.ts";
import { bundle, type SourceMapOptions } from "./bundle.ts";
import { crawl, TEST_FILES } from "./crawl.ts";
import { liveReload } from "./live_reload.ts";
import { MemoryBuildCache } from "./memory_cache.ts";
import { type Build, writeBuild } from "./output.ts";
import { Project } from "./project.ts";
import { FileTransformer, type OnTransformOptions, type TransformFn } from "./transform.ts";

/** What `new Builder()` takes. Relative paths start from `root`. */
export interface BuildOptions {
  /** Oldest browsers to support, as esbuild names them. */
  target?: string | string[];
  /** Folder of the project; the current one by default. */
  root?: string;
  /** Where a build is written, `_fresh` by default. */
  outDir?: string;
  /** Folder or folders of static files, `static` by default; the first that has a file wins. */
  staticDir?: string | string[];
  /** Folder of islands, `islands` by default. */
  islandDir?: string;
  /** Folder of routes, `routes` by default. */
  routeDir?: string;
  /** Module that exports `app`, `main.ts` by default. */
  serverEntry?: string;
  /** Files that are neither routes nor islands; by default tests. */
  ignore?: RegExp[];
  /** Source maps of a production build. */
  sourceMap?: SourceMapOptions;
}

/** The options with every default filled in. */
export type ResolvedBuildConfig =
  & Required<Omit<BuildOptions, "sourceMap" | "staticDir">>
  & {
    staticDir: string[];
    mode: "development" | "production";
    buildId: string;
    sourceMap?: SourceMapOptions;
  };

/** Builds an app's browser side, on disk for production or in memory for development and tests. */
export class Builder<State = unknown> {
  /** The options with every default filled in. */
  config: ResolvedBuildConfig;
  readonly #transformer = new FileTransformer();
  readonly #islands = new Set<string>();

  /** Nothing is read before `build()` or `listen()`. */
  constructor(options: BuildOptions = {}) {
    const root = toPath(options.root ?? ".", Deno.cwd());
    this.config = {
      root,
      target: options.target ?? ["chrome99", "firefox99", "safari15"],
      outDir: toPath(options.outDir ?? "_fresh", root),
      staticDir: [options.staticDir ?? "static"].flat().map((folder) => toPath(folder, root)),
      islandDir: toPath(options.islandDir ?? "islands", root),
      routeDir: toPath(options.routeDir ?? "routes", root),
      serverEntry: toPath(options.serverEntry ?? "main.ts", root),
      ignore: options.ignore ?? [TEST_FILES],
      mode: "production",
      buildId: BUILD_ID,
      sourceMap: options.sourceMap,
    };
  }

  /** Makes a module outside of the island folder an island. */
  registerIsland(specifier: string): void {
    this.#islands.add(toPath(specifier, this.config.root));
  }

  /** Has static files changed on their way out. */
  onTransformStaticFile(options: OnTransformOptions, callback: TransformFn): void {
    this.#transformer.add(options, callback);
  }

  /** Builds in memory and serves the app for development; pages reload when the server restarts. */
  async listen<S = State>(
    importApp: () => Promise<{ app: App<S> } | App<S>>,
    options: ListenOptions = {},
  ): Promise<void> {
    this.config.mode = "development";
    const imported = await importApp();
    const app = imported instanceof App ? imported : imported.app;
    setBuildCache(app, await this.#inMemory(), "development");
    const handle = app.handler();
    await new App({ mode: "development" })
      .use(liveReload())
      .all("*", (ctx) => handle(ctx.req, ctx.info))
      .listen(options);
  }

  /** Builds the app; the function it returns gives a build in memory to an app. */
  async build(
    options: { mode?: ResolvedBuildConfig["mode"]; snapshot?: "disk" | "memory" } = {},
  ): Promise<<S = State>(app: App<S>) => void> {
    this.config.mode = options.mode ?? "production";
    if (options.snapshot === "memory") {
      const cache = await this.#inMemory();
      return (app) => setBuildCache(app, cache, app.config.mode);
    }
    await Deno.remove(join(this.config.outDir, "static"), { recursive: true }).catch(ignoreMissing);
    await writeBuild(await this.#build(), this.config, this.#transformer);
    console.log(`Assets written to: ${this.config.outDir}`);
    return () => {
      throw new Error("A build on disk is served by its server.js");
    };
  }

  async #inMemory(): Promise<BuildCache> {
    return await MemoryBuildCache.load(await this.#build(), this.config, this.#transformer);
  }

  async #build(): Promise<Build> {
    const { root, buildId, target, sourceMap, mode } = this.config;
    const found = await crawl(this.config);
    const paths = new Set([...this.#islands, ...found.islands]);
    const development = mode === "development";
    const boot = new URL(`../client/${development ? "dev" : "boot"}.ts`, import.meta.url);
    const prefix = `/_fresh/js/${buildId}/`;

    const names = new Map<string, number>();
    const islands = [...paths].map((path) => {
      const name = uniqueName(names, identifier(path));
      return { name, path, file: `${prefix}${name}.js` };
    });
    const files = await bundle({
      ...{ root, development, buildId, target, sourceMap },
      project: await Project.find(root),
      entryPoints: {
        "fresh-runtime": fileURLToPath(boot),
        ...Object.fromEntries(islands.map(({ name, path }) => [name, path])),
      },
    });
    return {
      clientEntry: `${prefix}fresh-runtime.js`,
      scripts: files.map(({ name, ...file }) => ({ ...file, pathname: prefix + name })),
      islands,
      routes: found.routes,
    };
  }
}

function toPath(path: string, root: string): string {
  if (path.startsWith("file:")) return fileURLToPath(path);
  return isAbsolute(path) ? path : resolve(root, path);
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}

const RESERVED = new Set(
  ("await boot break case catch class const continue debugger default delete do else enum export " +
    "extends false finally for function if implements import in instanceof interface let new null " +
    "package private protected public return static super switch this throw true try typeof var " +
    "void while with yield").split(" "),
);

/** A name for the island in `path` that scripts can use. */
function identifier(path: string): string {
  const name = basename(path, extname(path)).replaceAll(/[^\w$]+/g, "_");
  return /^\d/.test(name) || RESERVED.has(name) ? `_${name}` : name;
}
