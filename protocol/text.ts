/** What a message's text may be. */
import type { ErrorCode } from "./errors.ts";

/** The longest message, in characters (Unicode code points, so an emoji is not two). */
export const MAX_TEXT = 4000;

/** Text fit to be stored, or why it is not. */
export type CleanText =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly code: ErrorCode };

/** How many characters `text` has: code points, not UTF-16 units. */
export function textLength(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}

/**
 * Trims the ends, makes line breaks `\n`, mends lone surrogates and refuses what is empty or longer
 * than {@link MAX_TEXT}. Nothing inside the text is interpreted.
 */
export function cleanText(text: string): CleanText {
  const value = text.replace(/\r\n?/g, "\n").trim().toWellFormed();
  if (value === "") return { ok: false, code: "text_empty" };
  if (textLength(value) > MAX_TEXT) return { ok: false, code: "text_too_long" };
  return { ok: true, value };
}

/** As {@link cleanText}, for what goes with a file: it may be empty. */
export function cleanCaption(text: string): CleanText {
  const clean = cleanText(text);
  return !clean.ok && clean.code === "text_empty" ? { ok: true, value: "" } : clean;
}
