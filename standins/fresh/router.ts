import type { Method } from "./handlers.ts";

/** What a request's address leads to. */
export interface Match<T> {
  /** The pattern of the route, null where there is none. */
  pattern: string | null;
  /** What was registered for the method, null where the route has none for it. */
  item: T | null;
  /** Values of the pattern's parameters. */
  params: Record<string, string>;
}

type ByMethod<T> = Map<Method, T>;

const IS_DYNAMIC = /[*:{}+?()]/;

/** Finds routes: fixed paths first, then patterns in the order they were added. */
export class Router<T> {
  #fixed = new Map<string, ByMethod<T>>();
  #patterns = new Map<string, { matcher: URLPattern; methods: ByMethod<T> }>();

  /** Registers `item`; the first one for a path and method stays. */
  add(method: Method, path: string, item: T): void {
    const methods = this.#methods(path);
    if (!methods.has(method)) methods.set(method, item);
  }

  #methods(path: string): ByMethod<T> {
    if (IS_DYNAMIC.test(path)) {
      const known = this.#patterns.get(path) ??
        { matcher: new URLPattern({ pathname: path }), methods: new Map() };
      this.#patterns.set(path, known);
      return known.methods;
    }
    const known = this.#fixed.get(path) ?? new Map();
    this.#fixed.set(path, known);
    return known;
  }

  /** The methods a pattern answers. */
  allowedMethods(pattern: string): Method[] {
    const methods = this.#fixed.get(pattern) ?? this.#patterns.get(pattern)?.methods;
    return [...methods?.keys() ?? []];
  }

  /** Finds the route for a request. A fixed path also matches with or without its final slash. */
  match(method: Method, url: URL): Match<T> {
    const path = url.pathname;
    const other = path.endsWith("/") ? path.slice(0, -1) : `${path}/`;
    for (const pattern of path === "/" ? [path] : [path, other]) {
      const methods = this.#fixed.get(pattern);
      if (methods === undefined) continue;
      return { pattern, item: pick(methods, method), params: Object.create(null) };
    }
    for (const [pattern, { matcher, methods }] of this.#patterns) {
      const groups = matcher.exec(url)?.pathname.groups;
      if (groups === undefined) continue;
      const item = pick(methods, method);
      const params: Record<string, string> = Object.create(null);
      if (item !== null) {
        for (const [key, value] of Object.entries(groups)) params[key] = decodeURI(value ?? "");
      }
      return { pattern, item, params };
    }
    return { pattern: null, item: null, params: Object.create(null) };
  }
}

function pick<T>(methods: ByMethod<T>, method: Method): T | null {
  return methods.get(method) ?? (method === "HEAD" ? methods.get("GET") : null) ?? null;
}

/** Turns a route file's path, such as `devices/[id]`, into a path pattern. */
export function pathToPattern(path: string, options: { keepGroups: boolean }): string {
  const parts = path.split("/");
  if (parts.at(-1) === "index") parts.pop();
  const segments = parts
    .filter((part) => options.keepGroups || !/^\(.*\)$/.test(part))
    .map((part) => segmentToPattern(part, path));
  const pattern = segments.join("") || "/";
  // An optional first segment keeps its slash outside, so that "/" itself matches.
  return segments.every((segment) => segment.startsWith("{/")) && pattern.startsWith("{/")
    ? pattern.replace("{/", "/{")
    : pattern;
}

function segmentToPattern(part: string, path: string): string {
  const rest = /^\[\.\.\.(.+)\]$/.exec(part);
  if (rest !== null) return `/:${rest[1]}*`;
  const optional = /^\[\[([^[\]]+)\]\]$/.exec(part);
  if (optional !== null) return `{/:${optional[1]}}?`;
  const pattern = part.replaceAll(/\[([^[\]]+)\]/g, ":$1");
  if (part.includes("][") || /[[\]]/.test(pattern)) {
    throw new SyntaxError(`Invalid route pattern: "${path}"`);
  }
  return `/${pattern}`;
}

/** Joins an app's base path, or the place file routes are put at, with a pattern. */
export function joinPattern(base: string, pattern: string, asPrefix: boolean): string {
  const prefix = base.replace(/\*$/, "").replace(/^\/$/, "");
  if (pattern === "*") return prefix + (asPrefix ? "" : "/*");
  return prefix !== "" && pattern === "/" ? prefix : prefix + pattern;
}

/** The folders a pattern lies in, from the outside in; the last part counts if asked for. */
export function patternToFolders(pattern: string, includeLast: boolean): string[] {
  if (pattern === "/" || pattern === "*" || pattern === "/*") return [];
  const parts = pattern.replaceAll(/\{[^}]*\}\??/g, "").replace(/^\//, "").split("/");
  const last = parts.pop();
  return includeLast && last ? [...parts, last] : parts;
}
