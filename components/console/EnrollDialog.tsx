import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { type Answer, createDevice, type Enrollment, renewEnrollment } from "../../client/api.ts";
import { Modal } from "../Modal.tsx";
import { CopyButton } from "../CopyButton.tsx";

/** Names a new device and shows how to bind it. */
export function EnrollDialog({ onClose }: { readonly onClose: () => void }) {
  const name = useSignal("");
  const busy = useSignal(false);
  const problem = useSignal<string | null>(null);
  const made = useSignal<Enrollment | null>(null);
  const create = async () => {
    busy.value = true;
    const answer = await createDevice(name.value.trim());
    busy.value = false;
    problem.value = answer.ok ? null : answer.sentence;
    made.value = answer.ok ? answer.data : null;
  };
  return (
    <Modal role="dialog" title="Enroll a device" class="enroll" onClose={onClose}>
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
              <span>Device name</span>
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
              : <p class="field-error" role="alert">{problem.value}</p>}
            <div class="modal-actions">
              <button type="button" class="button" onClick={onClose}>Cancel</button>
              <button
                type="submit"
                class="button button-primary"
                disabled={busy.value || name.value.trim() === ""}
              >
                Create link
              </button>
            </div>
          </form>
        )
        : <EnrollmentView enrollment={made.value} name={name.value.trim()} onClose={onClose} />}
    </Modal>
  );
}

/** Makes a new link for a device that has none any more, or was lost. */
export function RenewDialog({ device, onClose }: {
  readonly device: { readonly id: string; readonly name: string };
  readonly onClose: () => void;
}) {
  const answer = useSignal<Answer<Enrollment> | null>(null);
  useEffect(() => {
    void renewEnrollment(device.id).then((got) => answer.value = got);
  }, [device.id]);
  const got = answer.value;
  return (
    <Modal role="dialog" title={`Enroll ${device.name} again`} class="enroll" onClose={onClose}>
      {got?.ok ? <EnrollmentView enrollment={got.data} name={device.name} onClose={onClose} /> : (
        <>
          <p aria-live="polite">{got === null ? "Making a link…" : got.sentence}</p>
          <div class="modal-actions">
            <button type="button" class="button" onClick={onClose}>Close</button>
          </div>
        </>
      )}
    </Modal>
  );
}

function EnrollmentView({ enrollment: { link, qr }, name, onClose }: {
  readonly enrollment: Enrollment;
  readonly name: string;
  readonly onClose: () => void;
}) {
  return (
    <div class="stack">
      <p>Scan the code with {name}, or open the link on it.</p>
      <img
        class="enroll-code"
        src={`data:image/svg+xml,${encodeURIComponent(qr)}`}
        alt="QR code of the enrollment link"
        width={220}
        height={220}
      />
      <p class="enroll-address">
        <a href={link} aria-label="Enrollment link">{link}</a>
      </p>
      <div class="modal-actions">
        <CopyButton text={link} />
        <button type="button" class="button button-primary" onClick={onClose}>Done</button>
      </div>
    </div>
  );
}
