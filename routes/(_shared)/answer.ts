/** Answers several routes give. */
import type { Context } from "fresh";
import type { State } from "../../app.ts";
import type { SignedIn } from "../../auth/identity.ts";
import { refuse } from "../../auth/refusals.ts";
import { may, type Right } from "../../auth/rights.ts";

/** Sends the browser to `path` of this server with GET (RFC 9110, 15.4.4). */
export function seeOther(path: string, headers: Headers = new Headers()): Response {
  headers.set("Location", path);
  return new Response(null, { status: 303, headers });
}

/**
 * A handler of the JSON API for technicians with that right. Others are refused before it runs; a
 * device learns nothing but that (A2).
 */
export function withRight(
  right: Right,
  handle: (ctx: Context<State>, signedIn: SignedIn) => Promise<Response>,
): (ctx: Context<State>) => Promise<Response> {
  return async (ctx) => {
    const { technician, device } = ctx.state;
    if (technician === null) return refuse(device === null ? "not_signed_in" : "forbidden");
    if (!may(technician.technician.role, right)) return refuse("forbidden");
    return await handle(ctx, technician);
  };
}
