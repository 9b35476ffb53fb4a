import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { ReadonlySignal } from "@preact/signals";
import { otherSide, type Side } from "../../protocol/receipts.ts";
import type { Message } from "../../protocol/session.ts";
import type { OpenSession } from "../../client/open_session.ts";
import { ReadWatcher } from "../../client/read_watcher.ts";
import type { Attention } from "../../client/receipts.ts";
import { Icon } from "../Icon.tsx";
import { attachParts } from "./attach_parts.ts";
import { CHUNK, MessageChunk } from "./MessageChunk.tsx";
import { PendingItem } from "./PendingItem.tsx";
import { useStickyScroll } from "./sticky_scroll.ts";
import { useSay } from "../words.tsx";

/** Props of {@link MessageLog}. */
export interface MessageLogProps {
  readonly session: OpenSession;
  readonly side: Side;
  readonly attention: ReadonlySignal<Attention>;
}

/** The conversation so far. While it is shown, what comes into view counts as read (rule C4). */
export function MessageLog({ session, side, attention }: MessageLogProps) {
  const say = useSay();
  const { view, log } = session.record.value;
  const { entries } = session.sender;
  const firstNew = useFirstNew(session, side, attention);
  const watch = useReadWatcher(session, attention);
  // Pictures take their room once the part of the page for them is here.
  const length = log.length + entries.length + (attachParts() === null ? 0 : 1);
  const scroll = useStickyScroll(length, entries.length > 0);
  const other = view.cursors[otherSide(side)];
  const now = Date.now();
  return (
    <div class="log-frame">
      <div
        class="log"
        role="log"
        aria-label={say("conversation.messages")}
        tabIndex={0}
        ref={scroll.box}
      >
        {log.length + entries.length === 0
          ? <p class="log-empty">{say("conversation.empty")}</p>
          : null}
        {chunks(log).map((messages, at) => (
          <MessageChunk
            key={at}
            messages={messages}
            before={log[at * CHUNK - 1]?.at ?? null}
            side={side}
            other={other}
            firstNew={firstNew}
            now={now}
            watch={watch}
          />
        ))}
        {entries.map((entry) => (
          <PendingItem key={entry.key} entry={entry} sender={session.sender} />
        ))}
      </div>
      {scroll.away.value
        ? (
          <button type="button" class="log-jump" onClick={scroll.jump}>
            <Icon name="arrowDown" />
            {session.unread.value > 0
              ? say("conversation.newCount", { count: session.unread.value })
              : say("conversation.latest")}
            <span class="visually-hidden">{say("conversation.jump")}</span>
          </button>
        )
        : null}
    </div>
  );
}

function chunks(log: readonly Message[]): (readonly Message[])[] {
  const count = Math.ceil(log.length / CHUNK);
  return Array.from({ length: count }, (_, at) => log.slice(at * CHUNK, (at + 1) * CHUNK));
}

/** The first message that came while the person was not looking; null: none did. */
function useFirstNew(
  session: OpenSession,
  side: Side,
  attention: ReadonlySignal<Attention>,
): number | null {
  const { visible, focused } = attention.value;
  const looking = visible && focused;
  const firstAfter = (seq: number) =>
    session.record.value.log.slice(seq).find((message) => message.from !== side)?.seq ?? null;
  /** Where the person stopped looking; null: they look, and what was new then stays marked. */
  const awayAt = useRef<number | null>(session.record.peek().view.cursors[side].read);
  const marked = useRef<number | null>(null);
  if (awayAt.current !== null) marked.current = firstAfter(awayAt.current);
  useEffect(() => {
    awayAt.current = looking ? null : session.record.peek().log.length;
  }, [looking]);
  return marked.current;
}

function useReadWatcher(session: OpenSession, attention: ReadonlySignal<Attention>) {
  const watcher = useRef<ReadWatcher | null>(null);
  const watch = useRef((element: Element | null) => {
    watcher.current ??= new ReadWatcher(attention, (seq) => session.readTo(seq));
    if (element !== null) watcher.current.watch(element);
  });
  useLayoutEffect(() => () => {
    watcher.current?.stop();
    watcher.current = null;
  }, []);
  return watch.current;
}
