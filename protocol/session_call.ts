/** The rules of the call inside a session (S6, M1, M2, M5). */
import { type ErrorCode, reject, type Rejection, unreachable } from "./errors.ts";
import type { Side } from "./receipts.ts";
import type { ChatService } from "./service.ts";
import {
  blockedOf,
  type Call,
  type CallOutcome,
  currentCall,
  decided,
  type Decision,
  type Medium,
  mediumAnew,
  movesOf,
  type Participation,
  type Session,
  type Surroundings,
} from "./session_state.ts";
import { NO_TROUBLE, sameTroubles, type Troubles } from "./trouble.ts";

/** Starts a call, joins the other side's, or turns the own camera on in one that goes on. */
export function startCall(
  session: Session,
  side: Side,
  client: string,
  medium: Medium,
  around: Surroundings,
): Decision | Rejection {
  const { state } = session;
  if (state.kind === "ringing") return reject("session_ringing");
  if (state.kind !== "open") return reject("not_answered");
  const refusal = cannotCall(medium, around);
  if (refusal !== null) return reject(refusal);
  const own: Participation = { client, medium, muted: false };
  const { call } = state;
  switch (call.kind) {
    case "none": {
      const until = around.now + around.ringFor;
      return withCall(session, {
        kind: "ringing",
        id: call.id + 1,
        from: side,
        caller: own,
        until,
      });
    }
    case "ringing":
      // Both called at once: they want to talk to each other.
      if (call.from !== side) return acceptCall(session, side, client, medium, around);
      return withCall(session, { ...call, caller: own });
    case "active": {
      const part = { ...withoutVideo(heldBy(client, call.sides[side])), medium };
      return withCall(session, { ...call, sides: { ...call.sides, [side]: part } });
    }
    default:
      return unreachable(call);
  }
}

/** Takes a call that rings on this side. */
export function acceptCall(
  session: Session,
  side: Side,
  client: string,
  medium: Medium,
  around: Surroundings,
): Decision | Rejection {
  const call = currentCall(session);
  if (call.kind === "active") return reject("already_answered");
  if (call.kind !== "ringing" || call.from === side) return reject("not_ringing");
  const refusal = cannotCall(medium, around);
  if (refusal !== null) return reject(refusal);
  const own: Participation = { client, medium, muted: false };
  const sides = side === "technician"
    ? { technician: own, device: call.caller }
    : { technician: call.caller, device: own };
  return withCall(session, activeCall(call.id, sides, around));
}

/** S6: hanging up ends the call, never the session. */
export function hangUp(session: Session, side: Side): Decision | Rejection {
  const call = currentCall(session);
  switch (call.kind) {
    case "none":
      return reject("no_call");
    case "ringing":
      return withoutCall(session, call.from === side ? "cancelled" : "declined");
    case "active":
      return withoutCall(session, "hung_up");
    default:
      return unreachable(call);
  }
}

/** Mute, camera and what troubles them: only by the page that holds the call. */
export function changeMedia(
  session: Session,
  side: Side,
  client: string,
  to: Omit<Participation, "client" | "screen" | "trouble"> & {
    readonly screen?: boolean;
    readonly trouble: Troubles;
  },
  around: Surroundings,
): Decision | Rejection {
  const call = currentCall(session);
  if (call.kind !== "active") return reject("no_call");
  const own = call.sides[side];
  if (own.client !== client) return reject("forbidden");
  if (to.medium === "video" && !around.available.video) return reject("video_off");
  const { medium, muted, trouble } = to;
  const screen = to.screen === true && medium === "video";
  const same = sameTroubles(own.trouble ?? NO_TROUBLE, trouble) &&
    own.screen === (screen || undefined);
  if (own.medium === medium && own.muted === muted && same) return decided(session);
  const clear = sameTroubles(trouble, NO_TROUBLE);
  const part: Participation = {
    client,
    medium,
    muted,
    ...screen ? { screen } : {},
    ...clear ? {} : { trouble },
  };
  return withCall(session, { ...call, sides: { ...call.sides, [side]: part } });
}

/** The call moves to another page of the same person. */
export function takeOver(session: Session, side: Side, client: string): Decision | Rejection {
  const call = currentCall(session);
  if (call.kind !== "active") return reject("no_call");
  if (call.sides[side].client === client) return decided(session);
  const sides = { ...call.sides, [side]: heldBy(client, call.sides[side]) };
  return withCall(session, { ...call, sides });
}

/**
 * Another page has a microphone, a camera and a screen of its own: it says itself what troubles
 * them, and what it shares.
 */
function heldBy(client: string, part: Participation): Participation {
  if (part.client === client) return part;
  return { client, medium: mediumAnew(part), muted: part.muted };
}

/** M1 at once: what was switched off in mid-call stops. */
export function applyPolicy(session: Session, available: ChatService): Decision {
  const call = currentCall(session);
  if (call.kind === "none") return decided(session);
  if (!available.voice) return withoutCall(session, "switched_off");
  if (available.video) return decided(session);
  if (call.kind === "ringing") {
    if (call.caller.medium === "voice") return decided(session);
    return withCall(session, { ...call, caller: { ...call.caller, medium: "voice" } });
  }
  const { technician, device } = call.sides;
  if (technician.medium === "voice" && device.medium === "voice") return decided(session);
  return withCall(session, {
    ...call,
    sides: {
      technician: withoutVideo(technician),
      device: withoutVideo(device),
    },
  });
}

function withoutVideo({ screen: _, ...part }: Participation): Participation {
  return { ...part, medium: "voice" };
}

/**
 * An active call on node `from` goes on at another one. Whoever asks late, because somebody else has
 * moved it already, changes nothing: however many ask, a call moves once for each node that is lost.
 */
export function moveCall(
  session: Session,
  from: string,
  around: Surroundings,
): Decision | Rejection {
  const call = currentCall(session);
  if (call.kind !== "active") return reject("no_call");
  if (call.node !== from) return decided(session);
  if (around.node === null || around.node === from) return reject("calls_unavailable");
  return withCall(session, { ...call, node: around.node, moves: movesOf(call) + 1 });
}

/**
 * An active call leaves node `from`, to which one of its pages alone has no way. Each node is left for
 * that once in a call, and none is come back to: whatever pages say, a call moves less often than there
 * are nodes.
 */
export function leaveBlockedNode(session: Session, from: string, to: string): Decision | Rejection {
  const call = currentCall(session);
  if (call.kind !== "active") return reject("no_call");
  if (call.node !== from) return decided(session);
  const blocked = [...blockedOf(call), from];
  if (blockedOf(call).includes(from) || blocked.includes(to)) return reject("calls_unavailable");
  return withCall(session, { ...call, node: to, moves: movesOf(call) + 1, blocked });
}

/** Why a call of this medium cannot be made now; null: it can. A video call carries voice too. */
export function cannotCall(medium: Medium, around: Surroundings): ErrorCode | null {
  if (!around.available.service) return "service_disabled";
  if (!around.available.voice) return "voice_off";
  if (medium === "video" && !around.available.video) return "video_off";
  return around.node === null ? "calls_unavailable" : null;
}

/** A call that both sides take part in; ask {@link cannotCall} first. */
export function activeCall(
  id: number,
  sides: Readonly<Record<Side, Participation>>,
  around: Surroundings,
): Call {
  if (around.node === null) throw new TypeError("a call needs a media node: ask cannotCall first");
  return { kind: "active", id, node: around.node, since: around.now, sides };
}

function withCall(session: Session, call: Call): Decision {
  const { state } = session;
  if (state.kind !== "open") throw new TypeError("only an open session has a call");
  return decided({ ...session, state: { ...state, call } });
}

/** The session after its call came to its end. */
export function withoutCall(session: Session, last: CallOutcome): Decision {
  return withCall(session, { kind: "none", id: currentCall(session).id, last });
}
