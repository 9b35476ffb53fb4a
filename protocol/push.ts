/**
 * Web Push (W3C Push API, RFC 8030): what is pushed to a device's browser, and what its service worker
 * gets. A push carries no text of anybody (N3): ids, and sentences that are the same for everyone.
 */
import * as v from "valibot";
import { unreachable } from "./errors.ts";

const Base64Url = (length: number) =>
  v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/), v.length(length));

/** A browser's subscription, as `PushSubscription.toJSON()` tells it (W3C Push API). */
export const PushSubscriptionSchema = v.strictObject({
  /** Where its push service takes messages. */
  endpoint: v.pipe(v.string(), v.url(), v.maxLength(1024)),
  keys: v.strictObject({
    /** An uncompressed P-256 point: 65 bytes. */
    p256dh: Base64Url(87),
    /** 16 bytes. */
    auth: Base64Url(22),
  }),
});

/** A language tag (BCP 47): in which language a browser is notified. */
export const LanguageSchema = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/),
);

/** A browser's subscription. */
export type PushSubscription = v.InferOutput<typeof PushSubscriptionSchema>;

/** What a closed page is woken up for. */
export type PushMessage =
  | { readonly kind: "notification"; readonly notification: string }
  /** A notification was acted on elsewhere. */
  | { readonly kind: "notification_over"; readonly notification: string }
  /** It rings until then, in milliseconds since the epoch (S3). */
  | { readonly kind: "ring" | "call"; readonly session: string; readonly until: number }
  /** Nobody answered in time (S4). */
  | { readonly kind: "missed"; readonly session: string }
  /** A text waits in the session (N2). */
  | { readonly kind: "text"; readonly session: string }
  /** Nothing of the session waits for the device user any more, or it has ended (S8). */
  | { readonly kind: "session_over"; readonly session: string }
  | { readonly kind: "test" };

/** What the service worker is told, as JSON. static/sw.js reads it. */
export interface PushPayload {
  readonly kind: PushMessage["kind"];
  /** Names the notification: a newer one with the same tag takes its place. */
  readonly tag: string;
  readonly title: string;
  readonly body: string;
  /** Language tag and direction of the sentences. */
  readonly lang: string;
  readonly dir: "ltr" | "rtl";
  /** The id, where it is about a notification. */
  readonly notification?: string;
  /** What a tap opens: a path on this server. */
  readonly url: string;
  /** The words on the buttons, where the browser has any. */
  readonly actions: readonly { readonly action: PushAction; readonly title: string }[];
  /** It stays on the screen until somebody acts. */
  readonly urgent: boolean;
  /** It only takes another one's place. */
  readonly over: boolean;
  /** What takes its place where it came too late: it is over already. */
  readonly tooLate: { readonly title: string; readonly body: string };
  /** How many notifications wait, for the app's badge. */
  readonly waiting: number;
}

/** What a button in a system notification does. */
export type PushAction = "respond" | "read" | "open";

/** Which system notification a push is about. */
export function pushTag(message: PushMessage): string {
  switch (message.kind) {
    case "notification":
    case "notification_over":
      return notificationTag(message.notification);
    case "ring":
    case "call":
    case "missed":
    case "text":
    case "session_over":
      return sessionTag(message.session);
    case "test":
      return "test";
    default:
      return unreachable(message);
  }
}

const NOTIFICATION = "notification:";

/** The tag of everything about one notification. */
export function notificationTag(id: string): string {
  return NOTIFICATION + id;
}

/** The notification a tag is about; null: it is about something else. */
export function notificationOf(tag: string): string | null {
  return tag.startsWith(NOTIFICATION) ? tag.slice(NOTIFICATION.length) : null;
}

const SESSION = "session:";

/** The tag of everything about one session. */
export function sessionTag(id: string): string {
  return SESSION + id;
}

/** The session a tag is about; null: it is about something else. */
export function sessionOf(tag: string): string | null {
  return tag.startsWith(SESSION) ? tag.slice(SESSION.length) : null;
}
