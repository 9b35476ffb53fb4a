import type { Signal } from "@preact/signals";
import type { CallClient } from "../../client/call/types.ts";
import { Modal } from "../Modal.tsx";
import { useSay } from "../words.tsx";

/** Where the sound of the call may come out; closes with the choice. */
export function OutputChoice({ client, choosing }: {
  readonly client: CallClient;
  readonly choosing: Signal<boolean>;
}) {
  const say = useSay();
  if (!choosing.value) return null;
  const close = () => choosing.value = false;
  return (
    <Modal role="dialog" title={say("call.playThrough")} onClose={close}>
      <fieldset>
        <legend class="visually-hidden">{say("call.playThrough")}</legend>
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
            <span dir="auto">{label ?? say("call.systemDefault")}</span>
          </label>
        ))}
      </fieldset>
      <div class="modal-actions">
        <button type="button" class="button" onClick={close}>{say("common.done")}</button>
      </div>
    </Modal>
  );
}
