import { join } from "node:path";
import { compareRouteIds, type FsRouteFile, type FsRouteType } from "../fs_routes.ts";
import { pathToPattern } from "../router.ts";

/** A route file before it is loaded. */
export interface FoundRoute extends Omit<FsRouteFile, "mod"> {
  path: string;
  /** Load it on its first request, not at the start. */
  lazy: boolean;
}

/** Files that are tests, not routes or islands. */
export const TEST_FILES = /[._]test\.[cm]?[jt]sx?$/;

const MODULES = /\.[jt]sx?$/;
const PRIVATE_GROUP = /\/\((_[^/]+)\)\//;

/** Every file below a folder, by path relative to it; none if there is no such folder. */
export async function listFiles(folder: string, prefix = ""): Promise<string[]> {
  const files: string[] = [];
  let entries: Deno.DirEntry[];
  try {
    entries = await Array.fromAsync(Deno.readDir(folder));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
  for (const entry of entries.toSorted((a, b) => a.name < b.name ? -1 : 1)) {
    const name = prefix + entry.name;
    if (entry.isFile) files.push(name);
    if (entry.isDirectory) files.push(...await listFiles(join(folder, entry.name), `${name}/`));
  }
  return files;
}

async function listModules(folder: string, ignore: RegExp[]): Promise<string[]> {
  return (await listFiles(folder))
    .filter((name) => MODULES.test(name) && !ignore.some((it) => it.test(join(folder, name))));
}

/** Finds the routes, and the islands of both folders as file paths. */
export async function crawl(
  { routeDir, islandDir, ignore }: { routeDir: string; islandDir: string; ignore: RegExp[] },
): Promise<{ routes: FoundRoute[]; islands: string[] }> {
  const islands = (await listModules(islandDir, ignore)).map((name) => join(islandDir, name));
  const routes: FoundRoute[] = [];
  for (const name of await listModules(routeDir, ignore)) {
    const path = join(routeDir, name);
    const group = PRIVATE_GROUP.exec(`/${name}`)?.[1];
    if (group === undefined) routes.push(await describe(name, path));
    else if (group === "_islands") islands.push(path);
  }
  routes.sort((a, b) => compareRouteIds(a.id, b.id));
  return { routes, islands };
}

const SPECIAL: Record<string, FsRouteType> = {
  _app: "app",
  _layout: "layout",
  _middleware: "middleware",
  _error: "error",
  _500: "error",
  _404: "notFound",
};

async function describe(file: string, path: string): Promise<FoundRoute> {
  const name = file.replace(MODULES, "");
  const folder = name.slice(0, Math.max(0, name.lastIndexOf("/")));
  const last = name.slice(name.lastIndexOf("/") + 1);
  const id = `/${name}`;
  const type = SPECIAL[last];
  if (type !== undefined) {
    const pattern = pathToPattern(folder, { keepGroups: true });
    return { id, path, type, pattern, routePattern: pattern, lazy: false };
  }
  const own = pathToPattern(name, { keepGroups: true });
  return {
    id,
    path,
    type: "route",
    // A folder's index belongs to the folder itself: the final slash makes it the last part.
    pattern: last === "index" && !own.endsWith("/") ? `${own}/` : own,
    routePattern: pathToPattern(name, { keepGroups: false }),
    // A route that names its own pattern has to be loaded for it.
    lazy: !(await Deno.readTextFile(path)).includes("routeOverride"),
  };
}
