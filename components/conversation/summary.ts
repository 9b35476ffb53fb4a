import type { Say } from "../../locales/speaker.ts";
import { isShown } from "../../protocol/attachment.ts";
import type { Message } from "../../protocol/session.ts";

/** What a message says in one line: its text, or what it carries. */
export function summary(say: Say, { text, attachment }: Message): string {
  if (text !== "" || attachment === undefined) return text;
  return isShown(attachment.type) ? say("files.photo") : attachment.name;
}
