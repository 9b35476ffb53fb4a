import type { Entry } from "../../client/outbox.ts";
import type { Sender } from "../../client/sender.ts";
import { clockTime } from "../../client/format.ts";
import { AttachmentSlot } from "./AttachmentSlot.tsx";
import { CheckMark } from "./CheckMark.tsx";
import { MessageText } from "./MessageText.tsx";
import { phrase } from "../../locales/phrase.ts";
import type { ErrorCode } from "../../protocol/errors.ts";
import { useSay, useSpeaker } from "../words.tsx";

/** A message that is not in the log yet; where it was refused, the person decides. It is announced once it is in the log. */
export function PendingItem({ entry, sender }: { readonly entry: Entry; readonly sender: Sender }) {
  const speaker = useSpeaker();
  const { state } = entry;
  const receipt = state.kind === "acked" ? "sent" : "pending";
  return (
    <div
      class="message message-own"
      aria-live="off"
      data-status={receipt}
      data-seq={state.kind === "acked" ? state.seq : undefined}
      data-failed={state.kind === "failed" ? "" : undefined}
    >
      {entry.attachment === undefined ? null : <AttachmentSlot attachment={entry.attachment} />}
      {entry.text === "" ? null : <MessageText text={entry.text} />}
      {state.kind === "failed"
        ? <Failed code={state.code} entryKey={entry.key} sender={sender} />
        : (
          <p class="message-foot">
            <time>{clockTime(speaker, entry.at)}</time>
            <CheckMark receipt={receipt} />
          </p>
        )}
    </div>
  );
}

function Failed(props: {
  readonly code: ErrorCode;
  readonly entryKey: string;
  readonly sender: Sender;
}) {
  const say = useSay();
  const { code, entryKey, sender } = props;
  return (
    <div class="message-failed" role="alert">
      <p>{say("conversation.notSent", { reason: phrase(`errors.${code}`) })}</p>
      <button type="button" class="button button-small" onClick={() => sender.retry(entryKey)}>
        {say("common.tryAgain")}
      </button>
      <button type="button" class="button button-small" onClick={() => sender.remove(entryKey)}>
        {say("conversation.remove")}
      </button>
    </div>
  );
}
