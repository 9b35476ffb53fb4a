import type { Signal } from "@preact/signals";
import type { CallClient } from "../../client/call/types.ts";
import { Modal } from "../Modal.tsx";

/** Where the sound of the call may come out; closes with the choice. */
export function OutputChoice({ client, choosing }: {
  readonly client: CallClient;
  readonly choosing: Signal<boolean>;
}) {
  if (!choosing.value) return null;
  const close = () => choosing.value = false;
  return (
    <Modal role="dialog" title="Play sound through" onClose={close}>
      <fieldset>
        <legend class="visually-hidden">Play sound through</legend>
        {client.outputs.value.map(({ id, label }) => (
          <label key={id} class="choice">
            <input
              type="radio"
              name="audio-output"
              checked={client.output.value === id}
              onChange={() => {
                void client.setOutput(id);
                close();
              }}
            />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
      <div class="modal-actions">
        <button type="button" class="button" onClick={close}>Done</button>
      </div>
    </Modal>
  );
}
