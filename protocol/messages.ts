/**
 * The socket protocol between a page and a web process: JSON text frames, one version, two tagged
 * unions. Whatever arrives is validated once, here, from `unknown`.
 */
import * as v from "valibot";
import { type EquipmentCheck, EquipmentReportSchema } from "./equipment.ts";
import type { ErrorCode, Holder } from "./errors.ts";
import { MAX_FRAME, parseJson, PROTOCOL_VERSION } from "./frames.ts";
import { IdSchema } from "./id.ts";
import type { DeviceNotification, SentNotification } from "./notification.ts";
import { NotificationCommandSchema } from "./notification_commands.ts";
import type { EndReason, Message, Session } from "./session.ts";
import type { ChatService, DeviceStatus, MediaStatus } from "./service.ts";
import { NO_TROUBLE } from "./trouble.ts";
import { TroublesSchema } from "./trouble_schema.ts";

// --- page to server ------------------------------------------------------------------------------

/** Ids are made by the server (sessions, devices) or the page (clients): URL-safe, bounded. */
const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const Positive = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const MediumSchema = v.picklist(["voice", "video"]);

/** What every command carries: its number, answered by `ack` or `rejected`. */
const command = { id: Positive };
/** What every command about a session carries. */
const inSession = { ...command, session: IdSchema };

/** The commands about one session; each `type` is one of `SessionCommand` in session.ts. */
const SessionCommandSchema = v.variant("type", [
  v.strictObject({ type: v.literal("session.ring"), ...inSession }),
  v.strictObject({
    type: v.literal("session.answer"),
    ...inSession,
    as: v.picklist(["voice", "video", "text"]),
  }),
  v.strictObject({ type: v.literal("session.reject"), ...inSession }),
  v.strictObject({ type: v.literal("session.end"), ...inSession }),
  v.strictObject({
    type: v.literal("text.send"),
    ...inSession,
    n: Positive,
    text: v.pipe(v.string(), v.maxLength(MAX_FRAME)),
    /** A file this page has uploaded completely. */
    attachment: v.optional(IdSchema),
  }),
  v.strictObject({ type: v.literal("text.cursor"), ...inSession, received: Count, read: Count }),
  v.strictObject({ type: v.literal("call.start"), ...inSession, medium: MediumSchema }),
  v.strictObject({ type: v.literal("call.accept"), ...inSession, medium: MediumSchema }),
  v.strictObject({ type: v.literal("call.hangup"), ...inSession }),
  v.strictObject({
    type: v.literal("call.media"),
    ...inSession,
    medium: MediumSchema,
    muted: v.boolean(),
    screen: v.optional(v.boolean(), false),
    trouble: v.optional(TroublesSchema, NO_TROUBLE),
  }),
  v.strictObject({ type: v.literal("call.join"), ...inSession }),
  /** The technician asks the device user to check the equipment. */
  v.strictObject({ type: v.literal("equipment.ask"), ...inSession }),
  v.strictObject({
    type: v.literal("equipment.answer"),
    ...inSession,
    answer: v.picklist(["declined", "started", "closed"]),
  }),
]);

/** First frame of a page; `lastSeq` says, per session, what it already holds. */
const HelloSchema = v.strictObject({
  type: v.literal("hello"),
  version: v.literal(PROTOCOL_VERSION),
  /** This page; survives a reload, is never shared by two pages. */
  client: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{8,32}$/)),
  lastSeq: v.record(IdSchema, Count),
});

const OtherVersionSchema = v.looseObject({
  type: v.literal("hello"),
  version: v.pipe(v.number(), v.notValue(PROTOCOL_VERSION)),
});

const ClientMessageSchema = v.variant("type", [
  HelloSchema,
  /** Is this connection alive? Answered by `pong` with the same id. */
  v.strictObject({ type: v.literal("ping"), ...command }),
  /** A technician starts a session with a device (S1). */
  v.strictObject({ type: v.literal("session.start"), ...command, device: IdSchema }),
  /**
   * Asks for a fresh ticket to the media node of the session's active call. `lost`: the node this
   * page cannot reach; if that one is really gone the call moves to another first. `blocked`: this
   * page could not reach it with a ticket it got since then either, so there is no way for it.
   */
  v.strictObject({
    type: v.literal("call.ticket"),
    ...inSession,
    lost: v.optional(IdSchema),
    blocked: v.optional(v.boolean()),
  }),
  /** A device's page asks for a ticket to try the ways to the media node. */
  v.strictObject({ type: v.literal("equipment.ticket"), ...command }),
  /** What a device's page found out; the last report of a device counts. */
  v.strictObject({
    type: v.literal("equipment.report"),
    ...command,
    report: EquipmentReportSchema,
  }),
  SessionCommandSchema,
  NotificationCommandSchema,
]);

/** Everything a page may send. */
export type ClientMessage = v.InferOutput<typeof ClientMessageSchema>;
/** A command about one session. */
export type SessionCommandMessage = v.InferOutput<typeof SessionCommandSchema>;
/** The first frame of a page. */
export type Hello = v.InferOutput<typeof HelloSchema>;

/** A command without its number: what a page's code hands to its socket. */
export type Command = CommandOf<Exclude<ClientMessage, Hello>>;
type CommandOf<M> = M extends unknown ? Omit<M, "id"> : never;

/** A parsed frame, or why it could not be parsed, with the command's id where it has one. */
export type ParsedFrame =
  | { readonly ok: true; readonly message: ClientMessage }
  | { readonly ok: false; readonly code: ErrorCode; readonly id: number | null }
  /** A hello in another version of this protocol, whatever else that version says in it. */
  | { readonly ok: false; readonly code: "version"; readonly id: null };

/** Parses one frame from a page. Never throws. */
export function parseClientFrame(data: unknown): ParsedFrame {
  if (typeof data !== "string") return { ok: false, code: "bad_frame", id: null };
  if (data.length > MAX_FRAME) return { ok: false, code: "frame_too_large", id: null };
  const json = parseJson(data);
  const parsed = v.safeParse(ClientMessageSchema, json);
  if (parsed.success) return { ok: true, message: parsed.output };
  if (v.is(OtherVersionSchema, json)) return { ok: false, code: "version", id: null };
  const id = v.safeParse(v.looseObject(command), json);
  return { ok: false, code: "bad_frame", id: id.success ? id.output.id : null };
}

// --- server to page ------------------------------------------------------------------------------

/** The head of a session as pages see it; `outbox` shrinks to the receiving page's own number. */
export interface SessionView extends Omit<Session, "outbox"> {
  /** The last outbox number the server took from this page. */
  readonly outboxN: number;
}

/** A device in the console's list. */
export interface DeviceRow {
  readonly id: string;
  readonly name: string;
  readonly status: DeviceStatus;
  /** A page of it is connected now (T5). */
  readonly reachable: boolean;
  /** A browser of it takes pushes, so that a closed page can be reached, too (T5). */
  readonly notifiable: boolean;
  /** What works for this device (M1). */
  readonly available: ChatService;
  /** What its last check of the equipment found; null: there was none. */
  readonly equipment: EquipmentCheck | null;
  /** Its open session and who holds it. */
  readonly session:
    | { readonly id: string; readonly technician: string; readonly mine: boolean }
    | null;
}

/** What an `ack` carries for commands that ask for something. */
export type AckBody =
  | Record<never, never>
  /** `session.start`: the new session. */
  | { readonly session: string }
  /** `text.send`: the number the message got, the first time it was sent. */
  | { readonly seq: number }
  /** `call.ticket`, `equipment.ticket`. */
  | { readonly ticket: MediaTicket }
  /** `push.key`: the public key of this server's pushes (RFC 8292), base64url. */
  | { readonly key: string };

/** The way to the media node. */
export interface MediaTicket {
  /** WebSocket URL, or a path on this server. */
  readonly url: string;
  /** JWT, valid for 60 s, for one use. */
  readonly token: string;
  /** The node it leads to, by its name in the session's call. */
  readonly node: string;
  /** How often the call had moved when it was made; 0 for a ticket that is for no call. */
  readonly move: number;
}

/** Everything the server may send. */
export type ServerMessage =
  /** The answer to `hello`. `sessions` are all that exist for this person: others are over. */
  | {
    readonly type: "welcome";
    readonly version: number;
    readonly now: number;
    readonly sessions: readonly string[];
    /** Names the build this server serves: a page of another one loads itself anew when it may. */
    readonly build: string;
    /** A page that heard nothing for this long, in milliseconds, doubts its connection. */
    readonly silence: number;
  }
  | { readonly type: "heartbeat" }
  | { readonly type: "pong"; readonly id: number }
  | ({ readonly type: "ack"; readonly id: number } & AckBody)
  | {
    readonly type: "rejected";
    /** The command it answers; null where the frame had no readable id. */
    readonly id: number | null;
    readonly code: ErrorCode;
    /** In English; pages say `code` in their own language. */
    readonly message: string;
    /** With `device_in_session`: who has it. */
    readonly holder?: Holder;
  }
  /** The session now, and every message after those this page was sent before, in order. */
  | {
    readonly type: "session";
    readonly session: SessionView;
    readonly messages: readonly Message[];
  }
  /** The session is over; the page forgets it (S8). `by` is the page that did it, where known. */
  | {
    readonly type: "ended";
    readonly session: string;
    readonly reason: EndReason;
    readonly by: string | null;
  }
  /** To a device page: its own status and what works. */
  | {
    readonly type: "device";
    readonly name: string;
    readonly status: DeviceStatus;
    readonly available: ChatService;
  }
  /** To a device page: all notifications that wait for the device user, the oldest first (N1). */
  | { readonly type: "notifications"; readonly notifications: readonly DeviceNotification[] }
  /** To a console: what became of all notifications this technician sent, the newest first. */
  | { readonly type: "sent"; readonly notifications: readonly SentNotification[] }
  /** To a console: devices that changed or, when `complete`, all there are. */
  | {
    readonly type: "devices";
    readonly devices: readonly DeviceRow[];
    readonly removed: readonly string[];
    readonly complete: boolean;
  }
  /** Whether calls can be made now. */
  | { readonly type: "media"; readonly status: MediaStatus };
