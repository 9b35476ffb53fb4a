/**
 * Notifications: text a technician sends to a device that has no session (N1). One waits until the
 * device user answers it or marks it as read, then it is erased; what became of it waits for its
 * technician. Pure rules.
 */
import { reject, type Rejection, unreachable } from "./errors.ts";
import type { Party } from "./session_state.ts";

/** The form of a notification's id: a ULID (https://github.com/ulid/spec), sortable by time. */
export const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** How many notifications may wait on one device. */
export const MAX_WAITING = 20;

/** How many notifications of one technician are remembered. */
export const MAX_SENT = 100;

/** After how long a notification, and what became of it, is erased, in milliseconds: 30 days. */
export const NOTIFICATION_MS = 30 * 24 * 60 * 60 * 1000;

/** A notification as it waits on a device. */
export interface DeviceNotification {
  readonly id: string;
  /** The technician's name. */
  readonly from: string;
  readonly text: string;
  /** When it was sent, in milliseconds since the epoch, by the server's clock. */
  readonly at: number;
}

/** What became of a notification. */
export type SentState =
  /** Nobody holds it yet: it waits for a page, or is on its way as a push. */
  | { readonly kind: "sent" }
  /** A page of the device holds it, or its browser showed it. */
  | { readonly kind: "delivered" }
  /** The device user marked it as read. Its text is erased. */
  | { readonly kind: "read" }
  /** The device user answered. `asked`: the text the answer belongs to. */
  | { readonly kind: "answered"; readonly asked: string; readonly text: string };

/** A notification as its technician follows it. */
export interface SentNotification {
  readonly id: string;
  readonly device: Party;
  /** When it was sent, in milliseconds since the epoch. */
  readonly at: number;
  readonly state: SentState;
}

/** What the device user's side does with a notification. */
export type NotificationAct =
  | { readonly type: "received" }
  | { readonly type: "read" }
  /** `text` is clean. */
  | { readonly type: "answer"; readonly text: string };

/** Whether nothing waits on the device any more. */
export function isDone(state: SentState): boolean {
  return state.kind === "read" || state.kind === "answered";
}

/**
 * What `act` makes of a notification with the text `asked`. The same state object: nothing changes,
 * e.g. because the act came twice. The first answer or mark wins; a different one later is refused.
 */
export function actOn(
  state: SentState,
  act: NotificationAct,
  asked: string,
): SentState | Rejection {
  switch (act.type) {
    case "received":
      return state.kind === "sent" ? { kind: "delivered" } : state;
    case "read":
      if (state.kind === "read") return state;
      return isDone(state) ? reject("notification_done") : { kind: "read" };
    case "answer":
      if (state.kind === "answered" && state.text === act.text) return state;
      if (isDone(state)) return reject("notification_done");
      return { kind: "answered", asked, text: act.text };
    default:
      return unreachable(act);
  }
}
