import type { Context } from "./context.ts";

/** The request methods a route can answer. */
export type Method = "HEAD" | "GET" | "POST" | "PATCH" | "PUT" | "DELETE" | "OPTIONS";

/** Loads something on first use. */
export type Lazy<T> = () => Promise<T>;

/** Something, or how to load it on first use. */
export type MaybeLazy<T> = T | Lazy<T>;

/** One step of a request: answers, or passes it on with `ctx.next()`. */
export type Middleware<State> = (ctx: Context<State>) => Response | Promise<Response>;

/** A middleware that may instead resolve to the middleware to use from now on. */
export type MaybeLazyMiddleware<State> = (
  ctx: Context<State>,
) => Response | Promise<Response | Middleware<State>>;

/** What a handler returns to have its page rendered. */
export interface PageResponse<T> {
  /** Becomes the page's `data` prop. */
  data: T;
  /** Extra response headers. */
  headers?: HeadersInit;
  /** Response status, 200 by default. */
  status?: number;
}

/** Answers a request, or returns the data its page is rendered with. */
export interface HandlerFn<Data, State> {
  (
    ctx: Context<State>,
  ): Response | PageResponse<Data> | Promise<Response | PageResponse<Data>>;
}

/** One handler per method; HEAD falls back to GET. */
export type HandlerByMethod<Data, State> = { [M in Method]?: HandlerFn<Data, State> };

/** What a route module exports as `handler` or `handlers`. */
export type RouteHandler<Data, State> = HandlerFn<Data, State> | HandlerByMethod<Data, State>;

/** The data type a handler passes to its page. */
export type RouteData<Handler extends RouteHandler<unknown, unknown>> = Handler extends
  RouteHandler<infer Data, unknown> ? Data : never;

/** Has the route's page rendered with `data`; null becomes undefined, as upstream has it. */
export function page<T>(
  data: T,
  options?: { headers?: HeadersInit; status?: number },
): PageResponse<T>;
/** Has the route's page rendered without data. */
export function page(): PageResponse<undefined>;
export function page(
  data?: unknown,
  options?: { headers?: HeadersInit; status?: number },
): PageResponse<unknown> {
  return { data: data ?? undefined, headers: options?.headers, status: options?.status };
}

/** Tells a per-method map from a single handler. */
export function isHandlerByMethod<Data, State>(
  handler: RouteHandler<Data, State>,
): handler is HandlerByMethod<Data, State> {
  return typeof handler === "object" && handler !== null && !Array.isArray(handler);
}
