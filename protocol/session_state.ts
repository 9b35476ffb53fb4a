/**
 * A session as data: a tagged union of states in which each state carries only its own fields, what
 * may be asked of it, and the few readings the rules and their users share.
 */
import type { Attachment } from "./attachment.ts";
import type { Cursor, Side } from "./receipts.ts";
import type { EquipmentAnswer, EquipmentWish } from "./equipment.ts";
import type { ChatService } from "./service.ts";
import type { Troubles } from "./trouble.ts";

/** Voice, or voice with the own camera on. */
export type Medium = "voice" | "video";

/** How one side takes part in a call. */
export interface Participation {
  /** The page that holds this side's microphone and camera. */
  readonly client: string;
  /** "video" while the own camera is on, or the screen is shared. */
  readonly medium: Medium;
  /** Only with "video": the picture is the screen, not the camera. Absent: it is not. */
  readonly screen?: boolean;
  /** By its owner; what the device does to the sound is a trouble (M4). */
  readonly muted: boolean;
  /** What that page's microphone and camera suffer from; absent: nothing. */
  readonly trouble?: Troubles;
}

/**
 * What another page of the person, or the same one after a reload, takes part with: nobody's screen
 * is shared, and no camera opened instead of it, without their doing.
 */
export function mediumAnew({ medium, screen }: Pick<Participation, "medium" | "screen">): Medium {
  return screen === true ? "voice" : medium;
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
    /** How often it has moved from one node to another; absent: never. */
    readonly moves?: number;
    /** The nodes it has left because one of its pages alone had no way there; absent: none. */
    readonly blocked?: readonly string[];
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
  /** The exactly-once memory (C2), kept apart per side: nobody can use up the other one's numbers. */
  readonly outbox: Readonly<Record<Side, Outbox>>;
  /** The technician asked for a check of the device's equipment; absent: no, or that is done. */
  readonly equipment?: EquipmentWish;
}

/** Per page of one side, the last outbox number taken and the `seq` it became. */
export type Outbox = Readonly<Record<string, { readonly n: number; readonly seq: number }>>;

/** A message: text, a file, or a file with a caption. */
export interface Message {
  readonly seq: number;
  readonly from: Side;
  /** Empty only beside an attachment. */
  readonly text: string;
  readonly attachment?: Attachment;
  /** Milliseconds since the epoch, by the server's clock. */
  readonly at: number;
  /** The page that sent it and its outbox number there: how a page recognises its own. */
  readonly client: string;
  readonly n: number;
}

/** What an attachment counts for beside text: more than its name, type and numbers take. */
const ATTACHMENT_WEIGHT = 600;

/** What a message counts for where commits have limits, in UTF-16 units. */
export function messageWeight({ text, attachment }: Pick<Message, "text" | "attachment">): number {
  return text.length + (attachment === undefined ? 0 : ATTACHMENT_WEIGHT);
}

/** What a person asks of a session. */
export type SessionCommand =
  | { readonly type: "session.ring" }
  | { readonly type: "session.answer"; readonly as: Medium | "text" }
  | { readonly type: "session.reject" }
  | { readonly type: "session.end" }
  | {
    readonly type: "text.send";
    readonly n: number;
    readonly text: string;
    /** Looked up on the server: its bytes are all there, and this side sent them. */
    readonly attachment?: Attachment;
  }
  | { readonly type: "text.cursor"; readonly received: number; readonly read: number }
  | { readonly type: "call.start"; readonly medium: Medium }
  | { readonly type: "call.accept"; readonly medium: Medium }
  | { readonly type: "call.hangup" }
  | {
    readonly type: "call.media";
    readonly medium: Medium;
    readonly muted: boolean;
    readonly screen?: boolean;
    readonly trouble: Troubles;
  }
  | { readonly type: "call.join" }
  | { readonly type: "equipment.ask" }
  | { readonly type: "equipment.answer"; readonly answer: EquipmentAnswer };

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
  /** This media node is gone, or wants to: a call on it goes on at the one of the surroundings. */
  | { readonly by: "media"; readonly from: string }
  /** A page has no way to this media node, which is there: a call on it goes on at node `to`. */
  | { readonly by: "network"; readonly from: string; readonly to: string };

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

/** A message as its page numbered it. */
export type OutboxEntry = Pick<Message, "from" | "client" | "n">;

/** What a decision asks the store and the actor to do besides keeping the new state. */
export type Effect =
  /** Store this message. */
  | { readonly kind: "append"; readonly message: Message }
  /** A resend: answer with the `seq` that outbox number `n` of page `client` got the first time. */
  | ({ readonly kind: "duplicate" } & OutboxEntry)
  /** Erase the session. */
  | { readonly kind: "end"; readonly reason: EndReason };

/** The new state and what follows from it. The same `session` object means: nothing changed. */
export interface Decision {
  readonly kind: "decided";
  readonly session: Session;
  readonly effects: readonly Effect[];
}

/** When the clock has to be asked about this session again; null: nothing is ringing. */
export function ringsUntil(session: Session): number | null {
  const { state } = session;
  if (state.kind === "ringing") return state.until;
  return state.kind === "open" && state.call.kind === "ringing" ? state.call.until : null;
}

const NO_CALL: Call = { kind: "none", id: 0, last: null };

/** The call of a session in whatever state. */
export function currentCall(session: Session): Call {
  return session.state.kind === "open" ? session.state.call : NO_CALL;
}

/** How often this call has moved from one node to another. */
export function movesOf({ moves = 0 }: Extract<Call, { kind: "active" }>): number {
  return moves;
}

/** The nodes this call has left because one of its pages had no way there. */
export function blockedOf({ blocked = [] }: Extract<Call, { kind: "active" }>): readonly string[] {
  return blocked;
}

/** The decision that leads to `session` and asks for nothing else. */
export function decided(session: Session): Decision {
  return { kind: "decided", session, effects: [] };
}
