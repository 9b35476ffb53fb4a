import { Component } from "preact";
import type { Receipt, Side } from "../../protocol/receipts.ts";
import type { Message } from "../../protocol/session.ts";
import { clockTime, fullTime } from "../../client/format.ts";
import { AttachmentSlot } from "./AttachmentSlot.tsx";
import { CheckMark } from "./CheckMark.tsx";
import { MessageText } from "./MessageText.tsx";
import { useSpeaker } from "../words.tsx";

/** Props of {@link MessageItem}. */
export interface MessageItemProps {
  readonly message: Message;
  /** The side whose page this is. */
  readonly side: Side;
  /** How an own message stands; of no meaning for others. */
  readonly receipt: Receipt;
  /** Is told the elements of the other side's messages; always the same function. */
  readonly watch: (element: Element | null) => void;
}

/** A message of the log. Rendered again only when its check mark changes. */
export class MessageItem extends Component<MessageItemProps> {
  override shouldComponentUpdate(next: MessageItemProps): boolean {
    return next.message !== this.props.message || next.receipt !== this.props.receipt;
  }

  override render({ message, side, receipt, watch }: MessageItemProps) {
    const own = message.from === side;
    return (
      <div
        class={`message ${own ? "message-own" : "message-other"}`}
        data-seq={message.seq}
        data-status={own ? receipt : undefined}
        ref={own ? undefined : watch}
      >
        {message.attachment === undefined
          ? null
          : <AttachmentSlot attachment={message.attachment} />}
        {message.text === "" ? null : <MessageText text={message.text} />}
        <p class="message-foot">
          <SentAt at={message.at} />
          {own ? <CheckMark receipt={receipt} /> : null}
        </p>
      </div>
    );
  }
}

function SentAt({ at }: { readonly at: number }) {
  const speaker = useSpeaker();
  return (
    <time dateTime={new Date(at).toISOString()} title={fullTime(speaker, at)}>
      {clockTime(speaker, at)}
    </time>
  );
}
