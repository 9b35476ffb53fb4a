/** What a push says. No text of anybody, no names (N3): the same sentences for everyone. */
import type { KeyOf } from "../locales/catalogue.ts";
import { FALLBACK, LOCALES, speakerOf } from "../locales/catalogues.ts";
import { chooseLocale } from "../locales/choose.ts";
import { type Phrase, phrase } from "../locales/phrase.ts";
import { unreachable } from "../protocol/errors.ts";
import { type PushAction, type PushMessage, type PushPayload, pushTag } from "../protocol/push.ts";

/** The part of a payload that depends on what happened. */
interface Said {
  readonly title: Phrase;
  readonly body: Phrase;
  readonly actions: readonly PushAction[];
}

/** What the service worker of a browser that reads `language` (BCP 47) is told. */
export function payloadFor(message: PushMessage, language: string, waiting: number): PushPayload {
  const { locale, region } = chooseLocale(LOCALES, FALLBACK, null, language);
  const { say, direction } = speakerOf(locale, region);
  const { title, body, actions } = said(message);
  const about = "notification" in message ? { notification: message.notification } : {};
  return {
    kind: message.kind,
    tag: pushTag(message),
    title: say(title),
    body: say(body),
    url: message.kind === "notification" ? `/device?respond=${message.notification}` : "/device",
    ...about,
    lang: locale,
    dir: direction,
    actions: actions.map((action) => ({ action, title: say(ACTIONS[action]) })),
    urgent: message.kind === "ring" || message.kind === "call",
    tooLate: { title: say(OVER.title), body: say(OVER.body) },
    over: message.kind === "notification_over" || message.kind === "session_over",
    waiting,
  };
}

const ACTIONS = {
  respond: "notifications.respond",
  read: "notifications.read",
  open: "notifications.open",
} as const satisfies Record<PushAction, KeyOf<"notifications">>;

function said(message: PushMessage): Said {
  switch (message.kind) {
    case "notification":
      return told(phrase("notifications.pushTitle"), phrase("notifications.tapToRead"), [
        "respond",
        "read",
      ]);
    case "ring":
      return told(phrase("notifications.ringTitle"), phrase("notifications.tapToAnswer"), ["open"]);
    case "call":
      return told(phrase("notifications.callTitle"), phrase("notifications.tapToAnswer"), ["open"]);
    case "missed":
      return told(phrase("notifications.missedTitle"), phrase("notifications.missedText"), [
        "open",
      ]);
    case "text":
      return told(phrase("notifications.textTitle"), phrase("notifications.tapToRead"), ["open"]);
    case "notification_over":
    case "session_over":
      return OVER;
    case "test":
      return told(phrase("notifications.testTitle"), phrase("notifications.testText"), []);
    default:
      return unreachable(message);
  }
}

const OVER = told(phrase("notifications.overTitle"), phrase("notifications.overText"), []);

function told(title: Phrase, body: Phrase, actions: readonly PushAction[]): Said {
  return { title, body, actions };
}
