import { useLayoutEffect, useRef } from "preact/hooks";
import type { DeviceNotices } from "../../client/device_notices.ts";
import { failure } from "../../client/talk.ts";
import type { DeviceNotification } from "../../protocol/notification.ts";
import { cleanText } from "../../protocol/text.ts";
import { useSpeaker } from "../words.tsx";

/** Props of {@link NotificationPopups}. */
export interface NotificationPopupsProps {
  readonly notices: DeviceNotices;
  /** An answer is with the server. */
  readonly onAnswered: () => void;
}

/** What technicians wrote to a device without a session: to be answered, or marked as read (N1). */
export function NotificationPopups(props: NotificationPopupsProps) {
  const { say } = useSpeaker();
  const waiting = props.notices.waiting.value;
  const count = waiting.length;
  // It is there before it has something to say: only then is that read out everywhere.
  return (
    <>
      <p class="visually-hidden" role="status">
        {count === 0 ? null : say("notifications.waiting", { count })}
      </p>
      {count === 0 ? null : (
        <aside class="notice-list" aria-label={say("notifications.region")}>
          {waiting.map((one) => <Popup key={one.id} {...props} notification={one} />)}
        </aside>
      )}
    </>
  );
}

interface PopupProps extends NotificationPopupsProps {
  readonly notification: DeviceNotification;
}

function Popup({ notices, onAnswered, notification }: PopupProps) {
  const speaker = useSpeaker();
  const { say } = speaker;
  const { id, from, text, at } = notification;
  const answering = notices.answering.value === id;
  const heading = `notice-${id}`;
  return (
    <section class="notice-card" role="group" aria-labelledby={heading}>
      <h2 class="notice-from" id={heading}>{say("notifications.from", { name: from })}</h2>
      <p class="notice-at">{speaker.date(at, { dateStyle: "medium", timeStyle: "short" })}</p>
      <p class="notice-text" dir="auto">{text}</p>
      {answering
        ? <AnswerForm notices={notices} onAnswered={onAnswered} name={from} />
        : (
          <div class="notice-actions">
            <button
              type="button"
              class="button button-primary"
              onClick={() => notices.respond(id)}
            >
              {say("notifications.respond")}
            </button>
            <button
              type="button"
              class="button"
              aria-disabled={notices.busy.value}
              onClick={() => void notices.markAsRead(id)}
            >
              {say("notifications.read")}
            </button>
          </div>
        )}
      <Problem notices={notices} />
    </section>
  );
}

interface AnswerFormProps extends NotificationPopupsProps {
  /** Whom is answered. */
  readonly name: string;
}

function AnswerForm({ notices, onAnswered, name }: AnswerFormProps) {
  const { say } = useSpeaker();
  const box = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    box.current?.focus();
    box.current?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <form
      class="notice-answer"
      onSubmit={(event) => {
        event.preventDefault();
        if (!cleanText(notices.draft.peek()).ok) return;
        void notices.send().then((sent) => sent && onAnswered());
      }}
    >
      <textarea
        ref={box}
        rows={3}
        dir="auto"
        aria-label={say("notifications.answerTo", { name })}
        placeholder={say("notifications.answer")}
        value={notices.draft.value}
        onInput={(event) => notices.type(event.currentTarget.value)}
      />
      <div class="notice-actions">
        <button
          type="submit"
          class="button button-primary"
          disabled={!cleanText(notices.draft.value).ok || notices.busy.value}
        >
          {say("notifications.send")}
        </button>
        <button type="button" class="button" onClick={() => notices.cancel()}>
          {say("notifications.cancel")}
        </button>
      </div>
    </form>
  );
}

function Problem({ notices }: Pick<NotificationPopupsProps, "notices">) {
  const { say } = useSpeaker();
  const result = notices.problem.value;
  const why = result === null ? null : failure(result);
  return why === null ? null : <p class="field-error" role="alert">{say(why)}</p>;
}
