import { isAbsolute, join } from "node:path";
import { setBuildId } from "./build_id.ts";
import { type Command, fsRouteCommands, type FsRouteFile } from "./fs_routes.ts";
import type { Island, IslandRegistry } from "./types.ts";

/** A file to be served. */
export interface StaticFile {
  /** Digest for the ETag, null where there is none. */
  hash: string | null;
  size: number;
  contentType: string;
  readable: ReadableStream<Uint8Array<ArrayBuffer>> | Uint8Array<ArrayBuffer>;
  /** Gives up reading. */
  close(): void;
}

/** A build as the running app sees it. */
export interface BuildCache {
  /** Folder of the project. */
  root: string;
  /** The islands by component. */
  islands: IslandRegistry;
  /** Address of the script that boots islands. */
  clientEntry: string;
  /** Boot also on pages without islands: the development server's live reload lives there. */
  alwaysBoot: boolean;
  /** The file routes. */
  getFsRoutes(): Command[];
  /** Finds a static file or built script by its path. */
  readFile(pathname: string): Promise<StaticFile | null>;
}

/** An app without a build: no file routes, no files. */
export const NO_BUILD: BuildCache = {
  root: ".",
  islands: new Map(),
  clientEntry: "",
  alwaysBoot: false,
  getFsRoutes: () => [],
  readFile: () => Promise.resolve(null),
};

/** What a build writes about a file. */
export interface FileEntry {
  filePath: string;
  hash: string;
  contentType: string;
}

/** What a build writes about an island module. */
export interface IslandModule {
  /** Unique name made from the file's. */
  name: string;
  /** Address of its script. */
  file: string;
  /** The module on the server. */
  mod: Record<string, unknown>;
}

/** The module a build writes for the server. */
export interface Snapshot {
  buildId: string;
  clientEntry: string;
  islands: IslandModule[];
  fsRoutes: FsRouteFile[];
  staticFiles: Map<string, FileEntry>;
}

/** Finds every island of some modules: each function they export. */
export function registerIslands(modules: readonly IslandModule[]): IslandRegistry {
  const registry: IslandRegistry = new Map();
  const names = new Map<string, number>();
  for (const { name: moduleName, file, mod } of modules) {
    for (const [exportName, fn] of Object.entries(mod)) {
      if (typeof fn !== "function") continue;
      const wanted = exportName === "default" ? moduleName : exportName;
      const name = uniqueName(names, wanted);
      registry.set(fn, { file, name, exportName, fn: fn as Island["fn"] });
    }
  }
  return registry;
}

/** Makes a name of its own by counting up. */
export function uniqueName(taken: Map<string, number>, wanted: string): string {
  const count = taken.get(wanted) ?? 0;
  taken.set(wanted, count + 1);
  return count === 0 ? wanted : `${wanted}_${count}`;
}

/** A build on disk. */
export class ProdBuildCache implements BuildCache {
  readonly root: string;
  readonly islands: IslandRegistry;
  readonly clientEntry: string;
  readonly alwaysBoot = false;
  #snapshot: Snapshot;

  /** `root` is the project's folder, which the snapshot's file paths start from. */
  constructor(root: string, snapshot: Snapshot) {
    setBuildId(snapshot.buildId);
    this.root = root;
    this.clientEntry = snapshot.clientEntry;
    this.islands = registerIslands(snapshot.islands);
    this.#snapshot = snapshot;
  }

  getFsRoutes(): Command[] {
    return fsRouteCommands(this.#snapshot.fsRoutes);
  }

  async readFile(pathname: string): Promise<StaticFile | null> {
    const entry = this.#snapshot.staticFiles.get(pathname);
    if (entry === undefined) return null;
    const { filePath, hash, contentType } = entry;
    return await openFile(
      isAbsolute(filePath) ? filePath : join(this.root, filePath),
      { hash, contentType },
    );
  }
}

/** Opens a file for serving. */
export async function openFile(
  path: string,
  about: Pick<StaticFile, "hash" | "contentType">,
): Promise<StaticFile> {
  const file = await Deno.open(path);
  const { size } = await file.stat();
  return { ...about, size, readable: file.readable, close: () => file.close() };
}
