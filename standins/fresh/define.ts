import type { AnyComponent } from "preact";
import type { HandlerByMethod, HandlerFn, Middleware, RouteHandler } from "./handlers.ts";
import type { PageProps } from "./types.ts";

/** Helpers that return what they are given and only tell the compiler its types. */
export interface Define<State> {
  /** A route's handler or handlers. */
  handlers<Data, Handlers extends RouteHandler<Data, State> = RouteHandler<Data, State>>(
    handlers: Handlers,
  ): typeof handlers;

  /** A page; `define.page<typeof handler>` gives its `data` the type that handler returns. */
  page<
    Handler extends RouteHandler<unknown, State> = never,
    Data = Handler extends HandlerFn<infer Data, State> ? Data
      : Handler extends HandlerByMethod<infer Data, State> ? Data
      : never,
  >(render: AnyComponent<PageProps<Data, State>>): typeof render;

  /** One middleware or an array of them. */
  middleware<M extends Middleware<State> | Middleware<State>[]>(middleware: M): typeof middleware;

  /** A layout. */
  layout(render: AnyComponent<PageProps<unknown, State>>): typeof render;
}

/** The helpers for an app whose `ctx.state` is a `State`. */
export function createDefine<State>(): Define<State> {
  return {
    handlers: (handlers) => handlers,
    page: (render) => render,
    middleware: (middleware) => middleware,
    layout: (render) => render,
  };
}
