import type { Command } from "./commands.ts";
import {
  isHandlerByMethod,
  type MaybeLazy,
  type Middleware,
  type RouteHandler,
} from "./handlers.ts";
import type { Route, RouteComponent, RouteConfig } from "./types.ts";

export type { Command } from "./commands.ts";

/** What a file in the routes folder is, told by its name. */
export type FsRouteType = "app" | "layout" | "middleware" | "error" | "notFound" | "route";

/** What such a file may export. */
export interface FsModule {
  default?: RouteComponent<unknown> | Middleware<unknown>[];
  handler?: RouteHandler<unknown, unknown>;
  handlers?: RouteHandler<unknown, unknown>;
  config?: RouteConfig;
}

/** A file in the routes folder. */
export interface FsRouteFile {
  /** Its path inside the folder, without the extension. */
  id: string;
  type: FsRouteType;
  /** Pattern of the folder it speaks for, route groups included. */
  pattern: string;
  /** Pattern of the addresses it answers. */
  routePattern: string;
  /** Its module, or how to load it on the first request. */
  mod: MaybeLazy<unknown>;
}

/** Checks what a file exports. */
function check(id: string, type: FsRouteType, mod: unknown): FsModule {
  const { default: main, handler, handlers, config } = mod as FsModule;
  const handle = handlers ?? handler;
  const found = typeof main === "function" || (type === "middleware" && Array.isArray(main)) ||
    typeof handle === "function" || typeof handle === "object" || typeof config === "object";
  if (!found) {
    throw new Error(
      `Could not find relevant exports in: ${id}. ` +
        (type === "middleware"
          ? "A middleware file has a default export."
          : `A route file exports a default component, a "handler" or a "config".`),
    );
  }
  if (typeof handle === "function" && handle.length > 1) {
    throw new Error(`Handlers must only have one argument but found more than one: ${id}`);
  }
  return { default: main, handler: handle, config };
}

function toRoute(file: FsRouteFile, mod: unknown): Route<unknown> {
  const { default: main, handler, config } = check(file.id, file.type, mod);
  const component = main as RouteComponent<unknown> | undefined;
  return {
    component,
    handler,
    config: { ...config, routeOverride: config?.routeOverride ?? file.routePattern },
  };
}

function toCommands(file: FsRouteFile): Command[] {
  const { id, type, pattern, routePattern, mod } = file;
  if (type === "route") {
    const load = mod;
    const route = typeof load === "function"
      ? async () => toRoute(file, await (load as () => Promise<unknown>)())
      : toRoute(file, mod);
    return [{ type, pattern, route, config: { routeOverride: routePattern }, fromFile: true }];
  }
  const { default: main, handler, config } = check(id, type, mod);
  const component = main as RouteComponent<unknown> | undefined;
  switch (type) {
    case "app":
      return component ? [{ type, component }] : [];
    case "layout":
      return component ? [{ type, pattern, component, config }] : [];
    case "error":
      return [{ type, pattern, route: { component, handler, config } }];
    case "notFound":
      return [{ type, route: { component, handler, config } }];
    case "middleware": {
      const given = (handler ?? main) as Middleware<unknown> | Middleware<unknown>[];
      if (isHandlerByMethod(given as RouteHandler<unknown, unknown>)) {
        console.warn(`Middleware does not support handlers by method: ${id}`);
        return [];
      }
      return [{ type, pattern, fns: [given].flat() }];
    }
  }
}

/** The commands the files of a routes folder stand for, in the order they must be carried out. */
export function fsRouteCommands(files: readonly FsRouteFile[]): Command[] {
  return files.flatMap(toCommands);
}

/** Order among files of one folder: the higher, the earlier. */
function rank(part: string): number {
  if (part.startsWith("_")) return part.startsWith("_m") ? 7 : part.startsWith("_e") ? 5 : 6;
  if (part === "index") return 4;
  if (part.startsWith("[")) return part.startsWith("[.") ? 0 : 1;
  return part.startsWith("(") ? 2 : 3;
}

/** Sorts ids: the app wrapper, then each folder's own files, fixed names, groups and parameters. */
export function compareRouteIds(a: string, b: string): number {
  if (a.endsWith("/_app") || b.endsWith("/_app")) return a.endsWith("/_app") ? -1 : 1;
  const [left, right] = [a.split("/"), b.split("/")];
  for (const [i, part] of left.entries()) {
    const other = right[i];
    if (other === undefined) return -1;
    if (part === other) continue;
    return rank(other) - rank(part) || (part < other ? -1 : 1);
  }
  return left.length === right.length ? 0 : 1;
}
