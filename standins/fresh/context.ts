import { Fragment, type FunctionComponent, h, isValidElement, type VNode } from "preact";
import type { BuildCache } from "./build_cache.ts";
import type { ResolvedFreshConfig } from "./config.ts";
import { HttpError } from "./error.ts";
import { renderDocument } from "./render.ts";
import { renderComponent, type Surroundings } from "./surroundings.ts";
import type { LayoutConfig } from "./types.ts";
import { NONCE } from "./middlewares/csp.ts";

/** What to do with an upgraded socket. */
export interface WebSocketHandlers {
  /** The connection is open. */
  open?(socket: WebSocket): void;
  /** A message came in. */
  message?(socket: WebSocket, event: MessageEvent): void;
  /** The connection is closed. */
  close?(socket: WebSocket, code: number, reason: string): void;
  /** The connection failed. */
  error?(socket: WebSocket, event: Event | ErrorEvent): void;
}

/** Options of `Deno.upgradeWebSocket()`. */
export interface WebSocketUpgradeOptions {
  /** Seconds without an answer to a ping before the socket is closed. */
  idleTimeout?: number;
  /** Sub-protocol to agree on. */
  protocol?: string;
}

/** What the framework keeps with a request; not for apps. */
export interface Internals {
  cache: BuildCache;
  surroundings: Surroundings;
}

const internals = new WeakMap<object, Internals>();

/** The framework's own notes on a request. */
export function getInternals(ctx: object): Internals {
  const found = internals.get(ctx);
  if (found === undefined) throw new TypeError("Not a request context");
  return found;
}

/** What `new Context()` takes. */
export interface ContextInit {
  req: Request;
  url: URL;
  info: Deno.ServeHandlerInfo;
  route: string | null;
  params: Record<string, string>;
  config: ResolvedFreshConfig;
  next: () => Promise<Response>;
  cache: BuildCache;
}

/** One request on its way through the middlewares to its route. */
export class Context<State> {
  /** The app's configuration. */
  readonly config: ResolvedFreshConfig;
  /** The request's address. */
  readonly url: URL;
  /** The request itself. */
  req: Request;
  /** Pattern of the route that matched. */
  readonly route: string | null;
  /** Values of the route's parameters. */
  readonly params: Record<string, string>;
  /** Shared by all middlewares, handlers and pages of this request. */
  readonly state: State = {} as State;
  /** Data for the page. */
  data: unknown = undefined;
  /** What was thrown, null as long as nothing was. */
  error: unknown | null = null;
  /** The connection. */
  readonly info: Deno.ServeHandlerInfo;
  /** Always false: partials are not part of this stand-in. */
  readonly isPartial: boolean = false;
  /** Runs the next middleware, in the end the route. */
  next: () => Promise<Response>;
  /** What the app wrapper or layout is wrapped around. */
  Component!: FunctionComponent;

  /** Made by the app, once per request. */
  constructor(init: ContextInit) {
    this.config = init.config;
    this.url = init.url;
    this.req = init.req;
    this.route = init.route;
    this.params = init.params;
    this.info = init.info;
    this.next = init.next;
    internals.set(this, { cache: init.cache, surroundings: { app: null, layouts: [] } });
  }

  /** Sends the browser elsewhere; a path never leads to another host. */
  redirect(pathOrUrl: string, status = 302): Response {
    const [, path = "", rest = ""] = /^([^?#]*)(.*)$/s.exec(pathOrUrl) ?? [];
    const location = path.startsWith("/") ? path.replaceAll(/\/+/g, "/") + rest : pathOrUrl;
    return new Response(null, { status, headers: { location } });
  }

  /** Renders a page inside its layouts and the app wrapper. */
  async render(
    vnode: VNode | null,
    init: ResponseInit = {},
    config: LayoutConfig = {},
  ): Promise<Response> {
    if (vnode !== null && !isValidElement(vnode)) {
      throw new Error("ctx.render() takes JSX or null");
    }
    const { cache, surroundings } = getInternals(this);
    let content: VNode | null = vnode;
    for (const layout of config.skipInheritedLayouts ? [] : surroundings.layouts.toReversed()) {
      const inner = content;
      const outer = await renderComponent(this, layout, undefined, () => inner);
      if (outer instanceof Response) return outer;
      content = outer;
    }
    const app = config.skipAppWrapper ? null : surroundings.app;
    let body: VNode | null = null;
    const wrapper = app && await renderComponent(this, app, null, () => body);
    if (wrapper instanceof Response) return wrapper;

    const rendered = renderDocument(
      { url: this.url, basePath: this.config.basePath, cache },
      content ?? h(Fragment, null),
      wrapper && ((html) => {
        body = html;
        return wrapper;
      }),
    );
    const headers = new Headers(init.headers);
    headers.set("Content-Type", "text/html; charset=utf-8");
    if (rendered.preload.length > 0) headers.append("Link", rendered.preload.join(", "));
    const response = new Response(rendered.html, {
      status: init.status ?? 200,
      statusText: init.statusText,
      headers,
    });
    return Object.assign(response, { [NONCE]: rendered.nonce });
  }

  /** Answers with text. */
  text(content: string, init?: ResponseInit): Response {
    return new Response(content, init);
  }

  /** Answers with HTML. */
  html(content: string, init?: ResponseInit): Response {
    const headers = new Headers(init?.headers);
    headers.set("Content-Type", "text/html; charset=utf-8");
    return new Response(content, { ...init, headers });
  }

  /** Answers with JSON. */
  json(content: unknown, init?: ResponseInit): Response {
    return Response.json(content, init);
  }

  /** Takes the request over as a WebSocket: wire up `socket`, then return `response`. */
  upgrade(options?: WebSocketUpgradeOptions): { socket: WebSocket; response: Response };
  /** Takes the request over as a WebSocket whose events go to `handlers`. */
  upgrade(handlers: WebSocketHandlers, options?: WebSocketUpgradeOptions): Response;
  upgrade(
    first: WebSocketHandlers | WebSocketUpgradeOptions = {},
    second?: WebSocketUpgradeOptions,
  ): { socket: WebSocket; response: Response } | Response {
    if (this.req.headers.get("upgrade")?.toLowerCase() !== "websocket") {
      throw new HttpError(400, "Expected a WebSocket upgrade request");
    }
    if (!hasHandlers(first)) return Deno.upgradeWebSocket(this.req, first);
    const { socket, response } = Deno.upgradeWebSocket(this.req, second);
    const { open, message, close, error } = first;
    if (open) socket.addEventListener("open", () => open.call(first, socket));
    if (message) socket.addEventListener("message", (event) => message.call(first, socket, event));
    if (close) {
      socket.addEventListener(
        "close",
        (event) => close.call(first, socket, event.code, event.reason),
      );
    }
    if (error) socket.addEventListener("error", (event) => error.call(first, socket, event));
    return response;
  }
}

function hasHandlers(value: object): value is WebSocketHandlers {
  return ["open", "message", "close", "error"].some((name) =>
    typeof Reflect.get(value, name) === "function"
  );
}
