import type { conversation as english } from "../en/conversation.ts";
import type { Translated } from "../message.ts";

export const conversation: Translated<typeof english> = {
  message: "Nachricht",
  send: "Senden",
  left: { one: "Noch {count} Zeichen", other: "Noch {count} Zeichen" },
  tooMany: { one: "{count} Zeichen zu viel", other: "{count} Zeichen zu viel" },
  messages: "Nachrichten",
  empty: "Alle Nachrichten werden am Ende der Sitzung gelöscht.",
  newMessages: "Neue Nachrichten",
  newCount: { one: "{count} neue", other: "{count} neue" },
  latest: "Neueste",
  jump: ", zur neuesten Nachricht springen",
  sending: "Wird gesendet",
  sent: "Gesendet",
  received: "Empfangen",
  read: "Gelesen",
  notSent: "Nicht gesendet. {reason}",
  remove: "Entfernen",
};
