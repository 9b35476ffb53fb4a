import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  type BuildCache,
  type IslandModule,
  openFile,
  registerIslands,
  type StaticFile,
} from "../build_cache.ts";
import { type Command, fsRouteCommands } from "../fs_routes.ts";
import type { IslandRegistry } from "../types.ts";
import type { ResolvedBuildConfig } from "./builder.ts";
import { contentType } from "./content_type.ts";
import type { Build } from "./output.ts";
import type { FileTransformer } from "./transform.ts";

/** A build kept in memory, for development and tests; static files are read when asked for. */
export class MemoryBuildCache implements BuildCache {
  readonly root: string;
  readonly clientEntry: string;
  readonly alwaysBoot: boolean;
  readonly #config: ResolvedBuildConfig;
  readonly #transformer: FileTransformer;
  readonly #scripts: Map<string, { content: Uint8Array<ArrayBuffer>; hash: string }>;

  private constructor(
    build: Build,
    config: ResolvedBuildConfig,
    transformer: FileTransformer,
    readonly islands: IslandRegistry,
    readonly commands: Command[],
  ) {
    this.root = config.root;
    this.clientEntry = build.clientEntry;
    this.alwaysBoot = config.mode === "development";
    this.#config = config;
    this.#transformer = transformer;
    this.#scripts = new Map(build.scripts.map((script) => [script.pathname, script]));
  }

  /** Loads the islands and the routes that are not loaded on demand. */
  static async load(
    build: Build,
    config: ResolvedBuildConfig,
    transformer: FileTransformer,
  ): Promise<MemoryBuildCache> {
    const modules: IslandModule[] = await Promise.all(
      build.islands.map(async ({ name, file, path }) => ({ name, file, mod: await load(path) })),
    );
    const routes = await Promise.all(build.routes.map(async ({ path, lazy, ...route }) => ({
      ...route,
      mod: lazy ? () => load(path) : await load(path),
    })));
    const commands = fsRouteCommands(routes);
    return new MemoryBuildCache(build, config, transformer, registerIslands(modules), commands);
  }

  getFsRoutes(): Command[] {
    return this.commands;
  }

  async readFile(pathname: string): Promise<StaticFile | null> {
    const script = this.#scripts.get(pathname);
    if (script !== undefined) return inMemory(pathname, script.content, script.hash);
    const name = pathname.slice(1);
    if (name.split("/").includes("..")) return null;
    for (const folder of this.#config.staticDir) {
      const path = join(folder, name);
      if (!await isFile(path)) continue;
      const made = await this.#transformer.process(path, this.#config);
      if (made === null) {
        return await openFile(path, { hash: null, contentType: contentType(path) });
      }
      const file = made.find((it) => it.path === path);
      if (file !== undefined) return inMemory(path, file.content, null);
    }
    return null;
  }
}

function inMemory(path: string, content: Uint8Array<ArrayBuffer>, hash: string | null): StaticFile {
  return {
    hash,
    size: content.byteLength,
    contentType: contentType(path),
    readable: content,
    close: () => {},
  };
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch {
    return false;
  }
}

async function load(path: string): Promise<Record<string, unknown>> {
  return await import(pathToFileURL(path).href);
}
