import type { Context } from "./context.ts";
import { getInternals } from "./context.ts";
import { HttpError } from "./error.ts";
import {
  type HandlerFn,
  isHandlerByMethod,
  type MaybeLazy,
  type MaybeLazyMiddleware,
  type Method,
  type Middleware,
} from "./handlers.ts";
import { joinPattern, patternToFolders, type Router } from "./router.ts";
import { renderComponent } from "./surroundings.ts";
import type { LayoutConfig, Route, RouteComponent, RouteConfig } from "./types.ts";

/** One thing an app was told, in the order it was told. State types are checked at `App` only. */
export type Command =
  | { type: "middleware"; pattern: string; fns: MaybeLazyMiddleware<unknown>[] }
  | { type: "layout"; pattern: string; component: RouteComponent<unknown>; config?: LayoutConfig }
  | { type: "app"; component: RouteComponent<unknown> }
  | { type: "error"; pattern: string; route: Route<unknown> }
  | { type: "notFound"; route: Route<unknown> }
  | {
    type: "route";
    pattern: string;
    route: MaybeLazy<Route<unknown>>;
    config?: RouteConfig;
    /** A file route belongs to the folder it lies in, not to one of its own name. */
    fromFile?: boolean;
  }
  | {
    type: "handler";
    pattern: string;
    method: Method | "ALL";
    fns: MaybeLazy<Middleware<unknown>>[];
  }
  | { type: "fsRoutes"; pattern: string; getCommands: () => Command[] };

const METHODS: Method[] = ["GET", "DELETE", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

/** What was said about one folder of the address space. */
class Folder {
  readonly middlewares: MaybeLazyMiddleware<unknown>[] = [];
  readonly #children = new Map<string, Folder>();
  layout: { component: RouteComponent<unknown>; config?: LayoutConfig } | null = null;
  error: Route<unknown> | null = null;
  app: RouteComponent<unknown> | null = null;
  notFound: Route<unknown> | null = null;

  constructor(readonly parent: Folder | null) {}

  find(pattern: string, includeLast: boolean): Folder {
    return patternToFolders(pattern, includeLast)
      .reduce<Folder>((folder, name) => folder.#child(name), this);
  }

  #child(name: string): Folder {
    const child = this.#children.get(name) ?? new Folder(this);
    this.#children.set(name, child);
    return child;
  }

  /** Everything a request to this folder passes, from the outside in, as told so far. */
  steps(root: Folder): MaybeLazyMiddleware<unknown>[] {
    return [...this.parent?.steps(root) ?? [], this.#enter(root), ...this.middlewares];
  }

  /** Puts this folder's layout around the page, and its error page in place of one that fails. */
  #enter(root: Folder): Middleware<unknown> {
    const { app, layout, error } = this;
    return async (ctx) => {
      const internals = getInternals(ctx);
      const outside = internals.surroundings;
      const around = layout?.config?.skipInheritedLayouts ? [] : outside.layouts;
      const here = {
        app: layout?.config?.skipAppWrapper ? null : app ?? outside.app,
        layouts: layout === null ? outside.layouts : [...around, layout.component],
      };
      internals.surroundings = here;
      try {
        return await ctx.next();
      } catch (reason) {
        internals.surroundings = here;
        const status = reason instanceof HttpError ? reason.status : 500;
        if (status === 404 && root.notFound !== null) return await renderRoute(ctx, root.notFound);
        if (error !== null) return await renderRoute(ctx, error, status);
        throw reason;
      }
    };
  }
}

/** Carries the commands out: fills the router; what it returns answers requests without a route. */
export function applyCommands(
  router: Router<Middleware<unknown>>,
  commands: readonly Command[],
  basePath: string,
): Middleware<unknown> {
  const root = new Folder(null);
  applyAll(root, router, commands, basePath);
  return compile(root.steps(root));
}

function applyAll(
  root: Folder,
  router: Router<Middleware<unknown>>,
  commands: readonly Command[],
  basePath: string,
): void {
  const register = (methods: Method[], path: string, steps: MaybeLazyMiddleware<unknown>[]) => {
    const compiled = compile(steps);
    const full = joinPattern(basePath, path, false) || "*";
    for (const method of methods) router.add(method, full, compiled);
  };
  for (const command of commands) {
    switch (command.type) {
      case "middleware":
        root.find(command.pattern, true).middlewares.push(...command.fns);
        break;
      case "layout":
        root.find(command.pattern, true).layout = command;
        break;
      case "app":
        root.app = command.component;
        break;
      case "error":
        root.find(command.pattern, true).error = withHandler(command.route);
        break;
      case "notFound":
        root.notFound = withHandler(command.route);
        break;
      case "handler": {
        const steps = root.find(command.pattern, true).steps(root);
        const methods = command.method === "ALL" ? METHODS : [command.method];
        register(methods, command.pattern, [...steps, ...command.fns as typeof steps]);
        break;
      }
      case "route": {
        const { pattern, route, config, fromFile } = command;
        const { methods, path, answer } = typeof route === "function"
          ? lazyRoute(route, config)
          : eagerRoute(route);
        const steps = root.find(pattern, !fromFile).steps(root);
        register(methods, path ?? pattern, [...steps, answer]);
        break;
      }
      case "fsRoutes":
        applyAll(root, router, command.getCommands(), joinPattern(basePath, command.pattern, true));
        break;
    }
  }
}

interface RouteSteps {
  methods: Method[];
  path: string | undefined;
  answer: Middleware<unknown>;
}

function eagerRoute(given: Route<unknown>): RouteSteps {
  const route = withHandler(given);
  const methods = isHandlerByMethod(route.handler)
    ? METHODS.filter((method) => method in route.handler)
    : METHODS;
  return { methods, path: route.config?.routeOverride, answer: (ctx) => renderRoute(ctx, route) };
}

function lazyRoute(load: () => Promise<Route<unknown>>, config: RouteConfig = {}): RouteSteps {
  let loaded: Promise<RouteWithHandler> | undefined;
  return {
    methods: config.methods === undefined || config.methods === "ALL" ? METHODS : config.methods,
    path: config.routeOverride,
    answer: async (ctx) => {
      loaded ??= load().then(withHandler);
      loaded.catch(() => loaded = undefined);
      return await renderRoute(ctx, await loaded);
    },
  };
}

type RouteWithHandler = Route<unknown> & Required<Pick<Route<unknown>, "handler">>;

const renderOnly: HandlerFn<unknown, unknown> = () => ({ data: {} });

const nothingHere: HandlerFn<unknown, unknown> = () => {
  throw new HttpError(404);
};

/** A page without a handler is rendered as it is; so is one whose handlers leave GET out. */
function withHandler(route: Route<unknown>): RouteWithHandler {
  const { handler, component } = route;
  if (handler === undefined) return { ...route, handler: component ? renderOnly : nothingHere };
  if (component !== undefined && isHandlerByMethod(handler) && handler.GET === undefined) {
    return { ...route, handler: { ...handler, GET: renderOnly } };
  }
  return { ...route, handler };
}

/** Has the route answer: by its handler, and by its page if the handler returns data. */
async function renderRoute(
  ctx: Context<unknown>,
  route: Route<unknown>,
  status = 200,
): Promise<Response> {
  const { handler = nothingHere, component, config } = route;
  const internals = getInternals(ctx);
  const { app, layouts } = internals.surroundings;
  internals.surroundings = {
    app: config?.skipAppWrapper ? null : app,
    layouts: config?.skipInheritedLayouts ? [] : layouts,
  };
  const method = ctx.req.method.toUpperCase() as Method;
  const fn = isHandlerByMethod(handler)
    ? handler[method] ?? (method === "HEAD" ? handler.GET : undefined)
    : handler;
  if (fn === undefined) return await ctx.next();

  const result = await fn(ctx);
  if (result instanceof Response) return result;
  const content = component === undefined
    ? null
    : await renderComponent(ctx, component, result.data, () => null);
  if (content instanceof Response) return content;
  return await ctx.render(content, { headers: result.headers, status: result.status ?? status });
}

/** Makes one middleware of many; each step's `ctx.next()` is the step after it. */
function compile(steps: MaybeLazyMiddleware<unknown>[]): Middleware<unknown> {
  return (ctx) => {
    const internals = getInternals(ctx);
    const last = ctx.next;
    const run = async (index: number): Promise<Response> => {
      const step = steps[index];
      if (step === undefined) return await last();
      const { surroundings } = internals;
      ctx.next = () => run(index + 1);
      try {
        const result = await step(ctx);
        if (typeof result !== "function") return result;
        steps[index] = result;
        return await result(ctx);
      } catch (reason) {
        ctx.error = reason;
        throw reason;
      } finally {
        internals.surroundings = surroundings;
      }
    };
    return run(0);
  };
}
