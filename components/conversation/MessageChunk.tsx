import { Component, Fragment } from "preact";
import { type Cursor, receipt, type Side } from "../../protocol/receipts.ts";
import type { Message } from "../../protocol/session.ts";
import { dayName, dayOf } from "../../client/format.ts";
import { MessageItem } from "./MessageItem.tsx";
import { useSay, useSpeaker } from "../words.tsx";

/** How many messages are rendered together; all but the last chunks stay as they are. */
export const CHUNK = 50;

/** Props of {@link MessageChunk}. */
export interface MessageChunkProps {
  readonly messages: readonly Message[];
  /** When the message before this chunk was sent. */
  readonly before: number | null;
  readonly side: Side;
  /** The other side's cursor: what check marks are computed from. */
  readonly other: Cursor;
  /** The first new message, if it is here. */
  readonly firstNew: number | null;
  /** The current time to the day. */
  readonly now: number;
  readonly watch: (element: Element | null) => void;
}

/** A run of messages, rendered again only when something in it changed. */
export class MessageChunk extends Component<MessageChunkProps> {
  override shouldComponentUpdate(next: MessageChunkProps): boolean {
    const { messages, other, firstNew, now } = this.props;
    return next.messages.length !== messages.length || next.messages[0] !== messages[0] ||
      next.firstNew !== firstNew || dayOf(next.now) !== dayOf(now) ||
      marks(next.messages, next.other) !== marks(messages, other);
  }

  override render({ messages, before, side, other, firstNew, now, watch }: MessageChunkProps) {
    return (
      <>
        {messages.map((message, at) => {
          const last = at === 0 ? before : messages[at - 1]?.at ?? null;
          return (
            <Fragment key={message.seq}>
              {last === null || dayOf(last) !== dayOf(message.at)
                ? <DayStamp at={message.at} now={now} />
                : null}
              {message.seq === firstNew ? <NewMark /> : null}
              <MessageItem
                message={message}
                side={side}
                receipt={receipt(message.seq, other)}
                watch={watch}
              />
            </Fragment>
          );
        })}
      </>
    );
  }
}

function DayStamp({ at, now }: { readonly at: number; readonly now: number }) {
  return <p class="log-stamp">{dayName(useSpeaker(), at, now)}</p>;
}

function NewMark() {
  return <p class="log-new">{useSay()("conversation.newMessages")}</p>;
}

/** The cursor as far as it matters to these messages. */
function marks(messages: readonly Message[], { received, read }: Cursor): string {
  const first = messages[0]?.seq ?? 0;
  const last = messages.at(-1)?.seq ?? 0;
  const clip = (seq: number) => Math.min(Math.max(seq, first - 1), last);
  return `${clip(received)} ${clip(read)}`;
}
