import type { Middleware } from "../handlers.ts";

/** Where pages under development wait for the server to restart. */
export const ALIVE_PATH = "/_frsh/alive";

/** Tells connected pages which start of the server they are talking to. */
export function liveReload<State>(): Middleware<State> {
  const revision = String(Date.now());
  return (ctx) => {
    if (ctx.url.pathname !== ALIVE_PATH) return ctx.next();
    return ctx.upgrade({ open: (socket) => socket.send(revision) });
  };
}
