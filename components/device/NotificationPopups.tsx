import { useEffect, useRef } from "preact/hooks";
import type { DeviceNotices } from "../../client/device_notices.ts";
import { failure } from "../../client/talk.ts";
import type { DeviceNotification } from "../../protocol/notification.ts";
import { cleanText } from "../../protocol/text.ts";
import { useSpeaker } from "../words.tsx";

/** Props of {@link NotificationPopups}. */
export interface NotificationPopupsProps {
  readonly notices: DeviceNotices;
}

/** What technicians wrote to a device without a session: to be answered, or marked as read (N1). */
export function NotificationPopups({ notices }: NotificationPopupsProps) {
  const { say } = useSpeaker();
  const waiting = notices.waiting.value;
  if (waiting.length === 0) return null;
  return (
    <aside class="notice-list" aria-label={say("notifications.region")}>
      <p class="visually-hidden" role="status">
        {say("notifications.waiting", { count: waiting.length })}
      </p>
      {waiting.map((one) => <Popup key={one.id} notices={notices} notification={one} />)}
    </aside>
  );
}

interface PopupProps extends NotificationPopupsProps {
  readonly notification: DeviceNotification;
}

function Popup({ notices, notification }: PopupProps) {
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
      {answering ? <AnswerForm notices={notices} name={from} /> : (
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

function AnswerForm({ notices, name }: NotificationPopupsProps & { readonly name: string }) {
  const { say } = useSpeaker();
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    box.current?.focus();
    box.current?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <form
      class="notice-answer"
      onSubmit={(event) => {
        event.preventDefault();
        if (cleanText(notices.draft.peek()).ok) void notices.send();
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

function Problem({ notices }: NotificationPopupsProps) {
  const { say } = useSpeaker();
  const result = notices.problem.value;
  const why = result === null ? null : failure(result);
  return why === null ? null : <p class="field-error" role="alert">{say(why)}</p>;
}
