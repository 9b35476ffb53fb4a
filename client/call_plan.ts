/** Which call a page should be in, as a pure function of the sessions it holds. */
import type { SessionView } from "../protocol/messages.ts";
import type { Side } from "../protocol/receipts.ts";
import type { Call, CallOutcome } from "../protocol/session.ts";

/** A call this page takes part in. */
export type ActiveCall = Extract<Call, { kind: "active" }>;

/** Microphone and camera are (being) opened for a command that is under way. */
export interface Preparation {
  readonly session: string;
  /** The session's view when the command was acknowledged; null: no answer yet. */
  readonly ackedAt: SessionView | null;
}

/** What to do about the call. */
export type CallPlan =
  | { readonly kind: "join"; readonly session: string; readonly call: ActiveCall }
  /** Keep what was captured: the other side is still asked. */
  | { readonly kind: "hold"; readonly session: string }
  | { readonly kind: "leave" };

/** Who this page is. */
export interface Self {
  readonly side: Side;
  readonly page: string;
}

/** What this page is doing about calls already. */
export interface CallDoings {
  /** The session whose call it is in or asks for. */
  readonly current: string | null;
  readonly preparation: Preparation | null;
  /** Calls the person left here, by {@link callKey}, which the server may not know yet. */
  readonly left: ReadonlySet<string>;
}

/** Names one call among all sessions. */
export function callKey(session: string, call: number): string {
  return `${session}/${call}`;
}

/** How a session's call looks from this page. */
export type CallPlace =
  | { readonly kind: "none" }
  /** The other side calls. */
  | { readonly kind: "incoming"; readonly call: Extract<Call, { kind: "ringing" }> }
  /** This side calls, on this page or another. */
  | { readonly kind: "outgoing"; readonly call: Extract<Call, { kind: "ringing" }> }
  | { readonly kind: "here"; readonly call: ActiveCall }
  | { readonly kind: "elsewhere"; readonly call: ActiveCall };

/** How the call of `view` looks from this page. */
export function callPlace(view: Pick<SessionView, "state">, self: Self): CallPlace {
  const call = view.state.kind === "open" ? view.state.call : null;
  if (call === null || call.kind === "none") return { kind: "none" };
  if (call.kind === "ringing") {
    return { kind: call.from === self.side ? "outgoing" : "incoming", call };
  }
  return { kind: call.sides[self.side].client === self.page ? "here" : "elsewhere", call };
}

/**
 * The plan for a page: stay in the call it is in; else join the oldest that counts on it; else wait
 * for what it asked for; else have nothing to do with microphone and camera.
 */
export function planCall(
  views: Iterable<SessionView>,
  self: Self,
  { current, preparation, left }: CallDoings,
): CallPlan {
  const all = [...views];
  const mine = all.flatMap((view) => {
    const place = callPlace(view, self);
    if (place.kind !== "here" || left.has(callKey(view.id, place.call.id))) return [];
    return [{ session: view.id, call: place.call }];
  });
  const stay = mine.find(({ session }) => session === current);
  const first = mine.toSorted((a, b) => a.call.since - b.call.since)[0];
  const chosen = stay ?? first;
  if (chosen !== undefined) return { kind: "join", ...chosen };
  const asked = all.find((view) => view.id === preparation?.session && pending(view, preparation));
  if (asked !== undefined) return { kind: "hold", session: asked.id };
  const calling = all.find((view) => view.id === current && isCaller(view, self));
  return calling === undefined ? { kind: "leave" } : { kind: "hold", session: calling.id };
}

/** The answer to the command, or the frame that shows its effect, is still to come. */
function pending(view: SessionView, { ackedAt }: Preparation): boolean {
  return ackedAt === null || ackedAt === view;
}

function isCaller(view: SessionView, self: Self): boolean {
  const place = callPlace(view, self);
  return place.kind === "outgoing" && place.call.caller.client === self.page;
}

/** How the last call of a session came to its end; null: there was none, or there is one now. */
export function lastOutcome(view: Pick<SessionView, "state">): CallOutcome | null {
  const call = view.state.kind === "open" ? view.state.call : null;
  return call?.kind === "none" ? call.last : null;
}
