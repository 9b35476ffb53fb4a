import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { type Answer, createDevice, type Enrollment, renewEnrollment } from "../../client/api.ts";
import type { ConsoleModel } from "../../client/console_model.ts";
import { Modal } from "../Modal.tsx";
import { EnrollmentView } from "./EnrollmentView.tsx";
import type { Phrase } from "../../locales/phrase.ts";
import { useSay } from "../words.tsx";

/** Names a new device and shows how to bind it. */
export function EnrollDialog({ model, onClose }: {
  readonly model: ConsoleModel;
  readonly onClose: () => void;
}) {
  const say = useSay();
  const name = useSignal("");
  const busy = useSignal(false);
  const problem = useSignal<Phrase | null>(null);
  const made = useSignal<Enrollment | null>(null);
  const create = async () => {
    busy.value = true;
    const answer = await createDevice(name.value.trim());
    busy.value = false;
    problem.value = answer.ok ? null : answer.problem;
    made.value = answer.ok ? answer.data : null;
  };
  return (
    <Modal role="dialog" title={say("console.enrollTitle")} class="enroll" onClose={onClose}>
      {made.value === null
        ? (
          <form
            class="stack"
            onSubmit={(event) => {
              event.preventDefault();
              void create();
            }}
          >
            <label class="field">
              <span>{say("console.deviceName")}</span>
              <input
                name="name"
                required
                maxLength={80}
                autocomplete="off"
                value={name}
                onInput={(event) => name.value = event.currentTarget.value}
              />
            </label>
            {problem.value === null
              ? null
              : <p class="field-error" role="alert">{say(problem.value)}</p>}
            <div class="modal-actions">
              <button type="button" class="button" onClick={onClose}>
                {say("console.cancel")}
              </button>
              <button
                type="submit"
                class="button button-primary"
                disabled={busy.value || name.value.trim() === ""}
              >
                {say("console.createLink")}
              </button>
            </div>
          </form>
        )
        : <EnrollmentView model={model} enrollment={made.value} onClose={onClose} />}
    </Modal>
  );
}

/** Makes a new link for a device that has none any more, or was lost. */
export function RenewDialog({ model, device, onClose }: {
  readonly model: ConsoleModel;
  readonly device: { readonly id: string; readonly name: string };
  readonly onClose: () => void;
}) {
  const say = useSay();
  const answer = useSignal<Answer<Enrollment> | null>(null);
  useEffect(() => {
    void renewEnrollment(device.id).then((got) => answer.value = got);
  }, [device.id]);
  const got = answer.value;
  return (
    <Modal
      role="dialog"
      title={say("console.enrollAgainTitle", { device: device.name })}
      class="enroll"
      onClose={onClose}
    >
      {got?.ok ? <EnrollmentView model={model} enrollment={got.data} onClose={onClose} /> : (
        <>
          <p aria-live="polite">{got === null ? say("console.makingLink") : say(got.problem)}</p>
          <div class="modal-actions">
            <button type="button" class="button" onClick={onClose}>{say("common.close")}</button>
          </div>
        </>
      )}
    </Modal>
  );
}
