/**
 * The rules of a session: one pure `decide`. No I/O, no clock: what it needs to know comes in. The
 * server runs it; tests drive it with random histories. The data it works on is session_state.ts,
 * the rules of calls and text have files of their own.
 */
import { reject, type Rejection, unreachable } from "./errors.ts";
import { CURSOR_START, type Side } from "./receipts.ts";
import {
  acceptCall,
  activeCall,
  applyPolicy,
  cannotCall,
  changeMedia,
  hangUp,
  leaveBlockedNode,
  moveCall,
  startCall,
  takeOver,
  withoutCall,
} from "./session_call.ts";
import {
  type Call,
  decided,
  type Decision,
  type EndReason,
  type Medium,
  type Participation,
  type Party,
  ringsUntil,
  type Session,
  type SessionCommand,
  type SessionInput,
  type SessionState,
  type Surroundings,
} from "./session_state.ts";
import { answerCheck, askForCheck } from "./session_equipment.ts";
import { append, moveCursor } from "./session_text.ts";

export * from "./session_state.ts";
export { OUTBOX_PAGES } from "./session_text.ts";

/** A new session, ringing (S1: only the technician's command leads here). */
export function startSession(
  start: { id: string; device: Party; technician: Party; client: string },
  around: Surroundings,
): Session | Rejection {
  if (!around.available.service) return reject("service_disabled");
  return {
    id: start.id,
    device: start.device,
    technician: start.technician,
    startedBy: start.client,
    startedAt: around.now,
    state: { kind: "ringing", until: around.now + around.ringFor },
    lastSeq: 0,
    cursors: { technician: CURSOR_START, device: CURSOR_START },
    outbox: { technician: {}, device: {} },
  };
}

/**
 * Decides what `input` does to `session`. Pure: the same arguments give the same answer.
 * A rejection changes nothing (A3).
 */
export function decide(
  session: Session,
  input: SessionInput,
  around: Surroundings,
): Decision | Rejection {
  if (session.state.kind === "ended") return reject("session_ended");
  switch (input.by) {
    case "clock":
      return expire(session, around);
    case "policy":
      return applyPolicy(session, around.available);
    case "media":
      return moveCall(session, input.from, around);
    case "network":
      return leaveBlockedNode(session, input.from, input.to);
    case "technician":
    case "device":
      return obey(session, input.by, input.client, input.command, around);
    default:
      return unreachable(input);
  }
}

function obey(
  session: Session,
  side: Side,
  client: string,
  command: SessionCommand,
  around: Surroundings,
): Decision | Rejection {
  switch (command.type) {
    case "session.ring":
      return side === "technician" ? ringAgain(session, client, around) : reject("forbidden");
    case "session.answer":
      return side === "device" ? answer(session, client, command.as, around) : reject("forbidden");
    case "session.reject":
      return side === "device" ? refuse(session, client) : reject("forbidden");
    case "session.end":
      return side === "technician" ? end(session, "ended", client) : reject("forbidden");
    case "text.send":
      return append(session, side, client, command, around);
    case "text.cursor":
      return moveCursor(session, side, command);
    case "call.start":
      return startCall(session, side, client, command.medium, around);
    case "call.accept":
      return acceptCall(session, side, client, command.medium, around);
    case "call.hangup":
      return hangUp(session, side);
    case "call.media":
      return changeMedia(session, side, client, command, around);
    case "call.join":
      return takeOver(session, side, client);
    case "equipment.ask":
      return side === "technician" ? askForCheck(session) : reject("forbidden");
    case "equipment.answer":
      return side === "device" ? answerCheck(session, command.answer) : reject("forbidden");
    default:
      return unreachable(command);
  }
}

// --- ringing -----------------------------------------------------------------------------------

function ringAgain(session: Session, client: string, around: Surroundings): Decision | Rejection {
  switch (session.state.kind) {
    case "ringing":
      return reject("session_ringing");
    case "open":
    case "ended":
      return reject("already_answered");
    case "waiting": {
      if (!around.available.service) return reject("service_disabled");
      const state: SessionState = { kind: "ringing", until: around.now + around.ringFor };
      return decided({ ...session, startedBy: client, state });
    }
    default:
      return unreachable(session.state);
  }
}

/** S3: the first answer wins; a late one is told so and disturbs nothing. */
function answer(
  session: Session,
  client: string,
  as: Medium | "text",
  around: Surroundings,
): Decision | Rejection {
  const { kind } = session.state;
  if (kind !== "ringing" && kind !== "waiting") return reject("already_answered");
  if (!around.available.service) return reject("service_disabled");
  if (as === "text") return opened(session, client, { kind: "none", id: 0, last: null });
  const refusal = cannotCall(as, around);
  if (refusal !== null) return reject(refusal);
  const device: Participation = { client, medium: as, muted: false };
  // Long after the ringing the technician may have walked away: they are asked, never just heard.
  if (kind === "waiting") {
    const until = around.now + around.ringFor;
    return opened(session, client, {
      kind: "ringing",
      id: 1,
      from: "device",
      caller: device,
      until,
    });
  }
  const technician: Participation = { client: session.startedBy, medium: as, muted: false };
  return opened(session, client, activeCall(1, { technician, device }, around));
}

function opened(session: Session, answeredBy: string, call: Call): Decision {
  return decided({ ...session, state: { kind: "open", answeredBy, call } });
}

function refuse(session: Session, client: string): Decision | Rejection {
  const { kind } = session.state;
  if (kind !== "ringing" && kind !== "waiting") return reject("already_answered");
  return end(session, "rejected", client);
}

function end(session: Session, reason: EndReason, by: string): Decision {
  return {
    kind: "decided",
    session: { ...session, state: { kind: "ended", reason, by } },
    effects: [{ kind: "end", reason }],
  };
}

/**
 * S4: no answer in time stops the ringing and ends nothing. An end that is further away than anything
 * rings: the clock was set back since, and nobody shall hear it ring for hours.
 */
function expire(session: Session, { now, ringFor }: Surroundings): Decision {
  const until = ringsUntil(session);
  if (until === null || (now < until && until - now <= ringFor)) return decided(session);
  if (session.state.kind === "ringing") return decided({ ...session, state: { kind: "waiting" } });
  return withoutCall(session, "missed");
}
