import { useSignal } from "@preact/signals";
import type { DeviceRow } from "../../protocol/messages.ts";
import type { EquipmentCheck } from "../../protocol/equipment.ts";
import type { ConsoleModel } from "../../client/console_model.ts";
import { ago, legFindings, partFindings, problemsOf } from "../../client/equipment_findings.ts";
import type { OpenSession } from "../../client/open_session.ts";
import { Modal } from "../Modal.tsx";
import { useSay, useSpeaker } from "../words.tsx";
import { FindingList } from "./FindingList.tsx";

/** What the last check of a device found, in one sentence. */
export function EquipmentLine({ check, now }: {
  readonly check: EquipmentCheck;
  readonly now: number;
}) {
  const speaker = useSpeaker();
  const when = speaker.relative(...ago(check.at, now));
  const problems = problemsOf(check).map((problem) => speaker.say(problem));
  return problems.length === 0
    ? <>{speaker.say("equipment.checkedFine", { when })}</>
    : <>{speaker.say("equipment.checkedProblems", { when, problems: speaker.list(problems) })}</>;
}

/** All of it, for who wants to know more. */
export function EquipmentDetails({ model, row, onClose }: {
  readonly model: ConsoleModel;
  readonly row: DeviceRow;
  readonly onClose: () => void;
}) {
  const say = useSay();
  const { equipment } = row;
  if (equipment === null) return null;
  return (
    <Modal role="dialog" title={say("equipment.details", { name: row.name })} onClose={onClose}>
      <p>
        <EquipmentLine check={equipment} now={model.live.now()} />
      </p>
      <FindingList
        findings={[...partFindings(equipment), ...legFindings(equipment.network, false)]}
      />
      <div class="modal-actions">
        <button type="button" class="button" onClick={onClose}>{say("common.close")}</button>
      </div>
    </Modal>
  );
}

/** In a session, outside calls: asks for a check, says where that stands and what was found last. */
export function EquipmentTools({ model, session, row }: {
  readonly model: ConsoleModel;
  readonly session: OpenSession;
  readonly row: DeviceRow | null;
}) {
  const say = useSay();
  const details = useSignal(false);
  const { state, equipment: wish } = session.record.value.view;
  if (state.kind !== "open") return null;
  const check = row?.equipment ?? null;
  return (
    <div class="equipment-tools">
      <button
        type="button"
        class="button"
        disabled={wish === "asked"}
        onClick={() => void model.askForCheck(session.id)}
      >
        {say("equipment.ask")}
      </button>
      <p class="equipment-line" aria-live="polite">
        {wish === undefined
          ? check === null ? null : <EquipmentLine check={check} now={model.live.now()} />
          : say(WISHES[wish])}
      </p>
      {check === null || wish !== undefined
        ? null
        : (
          <button type="button" class="button" onClick={() => details.value = true}>
            {say("equipment.showDetails")}
          </button>
        )}
      {details.value && row !== null
        ? <EquipmentDetails model={model} row={row} onClose={() => details.value = false} />
        : null}
    </div>
  );
}

const WISHES = {
  asked: "equipment.wishAsked",
  declined: "equipment.wishDeclined",
  running: "equipment.wishRunning",
} as const;
