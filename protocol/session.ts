/**
 * The rules of a session as data: a tagged union of states and one pure `decide`. No I/O, no clock:
 * what it needs to know comes in. The server runs it; tests drive it with random histories.
 */
import { type ErrorCode, reject, type Rejection, unreachable } from "./errors.ts";
import { advance, type Cursor, CURSOR_START, otherSide, type Side } from "./receipts.ts";
import type { ChatService } from "./service.ts";
import { cleanText } from "./text.ts";

/** Voice, or voice with the own camera on. */
export type Medium = "voice" | "video";

/** How one side takes part in a call. */
export interface Participation {
  /** The page that holds this side's microphone and camera. */
  readonly client: string;
  /** "video" while the own camera is on. */
  readonly medium: Medium;
  readonly muted: boolean;
}

/** How the last call of a session came to its end. */
export type CallOutcome = "hung_up" | "declined" | "cancelled" | "missed" | "switched_off";

/** The call inside a session. `id` counts the calls of the session from 1. */
export type Call =
  | { readonly kind: "none"; readonly id: number; readonly last: CallOutcome | null }
  | {
    readonly kind: "ringing";
    readonly id: number;
    readonly from: Side;
    readonly caller: Participation;
    /** When ringing stops, in milliseconds since the epoch. */
    readonly until: number;
  }
  | {
    readonly kind: "active";
    readonly id: number;
    /** The media node that carries it. */
    readonly node: string;
    readonly since: number;
    readonly sides: Readonly<Record<Side, Participation>>;
  };

/** The state of a session; each state carries only its own fields. */
export type SessionState =
  /** Every page of the device rings until `until` (S3, S4). */
  | { readonly kind: "ringing"; readonly until: number }
  /** Nobody answered in time: the device keeps a missed-session pop-up (S4). */
  | { readonly kind: "waiting" }
  /** The device user accepted on the page `answeredBy`. */
  | { readonly kind: "open"; readonly answeredBy: string; readonly call: Call }
  /** Over. Never stored: ending deletes the head (S7, S8). `by` is the page that did it. */
  | { readonly kind: "ended"; readonly reason: EndReason; readonly by: string };

/** Who ended it: the technician ("ended") or the device user ("rejected"). */
export type EndReason = "ended" | "rejected";

/** A person or device as the other side sees it. */
export interface Party {
  readonly id: string;
  readonly name: string;
}

/** The head of a session: everything about it but its messages. */
export interface Session {
  readonly id: string;
  readonly device: Party;
  readonly technician: Party;
  /** The technician's page that started it: it joins the call when the device user accepts. */
  readonly startedBy: string;
  readonly startedAt: number;
  readonly state: SessionState;
  /** The highest message number given out; messages count from 1. */
  readonly lastSeq: number;
  readonly cursors: Readonly<Record<Side, Cursor>>;
  /** Per page, the last outbox number taken and the `seq` it became: the exactly-once memory (C2). */
  readonly outbox: Readonly<Record<string, { readonly n: number; readonly seq: number }>>;
}

/** A text message. */
export interface Message {
  readonly seq: number;
  readonly from: Side;
  readonly text: string;
  /** Milliseconds since the epoch, by the server's clock. */
  readonly at: number;
  /** The page that sent it and its outbox number there: how a page recognises its own. */
  readonly client: string;
  readonly n: number;
}

/** What a person asks of a session. */
export type SessionCommand =
  | { readonly type: "session.ring" }
  | { readonly type: "session.answer"; readonly as: Medium | "text" }
  | { readonly type: "session.reject" }
  | { readonly type: "session.end" }
  | { readonly type: "text.send"; readonly n: number; readonly text: string }
  | { readonly type: "text.cursor"; readonly received: number; readonly read: number }
  | { readonly type: "call.start"; readonly medium: Medium }
  | { readonly type: "call.accept"; readonly medium: Medium }
  | { readonly type: "call.hangup" }
  | { readonly type: "call.media"; readonly medium: Medium; readonly muted: boolean }
  | { readonly type: "call.join" };

/** A command with its author, or what the clock and the administrator bring about. */
export type SessionInput =
  | {
    readonly by: Side;
    /** The page it came from. */
    readonly client: string;
    readonly command: SessionCommand;
  }
  | { readonly by: "clock" }
  | { readonly by: "policy" }
  /** Its media node is gone: an active call goes on at the one of the surroundings. */
  | { readonly by: "media" };

/** What `decide` has to know of the world. */
export interface Surroundings {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** What is switched on for this device (M1). */
  readonly available: ChatService;
  /** The media node a new call would use; null where there is none yet. */
  readonly node: string | null;
  /** How long a session or a call rings, in milliseconds (S4). */
  readonly ringFor: number;
}

/** What a decision asks the store and the actor to do besides keeping the new state. */
export type Effect =
  /** Store this message. */
  | { readonly kind: "append"; readonly message: Message }
  /** A resend: answer with the `seq` that outbox number `n` of page `client` got the first time. */
  | { readonly kind: "duplicate"; readonly client: string; readonly n: number }
  /** Erase the session. */
  | { readonly kind: "end"; readonly reason: EndReason };

/** The new state and what follows from it. The same `session` object means: nothing changed. */
export interface Decision {
  readonly kind: "decided";
  readonly session: Session;
  readonly effects: readonly Effect[];
}

/** How many pages' outbox counters a head remembers; the longest silent ones go first. */
export const OUTBOX_PAGES = 64;

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
    outbox: {},
  };
}

/** When the clock has to be asked about this session again; null: nothing is ringing. */
export function ringsUntil(session: Session): number | null {
  const { state } = session;
  if (state.kind === "ringing") return state.until;
  return state.kind === "open" && state.call.kind === "ringing" ? state.call.until : null;
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
      return expire(session, around.now);
    case "policy":
      return applyPolicy(session, around.available);
    case "media":
      return moveCall(session, around);
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

/** S4: no answer in time stops the ringing and ends nothing. */
function expire(session: Session, now: number): Decision {
  const until = ringsUntil(session);
  if (until === null || now < until) return decided(session);
  if (session.state.kind === "ringing") return decided({ ...session, state: { kind: "waiting" } });
  return withoutCall(session, "missed");
}

// --- text --------------------------------------------------------------------------------------

function append(
  session: Session,
  from: Side,
  client: string,
  command: { readonly n: number; readonly text: string },
  around: Surroundings,
): Decision | Rejection {
  const known = session.outbox[client];
  const { n } = command;
  if (known !== undefined && n <= known.n) {
    return { kind: "decided", session, effects: [{ kind: "duplicate", client, n }] };
  }
  if (n !== (known?.n ?? 0) + 1) return reject("out_of_order");
  if (!around.available.text) return reject("text_off");
  if (from === "device" && session.state.kind !== "open") return reject("not_answered");
  const text = cleanText(command.text);
  if (!text.ok) return reject(text.code);
  const seq = session.lastSeq + 1;
  const message: Message = { seq, from, text: text.value, at: around.now, client, n };
  const outbox = rememberPage(session.outbox, client, { n, seq });
  return {
    kind: "decided",
    session: { ...session, lastSeq: seq, outbox },
    effects: [{ kind: "append", message }],
  };
}

function rememberPage(
  outbox: Session["outbox"],
  client: string,
  last: { n: number; seq: number },
): Session["outbox"] {
  const next = { ...outbox, [client]: last };
  const pages = Object.entries(next);
  if (pages.length <= OUTBOX_PAGES) return next;
  return Object.fromEntries(pages.sort(([, a], [, b]) => b.seq - a.seq).slice(0, OUTBOX_PAGES));
}

function moveCursor(session: Session, side: Side, to: Cursor): Decision | Rejection {
  if (Math.max(to.received, to.read) > session.lastSeq) return reject("bad_cursor");
  const before = session.cursors[side];
  const after = advance(before, to);
  if (after === before) return decided(session);
  return decided({ ...session, cursors: { ...session.cursors, [side]: after } });
}

// --- calls -------------------------------------------------------------------------------------

function startCall(
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
      const sides = { ...call.sides, [side]: { ...call.sides[side], client, medium } };
      return withCall(session, { ...call, sides });
    }
    default:
      return unreachable(call);
  }
}

function acceptCall(
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
function hangUp(session: Session, side: Side): Decision | Rejection {
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

function changeMedia(
  session: Session,
  side: Side,
  client: string,
  to: { readonly medium: Medium; readonly muted: boolean },
  around: Surroundings,
): Decision | Rejection {
  const call = currentCall(session);
  if (call.kind !== "active") return reject("no_call");
  const own = call.sides[side];
  if (own.client !== client) return reject("forbidden");
  if (to.medium === "video" && !around.available.video) return reject("video_off");
  if (own.medium === to.medium && own.muted === to.muted) return decided(session);
  const sides = { ...call.sides, [side]: { client, medium: to.medium, muted: to.muted } };
  return withCall(session, { ...call, sides });
}

/** The call moves to another page of the same person. */
function takeOver(session: Session, side: Side, client: string): Decision | Rejection {
  const call = currentCall(session);
  if (call.kind !== "active") return reject("no_call");
  if (call.sides[side].client === client) return decided(session);
  const sides = { ...call.sides, [side]: { ...call.sides[side], client } };
  return withCall(session, { ...call, sides });
}

/** M1 at once: what was switched off in mid-call stops. */
function applyPolicy(session: Session, available: ChatService): Decision {
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
      technician: { ...technician, medium: "voice" },
      device: { ...device, medium: "voice" },
    },
  });
}

function moveCall(session: Session, around: Surroundings): Decision | Rejection {
  const call = currentCall(session);
  if (call.kind !== "active") return reject("no_call");
  if (around.node === null) return reject("calls_unavailable");
  return call.node === around.node
    ? decided(session)
    : withCall(session, { ...call, node: around.node });
}

/** Why a call of this medium cannot be made now; null: it can. A video call carries voice too. */
function cannotCall(medium: Medium, around: Surroundings): ErrorCode | null {
  if (!around.available.service) return "service_disabled";
  if (!around.available.voice) return "voice_off";
  if (medium === "video" && !around.available.video) return "video_off";
  return around.node === null ? "calls_unavailable" : null;
}

function activeCall(
  id: number,
  sides: Readonly<Record<Side, Participation>>,
  around: Surroundings,
): Call {
  if (around.node === null) throw new TypeError("a call needs a media node: ask cannotCall first");
  return { kind: "active", id, node: around.node, since: around.now, sides };
}

const NO_CALL: Call = { kind: "none", id: 0, last: null };

/** The call of a session in whatever state. */
export function currentCall(session: Session): Call {
  return session.state.kind === "open" ? session.state.call : NO_CALL;
}

function withCall(session: Session, call: Call): Decision {
  const { state } = session;
  if (state.kind !== "open") throw new TypeError("only an open session has a call");
  return decided({ ...session, state: { ...state, call } });
}

function withoutCall(session: Session, last: CallOutcome): Decision {
  return withCall(session, { kind: "none", id: currentCall(session).id, last });
}

function decided(session: Session): Decision {
  return { kind: "decided", session, effects: [] };
}

/** How the other side of a message stands: the cursor its check marks are computed from. */
export function cursorOfReader(session: Pick<Session, "cursors">, from: Side): Cursor {
  return session.cursors[otherSide(from)];
}
