/** Finds the links in a text. Nothing else in a text is interpreted. */
import { tokenize } from "linkifyjs";

/** A stretch of text, or a link in it. */
export type TextPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly href: string };

const PROTOCOLS = new Set(["http:", "https:", "mailto:"]);

/** `text` in parts that together are `text` again. */
export function splitLinks(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  for (const token of tokenize(text)) {
    const piece = token.toString();
    const href = token.isLink ? safeAddress(token.toHref("https")) : null;
    const last = parts.at(-1);
    if (href !== null) parts.push({ kind: "link", text: piece, href });
    else if (last?.kind === "text") parts.splice(-1, 1, { kind: "text", text: last.text + piece });
    else parts.push({ kind: "text", text: piece });
  }
  return parts;
}

function safeAddress(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  return PROTOCOLS.has(url.protocol) ? url.href : null;
}
