/** What every answer tells the browser about security, and which requests are let in at all. */
import { type Context, csp, csrf, HttpError, type Middleware } from "fresh";

/** Headers that do not depend on the page. Microphone and camera are for our own pages only. */
const FIXED: Readonly<Record<string, string>> = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Permissions-Policy":
    "camera=(self), microphone=(self), speaker-selection=(self), autoplay=(self), " +
    "display-capture=(self), geolocation=(), payment=(), usb=()",
};

/**
 * Headers of an error page. Fresh renders it outside of all middlewares, so it brings its own; it
 * needs no script.
 */
export const ERROR_PAGE_HEADERS: Readonly<Record<string, string>> = {
  ...FIXED,
  "Cache-Control": "no-store",
  "Content-Security-Policy":
    "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'self'; " +
    "form-action 'self'; frame-ancestors 'none'",
};

/** The policy of what is to be saved: whoever opens it in a window has it run nothing (W3C CSP 3). */
const SAVED = "default-src 'none'; sandbox; frame-ancestors 'none'";

/** Whether this request becomes a WebSocket, whose answer has no headers to set. */
function isUpgrade(request: Request): boolean {
  return request.headers.get("upgrade")?.toLowerCase() === "websocket";
}

/**
 * Sets the security headers. `mediaOrigins`: where, besides this server, pages open sockets to.
 * Answers that say nothing about caching are not cached.
 */
export function securityHeaders<State>(mediaOrigins: readonly string[]): Middleware<State> {
  const policy = csp<State>({
    useNonce: true,
    csp: [
      ["connect-src 'self'", ...mediaOrigins].join(" "),
      "worker-src 'self'",
      "img-src 'self' data: blob:",
    ],
  });
  return async (ctx) => {
    if (isUpgrade(ctx.req)) return await ctx.next();
    const response = await policy(ctx);
    const { headers } = response;
    for (const [name, value] of Object.entries(FIXED)) headers.set(name, value);
    if (headers.get("Content-Disposition")?.startsWith("attachment")) {
      headers.set("Content-Security-Policy", SAVED);
    }
    if (!headers.has("Cache-Control")) headers.set("Cache-Control", "no-store");
    if (ctx.url.protocol !== "https:") allowInsecure(headers);
    return response;
  };
}

/** Over plain HTTP (localhost, a try-out in the LAN) a browser must not be sent to HTTPS. */
function allowInsecure(headers: Headers): void {
  const policy = headers.get("Content-Security-Policy");
  if (policy === null) return;
  headers.set("Content-Security-Policy", policy.replace(/;? *upgrade-insecure-requests/, ""));
}

/** Refuses what another website had the browser send: writing requests and sockets. */
export function sameSiteOnly<State>(publicUrl: string | null): Middleware<State> {
  const refuseForeign = csrf<State>({ origin: (origin, ctx) => isOwn(origin, ctx, publicUrl) });
  return async (ctx) => {
    const origin = ctx.req.headers.get("origin");
    if (isUpgrade(ctx.req) && origin !== null && !isOwn(origin, ctx, publicUrl)) {
      throw new HttpError(403);
    }
    return await refuseForeign(ctx);
  };
}

/** Own by host: a proxy that ends TLS makes http of https. */
function isOwn(
  origin: string,
  ctx: Pick<Context<unknown>, "url">,
  publicUrl: string | null,
): boolean {
  return origin === publicUrl || URL.parse(origin)?.host === ctx.url.host;
}
