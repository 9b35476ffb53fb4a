/** What a push says. No text of anybody, no names (N3): the same sentences for everyone. */
import { unreachable } from "../protocol/errors.ts";
import { type PushAction, type PushMessage, type PushPayload, pushTag } from "../protocol/push.ts";

/** The part of a payload that depends on what happened. */
interface Said {
  readonly title: string;
  readonly body: string;
  readonly url: string;
  readonly actions: readonly PushAction[];
}

/** What the service worker of a browser that reads `language` is told. */
export function payloadFor(message: PushMessage, language: string, waiting: number): PushPayload {
  const { actions, ...rest } = said(message);
  const about = "notification" in message ? { notification: message.notification } : {};
  return {
    kind: message.kind,
    tag: pushTag(message),
    ...rest,
    ...about,
    lang: language,
    dir: "ltr",
    actions: actions.map((action) => ({ action, title: ACTIONS[action] })),
    urgent: message.kind === "ring" || message.kind === "call",
    over: message.kind === "notification_over" || message.kind === "session_over",
    waiting,
  };
}

const ACTIONS: Readonly<Record<PushAction, string>> = {
  respond: "Respond",
  read: "Mark as read",
  open: "Open",
};

function said(message: PushMessage): Said {
  switch (message.kind) {
    case "notification":
      return {
        title: "Message from your support team",
        body: "Tap to read it.",
        url: `/device?respond=${message.notification}`,
        actions: ["respond", "read"],
      };
    case "ring":
      return {
        title: "Live Support wants to help you",
        body: "Tap to answer.",
        url: "/device",
        actions: ["open"],
      };
    case "call":
      return {
        title: "Your technician is calling",
        body: "Tap to answer.",
        url: "/device",
        actions: ["open"],
      };
    case "missed":
      return {
        title: "Missed Live Support session",
        body: "Your technician is still waiting for your answer.",
        url: "/device",
        actions: ["open"],
      };
    case "text":
      return {
        title: "New message in your support session",
        body: "Tap to read it.",
        url: "/device",
        actions: ["open"],
      };
    case "notification_over":
    case "session_over":
      return { title: "Live Support", body: "Nothing waits for you.", url: "/device", actions: [] };
    case "test":
      return {
        title: "Notifications work",
        body: "Your support team can reach this device now.",
        url: "/device",
        actions: [],
      };
    default:
      return unreachable(message);
  }
}
