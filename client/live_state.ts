/**
 * What a page knows of the world, reduced from the frames of its socket. Pure. What is shown is
 * never cleared before its replacement is in: a new connection only adds, and `welcome` says which
 * sessions are over.
 */
import type { DeviceNotification, SentNotification } from "../protocol/notification.ts";
import type { Side } from "../protocol/receipts.ts";
import type { EndReason, Message } from "../protocol/session.ts";
import type { ChatService, DeviceStatus, MediaStatus } from "../protocol/service.ts";
import type { DeviceRow, ServerMessage, SessionView } from "../protocol/messages.ts";

/** A session as this page holds it; `log` has no gaps and starts at message 1. */
export interface SessionRecord {
  readonly view: SessionView;
  readonly log: readonly Message[];
}

/** What a device's page knows of its device. */
export interface DeviceInfo {
  readonly name: string;
  readonly status: DeviceStatus;
  readonly available: ChatService;
}

/** Everything the socket told. */
export interface LiveState {
  readonly sessions: ReadonlyMap<string, SessionRecord>;
  /** Null until the first frame about it. */
  readonly device: DeviceInfo | null;
  /** Null until the first complete list. */
  readonly devices: ReadonlyMap<string, DeviceRow> | null;
  readonly media: MediaStatus | null;
  /** What waits for the device user outside of a session (N1), the oldest first; null: not said yet. */
  readonly notifications: readonly DeviceNotification[] | null;
  /** What became of what this technician sent, the newest first. */
  readonly sent: readonly SentNotification[];
  /** The build the server serves; null: not said yet. */
  readonly build: string | null;
  /** The server's clock minus this page's, in milliseconds. */
  readonly clockOffset: number;
}

/** A session that has just ended. */
export interface Ended {
  readonly record: SessionRecord;
  /** "gone": it ended while this page was away. */
  readonly reason: EndReason | "gone";
  /** The page that ended it, where known. */
  readonly by: string | null;
}

/** A state and what has to be done besides showing it. */
export interface Reduction {
  readonly state: LiveState;
  readonly ended: readonly Ended[];
  /** Messages are missing before this frame: say hello again. */
  readonly gap: boolean;
}

/** Before the first frame. */
export const NOTHING_KNOWN: LiveState = {
  sessions: new Map(),
  device: null,
  devices: null,
  media: null,
  notifications: null,
  sent: [],
  build: null,
  clockOffset: 0,
};

/** The state after `message`, which arrived at `now` by this page's clock. */
export function reduce(state: LiveState, message: ServerMessage, now: number): Reduction {
  switch (message.type) {
    case "welcome":
      return welcomed({ ...state, build: message.build }, message.sessions, message.now - now);
    case "session":
      return merged(state, message.session, message.messages);
    case "ended":
      return over(state, [message.session], message.reason, message.by);
    case "device": {
      const { name, status, available } = message;
      return changed({ ...state, device: { name, status, available } });
    }
    case "devices":
      return changed({ ...state, devices: listed(state.devices, message) });
    case "notifications":
      return changed({ ...state, notifications: message.notifications });
    case "sent":
      return changed({ ...state, sent: message.notifications });
    case "media":
      return changed({ ...state, media: message.status });
    case "heartbeat":
    case "pong":
    case "ack":
    case "rejected":
      return changed(state);
    default:
      // A newer server may say more than this page understands.
      return changed(state);
  }
}

/** Per session, the highest number held: what `hello` says. */
export function heldSeqs(state: LiveState): Record<string, number> {
  return Object.fromEntries([...state.sessions].map(([id, { log }]) => [id, log.length]));
}

/** How many messages of the other side have not been read on any page of `side`. */
export function unreadCount(record: SessionRecord, side: Side): number {
  const { read } = record.view.cursors[side];
  return record.log.slice(read).filter((message) => message.from !== side).length;
}

function changed(state: LiveState): Reduction {
  return { state, ended: [], gap: false };
}

function welcomed(state: LiveState, open: readonly string[], clockOffset: number): Reduction {
  const gone = [...state.sessions.keys()].filter((id) => !open.includes(id));
  return over({ ...state, clockOffset }, gone, "gone", null);
}

function merged(
  state: LiveState,
  view: SessionView,
  messages: readonly Message[],
): Reduction {
  const known = state.sessions.get(view.id)?.log ?? [];
  const fresh = messages.filter((message) => message.seq > known.length);
  const gap = fresh.some((message, at) => message.seq !== known.length + at + 1);
  // The view of a frame with a gap speaks of messages that are not here: leave all as it is.
  if (gap) return { state, ended: [], gap };
  const log = fresh.length === 0 ? known : [...known, ...fresh];
  const sessions = new Map(state.sessions).set(view.id, { view, log });
  return changed({ ...state, sessions });
}

function over(
  state: LiveState,
  ids: readonly string[],
  reason: Ended["reason"],
  by: string | null,
): Reduction {
  const sessions = new Map(state.sessions);
  const ended = ids.flatMap((id): Ended[] => {
    const record = sessions.get(id);
    sessions.delete(id);
    return record === undefined ? [] : [{ record, reason, by }];
  });
  return { state: ended.length === 0 ? state : { ...state, sessions }, ended, gap: false };
}

function listed(
  known: LiveState["devices"],
  frame: Extract<ServerMessage, { type: "devices" }>,
): LiveState["devices"] {
  const rows = new Map(frame.complete ? [] : known);
  for (const row of frame.devices) rows.set(row.id, row);
  for (const id of frame.removed) rows.delete(id);
  return rows;
}
