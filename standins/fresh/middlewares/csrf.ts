import type { Context } from "../context.ts";
import { HttpError } from "../error.ts";
import type { Middleware } from "../handlers.ts";

/** What `csrf()` takes. */
export interface CsrfOptions<State = unknown> {
  /** Origins allowed besides the app's own; given, it replaces the app's own. */
  origin?: string | string[] | ((origin: string, context: Context<State>) => boolean);
}

/** Refuses writing requests that a page of another site had the browser send. */
export function csrf<State>(options: CsrfOptions<State> = {}): Middleware<State> {
  const { origin: allowed } = options;

  function isAllowed(origin: string, ctx: Context<State>): boolean {
    if (typeof allowed === "function") return allowed(origin, ctx);
    if (!allowed) return origin === ctx.url.origin;
    return typeof allowed === "string" ? origin === allowed : allowed.includes(origin);
  }

  return async (ctx) => {
    const { method, headers } = ctx.req;
    const site = headers.get("Sec-Fetch-Site");
    const origin = headers.get("Origin");
    const harmless = ["GET", "HEAD", "OPTIONS"].includes(method) ||
      site === "same-origin" || site === "none" || (site === null && origin === null) ||
      (origin !== null && isAllowed(origin, ctx));
    if (!harmless) throw new HttpError(403);
    return await ctx.next();
  };
}
