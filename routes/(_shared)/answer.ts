/** Answers several routes give. */
import type { Context } from "fresh";
import type { State } from "../../app.ts";
import type { BoundDevice, SignedIn } from "../../auth/identity.ts";
import { refuse } from "../../auth/refusals.ts";
import { may, type Right } from "../../auth/rights.ts";
import { isRejection, type Rejection } from "../../protocol/errors.ts";

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

/** A handler of the JSON API for this browser's device, e.g. for its service worker. */
export function withDevice(
  handle: (ctx: Context<State>, device: BoundDevice) => Promise<Response>,
): (ctx: Context<State>) => Promise<Response> {
  return async (ctx) => {
    const { device } = ctx.state;
    return device === null ? refuse("not_signed_in") : await handle(ctx, device);
  };
}

/** The answer to a command: nothing, or why it was refused. */
export function answerCommand(answer: object | Rejection): Response {
  if (!isRejection(answer)) return new Response(null, { status: 204 });
  switch (answer.code) {
    case "notification_done":
    case "bad_push_address":
    case "rate_limited":
    case "unknown_device":
      return refuse(answer.code);
    default:
      return refuse("forbidden");
  }
}
