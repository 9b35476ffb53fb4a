import { Fragment } from "preact";
import { splitLinks, type TextPart } from "../../client/links.ts";

/** A message's text as it was written; links can be followed, nothing else is interpreted. */
export function MessageText({ text }: { readonly text: string }) {
  return <p class="message-text" dir="auto">{splitLinks(text).map(part)}</p>;
}

function part(piece: TextPart, at: number) {
  if (piece.kind === "text") return <Fragment key={at}>{piece.text}</Fragment>;
  return <a key={at} href={piece.href} target="_blank" rel="noopener noreferrer">{piece.text}</a>;
}
