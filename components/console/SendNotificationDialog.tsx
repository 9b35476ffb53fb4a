import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { ConsoleNotices } from "../../client/console_notices.ts";
import { failure } from "../../client/talk.ts";
import type { Phrase } from "../../locales/phrase.ts";
import type { DeviceRow } from "../../protocol/messages.ts";
import { cleanText, MAX_TEXT } from "../../protocol/text.ts";
import { Modal } from "../Modal.tsx";
import { useSay } from "../words.tsx";

/** Props of {@link SendNotificationDialog}. */
export interface SendNotificationDialogProps {
  readonly notices: ConsoleNotices;
  readonly device: DeviceRow;
  readonly onClose: () => void;
}

/** Writes a notification to a device that has no session (N1). */
export function SendNotificationDialog({ notices, device, onClose }: SendNotificationDialogProps) {
  const say = useSay();
  const text = useSignal("");
  const busy = useSignal(false);
  const problem = useSignal<Phrase | null>(null);
  const id = useMemo(() => notices.newId(), []);
  const send = async () => {
    const clean = cleanText(text.peek());
    if (!clean.ok || busy.peek()) return;
    busy.value = true;
    const why = failure(await notices.send(id, device.id, clean.value));
    busy.value = false;
    problem.value = why;
    if (why === null) onClose();
  };
  return (
    <Modal
      role="dialog"
      title={say("notifications.sendTo", { name: device.name })}
      onClose={onClose}
    >
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <label class="field">
          <span>{say("notifications.text")}</span>
          <textarea
            rows={4}
            dir="auto"
            maxLength={MAX_TEXT}
            value={text}
            onInput={(event) => text.value = event.currentTarget.value}
          />
        </label>
        <p class="hint">{say(deliveryHint(device))}</p>
        {problem.value === null
          ? null
          : <p class="field-error" role="alert">{say(problem.value)}</p>}
        <div class="modal-actions">
          <button type="button" class="button" onClick={onClose}>
            {say("notifications.cancel")}
          </button>
          <button
            type="submit"
            class="button button-primary"
            disabled={busy.value || !cleanText(text.value).ok}
          >
            {say("notifications.sendNotification")}
          </button>
        </div>
      </form>
    </Modal>
  );
}

/** When the device user will see it (T5). */
function deliveryHint({ reachable, notifiable }: DeviceRow) {
  if (reachable) return "notifications.arrivesNow";
  return notifiable ? "notifications.arrivesByPush" : "notifications.arrivesLater";
}
