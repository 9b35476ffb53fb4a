import { useRef } from "preact/hooks";
import type { Signal } from "@preact/signals";
import type { Key } from "../../locales/catalogue.ts";
import type { OutputKind } from "../../client/call/audio_output.ts";
import type { CallClient } from "../../client/call/types.ts";
import { Modal } from "../Modal.tsx";
import { useSay } from "../words.tsx";

/** Where the sound of the call may come out; closes with a tap, while arrow keys only pass by. */
export function OutputChoice({ client, choosing }: {
  readonly client: CallClient;
  readonly choosing: Signal<boolean>;
}) {
  const say = useSay();
  const byKeys = useRef(false);
  if (!choosing.value) return null;
  const close = () => choosing.value = false;
  return (
    <Modal role="dialog" title={say("call.playThrough")} onClose={close}>
      <fieldset
        onKeyDown={() => byKeys.current = true}
        onPointerDown={() => byKeys.current = false}
      >
        <legend class="visually-hidden">{say("call.playThrough")}</legend>
        {client.outputs.value.map(({ id, kind, label }) => (
          <label key={id} class="choice">
            <input
              type="radio"
              name="audio-output"
              checked={client.output.value === id}
              onChange={() => {
                void client.setOutput(id);
                if (!byKeys.current) close();
              }}
            />
            <span dir="auto">{label ?? say(OUTPUT_NAMES[kind])}</span>
          </label>
        ))}
      </fieldset>
      <div class="modal-actions">
        <button type="button" class="button" onClick={close}>{say("common.done")}</button>
      </div>
    </Modal>
  );
}

/** What an output is called that the browser has no name for. */
const OUTPUT_NAMES = {
  default: "call.systemDefault",
  speaker: "sound.speaker",
  earpiece: "sound.earpiece",
  headset: "sound.headset",
  bluetooth: "sound.headset",
  other: "sound.headset",
  ask: "sound.another",
} as const satisfies Record<OutputKind, Key>;
