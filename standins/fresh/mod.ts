/** Stand-in for `@fresh/core` 2.3.3: what this project uses of it. See docs/decisions/stand-ins.md. */
export { App, type ListenOptions } from "./app.ts";
export type { FreshConfig, ResolvedFreshConfig } from "./config.ts";
export type { Context, WebSocketHandlers, WebSocketUpgradeOptions } from "./context.ts";
export { createDefine, type Define } from "./define.ts";
export { HttpError } from "./error.ts";
export {
  type HandlerByMethod,
  type HandlerFn,
  type Lazy,
  type MaybeLazy,
  type Method,
  type Middleware,
  page,
  type PageResponse,
  type RouteData,
  type RouteHandler,
} from "./handlers.ts";
export { csp, type CSPOptions } from "./middlewares/csp.ts";
export { csrf, type CsrfOptions } from "./middlewares/csrf.ts";
export { staticFiles } from "./middlewares/static_files.ts";
export type { Island, LayoutConfig, PageProps, RouteConfig } from "./types.ts";
