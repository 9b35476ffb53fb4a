import type { Section } from "../message.ts";

/** The messages of a session, and writing one. */
export const conversation = {
  message: "Message",
  send: "Send",
  left: { one: "{count} character left", other: "{count} characters left" },
  tooMany: { one: "{count} character too many", other: "{count} characters too many" },
  messages: "Messages",
  empty: "Messages are erased when the session ends.",
  newMessages: "New messages",
  newCount: { one: "{count} new", other: "{count} new" },
  latest: "Latest",
  jump: ", jump to the latest message",
  sending: "Sending",
  sent: "Sent",
  received: "Received",
  read: "Read",
  notSent: "Not sent. {reason}",
  remove: "Remove",
} as const satisfies Section;
