/** How long a push service keeps a message for a browser it cannot reach, and how urgent it is. */
import { unreachable } from "../protocol/errors.ts";
import type { PushMessage } from "../protocol/push.ts";

/** RFC 8030, sections 5.2 to 5.4. */
export interface Handling {
  /** Seconds. */
  readonly ttl: number;
  readonly urgency: "normal" | "high";
  /** A newer message with the same topic replaces one that still waits: 32 base64url characters. */
  readonly topic: string;
}

const DAY = 24 * 60 * 60;

/** How a message is to be handled at `now` (milliseconds since the epoch). */
export function handling(message: PushMessage, now: number): Handling {
  switch (message.kind) {
    case "notification":
      // The most that FCM takes.
      return { ttl: 28 * DAY, urgency: "normal", topic: message.notification };
    case "notification_over":
      return { ttl: DAY, urgency: "normal", topic: message.notification };
    case "ring":
    case "call": {
      const ttl = Math.max(0, Math.ceil((message.until - now) / 1000));
      return { ttl, urgency: "high", topic: message.session };
    }
    case "missed":
    case "text":
    case "session_over":
      return { ttl: DAY, urgency: "normal", topic: message.session };
    case "test":
      return { ttl: 60, urgency: "high", topic: "test" };
    default:
      return unreachable(message);
  }
}
