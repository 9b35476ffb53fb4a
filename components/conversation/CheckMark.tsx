import type { Receipt } from "../../protocol/receipts.ts";
import type { Key } from "../../locales/catalogue.ts";
import { useSay } from "../words.tsx";

const WORDS = {
  pending: "conversation.sending",
  sent: "conversation.sent",
  received: "conversation.received",
  read: "conversation.read",
} as const satisfies Record<Receipt, Key>;

/** The check marks of an own message: a clock, one gray, two gray, two blue; in words for all, but never announced. */
export function CheckMark({ receipt }: { readonly receipt: Receipt }) {
  const word = useSay()(WORDS[receipt]);
  return (
    <span class={`check check-${receipt}`} title={word} aria-live="off">
      <svg viewBox="0 0 20 14" aria-hidden="true" focusable="false">{shape(receipt)}</svg>
      <span class="visually-hidden">{word}</span>
    </span>
  );
}

function shape(receipt: Receipt) {
  switch (receipt) {
    case "pending":
      return <path d="M10 1.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11M10 4v3.2l2 1.5" />;
    case "sent":
      return <path d="m5 7.5 3.5 3.5L15 3.5" />;
    case "received":
    case "read":
      return <path d="m1.5 7.5 3.5 3.5L11.5 3.5M9.5 10.5l.8.5L17 3.5" />;
  }
}
