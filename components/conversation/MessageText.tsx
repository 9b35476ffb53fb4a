import { Fragment } from "preact";
import { useEffect } from "preact/hooks";
import { signal } from "@preact/signals";
import type { TextPart } from "../../client/links.ts";

/** What finds links; null until a message first looked as if it had one. */
const finder = signal<((text: string) => readonly TextPart[]) | null>(null);

/** A link has one of these within a word; what really is one, the finder says. */
const MAY_HOLD_LINK = /\S[.:@]\S/;

/** Loads what finds links; where that fails the text stays text, and the next message tries again. */
export async function loadFinder(): Promise<void> {
  const { splitLinks } = await import("../../client/links.ts");
  finder.value = splitLinks;
}

/** A message's text as it was written; links can be followed, nothing else is interpreted. */
export function MessageText({ text }: { readonly text: string }) {
  const find = MAY_HOLD_LINK.test(text) ? finder.value : null;
  useEffect(() => {
    if (finder.peek() === null && MAY_HOLD_LINK.test(text)) loadFinder().catch(() => {});
  }, [text]);
  return <p class="message-text" dir="auto">{find === null ? text : find(text).map(part)}</p>;
}

function part(piece: TextPart, at: number) {
  if (piece.kind === "text") return <Fragment key={at}>{piece.text}</Fragment>;
  return <a key={at} href={piece.href} target="_blank" rel="noopener noreferrer">{piece.text}</a>;
}
