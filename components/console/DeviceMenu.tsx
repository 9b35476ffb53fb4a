import { useSignal } from "@preact/signals";
import type { DeviceRow } from "../../protocol/messages.ts";
import { removeDevice } from "../../client/api.ts";
import type { ConsoleModel } from "../../client/console_model.ts";
import { Icon } from "../Icon.tsx";
import { Menu } from "../Menu.tsx";
import { Modal } from "../Modal.tsx";
import { EquipmentDetails } from "../equipment/EquipmentSummary.tsx";
import { RenewDialog } from "./EnrollDialog.tsx";
import { type Phrase, phrase } from "../../locales/phrase.ts";
import { SendNotificationDialog } from "./SendNotificationDialog.tsx";
import { useSay } from "../words.tsx";

/** What was chosen of the menu. */
type Asked = "notify" | "equipment" | "renew" | "remove";

/** What is seldom done with a device: write to it without a session, bind it anew, remove it. */
export function DeviceMenu({ model, row }: {
  readonly model: ConsoleModel;
  readonly row: DeviceRow;
}) {
  const say = useSay();
  const asked = useSignal<Asked | null>(null);
  const ask = (what: Asked) => asked.value = what;
  const close = () => asked.value = null;
  return (
    <>
      <Menu
        summary={
          <summary class="icon-button" aria-label={say("console.moreFor", { device: row.name })}>
            <Icon name="more" />
          </summary>
        }
      >
        <div class="menu-items">
          {row.status === "Disconnected"
            ? (
              <button type="button" class="menu-item" onClick={() => ask("notify")}>
                {say("notifications.sendNotification")}
              </button>
            )
            : null}
          {row.equipment === null
            ? null
            : (
              <button type="button" class="menu-item" onClick={() => ask("equipment")}>
                {say("equipment.showDetails")}
              </button>
            )}
          <button type="button" class="menu-item" onClick={() => ask("renew")}>
            {say("console.newLink")}
          </button>
          <button type="button" class="menu-item" onClick={() => ask("remove")}>
            {say("console.removeDevice")}
          </button>
        </div>
      </Menu>
      {asked.value === "notify"
        ? <SendNotificationDialog notices={model.notices} device={row} onClose={close} />
        : null}
      {asked.value === "equipment"
        ? <EquipmentDetails model={model} row={row} onClose={close} />
        : null}
      {asked.value === "renew" ? <RenewDialog model={model} device={row} onClose={close} /> : null}
      {asked.value === "remove"
        ? <RemoveDialog model={model} device={row} onClose={close} />
        : null}
    </>
  );
}

/** That somebody helps its user just now is no riddle: what to do about it is said. */
function removalProblem({ problem }: { readonly problem: Phrase }): Phrase {
  return problem.key === "errors.device_in_session" ? phrase("console.removeInSession") : problem;
}

function RemoveDialog({ model, device, onClose }: {
  readonly model: ConsoleModel;
  readonly device: DeviceRow;
  readonly onClose: () => void;
}) {
  const say = useSay();
  const busy = useSignal(false);
  const remove = async () => {
    busy.value = true;
    const answer = await removeDevice(device.id);
    if (!answer.ok) model.talk.notice.value = { tone: "problem", text: removalProblem(answer) };
    onClose();
  };
  return (
    <Modal
      role="dialog"
      title={say("console.removeTitle", { device: device.name })}
      onClose={onClose}
    >
      <p>{say("console.removeText")}</p>
      <div class="modal-actions">
        <button type="button" class="button" onClick={onClose}>{say("console.keepIt")}</button>
        <button
          type="button"
          class="button button-danger"
          disabled={busy.value}
          onClick={() => void remove()}
        >
          {say("console.remove")}
        </button>
      </div>
    </Modal>
  );
}
