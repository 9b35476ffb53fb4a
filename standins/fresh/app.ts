import { STATUS_CODES } from "node:http";
import { type BuildCache, NO_BUILD } from "./build_cache.ts";
import { DEPLOYMENT_ID } from "./build_id.ts";
import { applyCommands, type Command } from "./commands.ts";
import type { FreshConfig, ResolvedFreshConfig } from "./config.ts";
import { Context } from "./context.ts";
import { HttpError } from "./error.ts";
import type { MaybeLazy, MaybeLazyMiddleware, Method, Middleware } from "./handlers.ts";
import { Router } from "./router.ts";
import type { LayoutConfig, Route, RouteComponent, RouteConfig } from "./types.ts";

/** What `app.listen()` takes. */
export type ListenOptions = Partial<Deno.ServeTcpOptions & Deno.TlsCertifiedKeyPem> & {
  /** Address shown as the one to reach the server at from elsewhere. */
  remoteAddress?: string;
};

const builds = new WeakMap<object, BuildCache>();

/** Gives an app its build: file routes, islands and static files. */
export function setBuildCache<State>(
  app: App<State>,
  cache: BuildCache,
  mode: "development" | "production",
): void {
  app.config.root = cache.root;
  app.config.mode = mode;
  builds.set(app, cache);
}

/** Stands in where a handler is called without a connection. */
const NO_CONNECTION: Deno.ServeHandlerInfo<Deno.NetAddr> = {
  remoteAddr: { transport: "tcp", hostname: "localhost", port: 1234 },
  completed: Promise.resolve(),
};

type ErasedMiddleware = MaybeLazyMiddleware<unknown>;

/** An app: middlewares and routes, compiled once by `handler()`. */
export class App<State> {
  /** The configuration with every default filled in. */
  config: ResolvedFreshConfig;
  #commands: Command[] = [];

  /** Makes an app without routes. */
  constructor(config: FreshConfig = {}) {
    this.config = {
      root: ".",
      basePath: config.basePath ?? "",
      mode: config.mode ?? "production",
      trustProxy: config.trustProxy ?? false,
    };
  }

  #add(command: Command): this {
    this.#commands.push(command);
    return this;
  }

  #handle(method: Method | "ALL", pattern: string, fns: MaybeLazy<Middleware<State>>[]): this {
    return this.#add({
      type: "handler",
      method,
      pattern,
      fns: fns as MaybeLazy<Middleware<unknown>>[],
    });
  }

  /** Adds middlewares for every later route. */
  use(...middleware: MaybeLazyMiddleware<State>[]): this;
  /** Adds middlewares for every later route below `path`. */
  use(path: string, ...middleware: MaybeLazyMiddleware<State>[]): this;
  use(
    first: string | MaybeLazyMiddleware<State>,
    ...rest: MaybeLazyMiddleware<State>[]
  ): this {
    const [pattern, fns] = typeof first === "string" ? [first, rest] : ["*", [first, ...rest]];
    return this.#add({ type: "middleware", pattern, fns: fns as ErasedMiddleware[] });
  }

  /** Answers what no route answers, and routes that throw a 404. */
  notFound(routeOrMiddleware: Route<State> | Middleware<State>): this {
    return this.#add({ type: "notFound", route: toRoute(routeOrMiddleware) });
  }

  /** Answers for routes below `path` that throw. */
  onError(path: string, routeOrMiddleware: Route<State> | Middleware<State>): this {
    return this.#add({ type: "error", pattern: path, route: toRoute(routeOrMiddleware) });
  }

  /** Sets the component around every page, with html, head and body. */
  appWrapper(component: RouteComponent<State>): this {
    return this.#add({ type: "app", component: component as RouteComponent<unknown> });
  }

  /** Sets the component around the pages below `path`. */
  layout(path: string, component: RouteComponent<State>, config?: LayoutConfig): this {
    return this.#add({
      type: "layout",
      pattern: path,
      component: component as RouteComponent<unknown>,
      config,
    });
  }

  /** Adds a page with its handler. */
  route(path: string, route: MaybeLazy<Route<State>>, config?: RouteConfig): this {
    return this.#add({
      type: "route",
      pattern: path,
      route: route as MaybeLazy<Route<unknown>>,
      config,
    });
  }

  /** Adds middlewares that answer GET, and HEAD unless that has its own. */
  get(path: string, ...middlewares: MaybeLazy<Middleware<State>>[]): this {
    return this.#handle("GET", path, middlewares);
  }

  /** Adds middlewares that answer POST. */
  post(path: string, ...middlewares: MaybeLazy<Middleware<State>>[]): this {
    return this.#handle("POST", path, middlewares);
  }

  /** Adds middlewares that answer PATCH. */
  patch(path: string, ...middlewares: MaybeLazy<Middleware<State>>[]): this {
    return this.#handle("PATCH", path, middlewares);
  }

  /** Adds middlewares that answer PUT. */
  put(path: string, ...middlewares: MaybeLazy<Middleware<State>>[]): this {
    return this.#handle("PUT", path, middlewares);
  }

  /** Adds middlewares that answer DELETE. */
  delete(path: string, ...middlewares: MaybeLazy<Middleware<State>>[]): this {
    return this.#handle("DELETE", path, middlewares);
  }

  /** Adds middlewares that answer HEAD. */
  head(path: string, ...middlewares: MaybeLazy<Middleware<State>>[]): this {
    return this.#handle("HEAD", path, middlewares);
  }

  /** Adds middlewares that answer every method. */
  all(path: string, ...middlewares: MaybeLazy<Middleware<State>>[]): this {
    return this.#handle("ALL", path, middlewares);
  }

  /** Adds the routes of the build here, below `pattern`; without a build there are none. */
  fsRoutes(pattern = "*"): this {
    const getCommands = () => (builds.get(this) ?? NO_BUILD).getFsRoutes();
    return this.#add({ type: "fsRoutes", pattern, getCommands });
  }

  /** Compiles the app into a function for `Deno.serve` or a test. */
  handler(): (request: Request, info?: Deno.ServeHandlerInfo) => Promise<Response> {
    const cache = builds.get(this);
    if (cache === undefined && this.config.mode === "production" && DEPLOYMENT_ID !== undefined) {
      throw new Error(`No build found: run "deno task build" and serve "_fresh/server.js"`);
    }
    const router = new Router<Middleware<unknown>>();
    const noRoute = applyCommands(router, this.#commands, this.config.basePath);

    return async (req, info = NO_CONNECTION) => {
      const url = this.#addressOf(req);
      const method = req.method.toUpperCase() as Method;
      const { pattern, item, params } = router.match(method, url);
      const status = pattern !== null && item === null ? 405 : 404;
      const next = status === 405 && method === "OPTIONS"
        ? () => Promise.resolve(allow(router.allowedMethods(pattern ?? "")))
        : () => Promise.reject(new HttpError(status));
      const ctx = new Context<unknown>({
        ...{ req, url, info, params, next },
        route: pattern,
        config: this.config,
        cache: cache ?? NO_BUILD,
      });
      try {
        const response = await (item ?? noRoute)(ctx);
        if (!(response instanceof Response)) {
          throw new Error(`Expected a "Response" to be returned, but got: ${response}`);
        }
        return method === "HEAD" ? new Response(null, response) : response;
      } catch (reason) {
        return answerError(reason);
      }
    };
  }

  /** The request's address without doubled slashes, as the proxy saw it if that is trusted. */
  #addressOf(req: Request): URL {
    const url = new URL(req.url);
    url.pathname = url.pathname.replaceAll(/\/+/g, "/");
    if (this.config.trustProxy) {
      const protocol = req.headers.get("x-forwarded-proto");
      const host = req.headers.get("x-forwarded-host");
      if (protocol) url.protocol = `${protocol}:`;
      if (host) url.host = host;
    }
    return url;
  }

  /** Starts serving the app, on the first free port from 8000 on unless one is given. */
  listen(options: ListenOptions = {}): Promise<void> {
    return Promise.try(() => this.#serve(options));
  }

  #serve(options: ListenOptions): void {
    const handler = this.handler();
    const onListen = options.onListen ?? (({ hostname, port }: Deno.NetAddr) => {
      const host = ["0.0.0.0", "::"].includes(hostname) ? "localhost" : hostname;
      console.log(`Ready: http://${host}:${port}${this.config.basePath}/`);
    });
    const ports = options.port ? [options.port] : Array.from({ length: 20 }, (_, i) => 8000 + i);
    for (const port of ports) {
      try {
        Deno.serve({ ...options, port, onListen }, handler);
        return;
      } catch (reason) {
        const last = port === ports.at(-1);
        if (last || !(reason instanceof Deno.errors.AddrInUse)) throw reason;
      }
    }
  }
}

function toRoute<State>(given: Route<State> | Middleware<State>): Route<unknown> {
  return (typeof given === "function" ? { handler: given } : given) as Route<unknown>;
}

function allow(methods: Method[]): Response {
  return new Response(null, { status: 204, headers: { Allow: methods.join(", ") } });
}

function answerError(reason: unknown): Response {
  if (!(reason instanceof HttpError)) {
    console.error(reason);
    return new Response("Internal server error", { status: 500 });
  }
  if (reason.status >= 500) console.error(reason);
  const text = STATUS_CODES[reason.status];
  return new Response(reason.message || text, { status: reason.status });
}
