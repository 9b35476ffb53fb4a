/**
 * Every event that is logged: its stable name, how bad it is, what happened and what to do, and which
 * fields it may carry. docs/DEPLOY.md shows this table.
 */
import type { ClientMessage } from "../protocol/messages.ts";

/** How bad it is: only an error asks for a person. */
export type Level = "info" | "warning" | "error";

/**
 * All that can be logged besides an event's own sentence, and of what type: nothing in it can hold
 * what people wrote, their names, their files' names, their addresses, or a token (S8).
 */
export interface Fields {
  /** Whatever was thrown; see describe.ts for what of it is told. */
  readonly error: unknown;
  /** What was being read. */
  readonly what: Subject;
  /** The type of a page's command. */
  readonly command: ClientMessage["type"];
  /** The host name of a push service. */
  readonly service: string;
  /** An HTTP status; null: no answer came. */
  readonly status: number | null;
  /** The pattern of a route, never the address that was asked for: addresses hold secrets. */
  readonly route: string | null;
  readonly method: string;
  readonly version: string;
  readonly signal: "SIGINT" | "SIGTERM";
  /** A step of obtaining the media worker, in words. */
  readonly step: string;
  readonly percent: number;
  /** Why there are no calls, or no database, in the program's words. */
  readonly reason: string;
  /** What a compiler or package manager printed last. */
  readonly output: string;
  readonly pid: number | null;
  /** The id of a media node. */
  readonly node: string;
  /** Where the database is: a file or a server. */
  readonly database: string;
}

/** What is read again and again (actors/reading.ts). */
export type Subject =
  | "a device"
  | "the device list"
  | "the chat service's switches"
  | "sent notifications";

/** The name of one field. */
export type FieldName = keyof Fields;

/** One event. */
export interface EventKind<Names extends readonly FieldName[] = readonly FieldName[]> {
  readonly level: Level;
  /** What happened and what to do. */
  readonly message: string;
  readonly fields: Names;
}

/** Every event, by its name. A name, once published, stays. */
export const EVENTS = {
  started: info("The server is up.", "version"),
  stopping: info(
    "The process was told to stop. Pages are told to come back at another process or its successor.",
    "signal",
  ),
  stopped: info("All that was accepted is stored; the process ends."),
  stopped_unsure: warning(
    "The database did not answer at the end. What was acknowledged is stored, the rest pages send " +
      "again. Look at the database.",
  ),
  calls_preparing: info(
    "The media worker is being obtained. Text works meanwhile.",
    "step",
    "percent",
  ),
  calls_ready: info("Calls are ready."),
  calls_unavailable: warning("Calls are unavailable; see reason. Text works.", "reason"),
  calls_not_moved: warning(
    "Calls of a media node that goes could not move elsewhere; it is tried again.",
    "error",
  ),
  media_node_registered: info("The media node is registered: web processes know it."),
  media_node_not_registered: warning(
    "The media node is not registered, so no call comes to it; it is tried again every 2 s. Look " +
      "at WEB_URL, MEDIA_SECRET and MEDIA_NODES.",
    "reason",
  ),
  media_node_silent: warning(
    "A media node does not answer, so its calls go elsewhere and no new ones come to it until it " +
      "reports again. Look at that machine.",
    "node",
  ),
  media_node_not_noted: warning(
    "It could not be written down that a media node is silent; its lease runs out by itself.",
    "error",
  ),
  media_nodes_not_read: error(
    "The media nodes could not be read; it is tried again. Look at the database.",
    "error",
  ),
  worker_silent: error(
    "A media worker does not answer any more and is ended. Unless the process ends, too, its calls " +
      "are joined again on a new one.",
    "pid",
  ),
  worker_died: error(
    "A media worker ended by itself; a new one is started and its calls are joined again. If it " +
      "goes on, look for a lack of memory.",
    "pid",
  ),
  worker_not_built: error(
    "The media worker could not be built; its output says why. Or set MEDIASOUP_WORKER_BIN.",
    "output",
  ),
  database_not_opened: error(
    "The database cannot be opened. Set DATA_DIR to a folder this user may write to, or check " +
      "DENO_KV_PATH.",
    "database",
    "reason",
  ),
  database_taken: error(
    "Another process has this database, and a file is one process's: stop that one first, or set " +
      "another DATA_DIR. Several processes share a KV Connect server (DENO_KV_PATH).",
    "database",
  ),
  database_awaited: warning(
    "The database server does not answer yet; the process starts as soon as it does.",
    "database",
  ),
  database_away: error(
    "The database server does not answer; it is tried again until it does, and pages wait. Look at " +
      "that server.",
  ),
  database_back: info("The database server answers again."),
  store_failed: error(
    "The database did not do what it was asked; whoever needs it tries again, and it is said again " +
      "only where it fails otherwise. Look at the database and the room on its disk.",
    "error",
  ),
  store_works: info("The database does what it is asked again."),
  reading_failed: error(
    "The database did not answer; it is asked again every second. Look at the database.",
    "what",
    "error",
  ),
  watch_broke: warning("A watch on the database broke; it is opened again.", "error"),
  overload_began: warning(
    "This process has more to do than it can keep up with: new work is refused with busy. If it " +
      "goes on, look at the database's disk, or add a process.",
  ),
  overload_over: info("This process keeps up again."),
  lease_not_renewed: error(
    "The lease was not renewed, or clearing up failed; it is tried again. Look at the database.",
    "error",
  ),
  presence_not_recorded: warning(
    "Who is reachable could not be written down; it is tried again. Look at the database.",
    "error",
  ),
  pages_not_followed: warning(
    "Whether all pages arrived at another process could not be read; a push may be missing.",
    "error",
  ),
  presence_not_ended: warning(
    "This process could not be taken off the record; its lease runs out by itself.",
    "error",
  ),
  session_not_erased: error(
    "What an ended session left could not be erased yet; it is tried again. Look at the database.",
    "error",
  ),
  freed_not_overwritten: error(
    "What was erased may have left bytes in the database's file; it is tried again. Look at the file and the room on its disk.",
    "error",
  ),
  session_not_followed: warning(
    "A session could not be read; its page was told to come back.",
    "error",
  ),
  page_not_welcomed: warning("A page could not be welcomed; it was told to come back.", "error"),
  page_not_answered: error("A page got no answer. This is a bug; please report it.", "error"),
  command_failed: error(
    "A command failed. This is a bug; please report it.",
    "command",
    "error",
  ),
  request_failed: error(
    "A request failed and was answered with 500. This is a bug; please report it.",
    "method",
    "route",
    "error",
  ),
  sign_in_not_kept: warning(
    "A sign-in could not be kept alive; the next round tries again.",
    "error",
  ),
  device_not_marked: warning(
    "A device could not be marked as installed; its next page tries again.",
    "error",
  ),
  device_not_notified: warning(
    "A device could not be notified; its page shows what waits as soon as it is open.",
    "error",
  ),
  push_not_sent: warning("A push could not be sent; its page shows what waits.", "error"),
  push_shed: error(
    "Too many pushes wait; this one is not sent. Look at push_refused, and whether this machine " +
      "reaches the push services.",
  ),
  push_refused: warning(
    "A push service refused or did not answer. If it goes on, look at PUSH_CONTACT and whether " +
      "this machine reaches it.",
    "service",
    "status",
  ),
  media_not_told: warning(
    "A media node could not be told that a call is over, or what is switched off. It is told when it " +
      "is back.",
    "error",
  ),
  crashed: error(
    "A fault of the program ended this process; whoever runs it has to start it again.",
    "error",
  ),
} as const;

/** The name of one event. */
export type EventName = keyof typeof EVENTS;

/** The fields an event is logged with, all of them. */
export type FieldsOf<Name extends EventName> = Pick<
  Fields,
  (typeof EVENTS)[Name]["fields"][number]
>;

/** Events that tell of something thrown and of nothing else. */
export type FailureName = {
  [Name in EventName]: (typeof EVENTS)[Name]["fields"] extends readonly ["error"] ? Name : never;
}[EventName];

function info<const Names extends FieldName[]>(message: string, ...fields: Names) {
  return { level: "info", message, fields } as const satisfies EventKind;
}

function warning<const Names extends FieldName[]>(message: string, ...fields: Names) {
  return { level: "warning", message, fields } as const satisfies EventKind;
}

function error<const Names extends FieldName[]>(message: string, ...fields: Names) {
  return { level: "error", message, fields } as const satisfies EventKind;
}
