import { useSignal } from "@preact/signals";
import type { FunctionComponent } from "preact";
import { useEffect } from "preact/hooks";
import { phrase } from "../../locales/phrase.ts";
import type { DeviceModel } from "../../client/device_model.ts";
import { useSay } from "../words.tsx";
import type { EquipmentDialogProps } from "./EquipmentDialog.tsx";

/** On the agent: the technician's wish for a check, or else just the way to it. */
export function EquipmentTools({ model }: { readonly model: DeviceModel }) {
  if (inCall(model)) return null;
  return isWished(model) ? <EquipmentWish model={model} /> : <CheckButton model={model} />;
}

function CheckButton({ model }: { readonly model: DeviceModel }) {
  const say = useSay();
  return (
    <button type="button" class="button" onClick={() => model.check(true)}>
      {say("equipment.check")}
    </button>
  );
}

/** The technician's wish for a check: says so beside everything else, and blocks nothing. */
export function EquipmentWish({ model }: { readonly model: DeviceModel }) {
  const say = useSay();
  const view = model.session.value?.record.value.view;
  if (view === undefined || !isWished(model) || inCall(model)) return null;
  return (
    <div class="equipment-wish" role="status">
      <p>{say("equipment.asked", { name: view.technician.name })}</p>
      <CheckButton model={model} />
      <button type="button" class="button" onClick={() => model.declineCheck()}>
        {say("equipment.notNow")}
      </button>
    </div>
  );
}

/** A call has microphone and camera: they are not for trying out meanwhile. */
function inCall(model: DeviceModel): boolean {
  return model.talk.call.session.value !== null;
}

function isWished(model: DeviceModel): boolean {
  return model.session.value?.record.value.view.equipment === "asked";
}

/** The dialog while it is open; its code comes when it is first wanted. */
export function EquipmentDoor({ model }: { readonly model: DeviceModel }) {
  const dialog = useSignal<{ readonly Dialog: FunctionComponent<EquipmentDialogProps> } | null>(
    null,
  );
  const open = model.checking.value;
  useEffect(() => {
    if (!open || dialog.peek() !== null) return;
    void import("./EquipmentDialog.tsx").then(({ EquipmentDialog }) => {
      dialog.value = { Dialog: EquipmentDialog };
    }, () => {
      model.check(false);
      model.talk.notice.value = { tone: "problem", text: phrase("equipment.loadFailed") };
    });
  }, [open]);
  if (!open || dialog.value === null) return null;
  const { Dialog } = dialog.value;
  return <Dialog live={model.live} onClose={() => model.check(false)} />;
}
