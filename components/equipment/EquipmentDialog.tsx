import { useLayoutEffect, useMemo } from "preact/hooks";
import { EquipmentCheck } from "../../client/equipment/check.ts";
import { EquipmentReporter } from "../../client/equipment/reporter.ts";
import type { Live } from "../../client/live.ts";
import { Modal } from "../Modal.tsx";
import { useSay } from "../words.tsx";
import { CameraPart } from "./CameraPart.tsx";
import { MicrophonePart } from "./MicrophonePart.tsx";
import { NetworkPart } from "./NetworkPart.tsx";
import { NotificationPart } from "./NotificationPart.tsx";
import { SpeakerPart } from "./SpeakerPart.tsx";

/** Props of {@link EquipmentDialog}. */
export interface EquipmentDialogProps {
  readonly live: Live;
  readonly onClose: () => void;
}

/** The check of the equipment: five parts, each begun by the person. Loaded when it is opened. */
export function EquipmentDialog({ live, onClose }: EquipmentDialogProps) {
  const say = useSay();
  const check = useMemo(() => {
    const reporter = new EquipmentReporter(live);
    return new EquipmentCheck({
      ticket: () => reporter.ticket(),
      report: (report) => reporter.report(report),
    });
  }, []);
  useLayoutEffect(() => () => check.dispose(), []);
  return (
    <Modal role="dialog" title={say("equipment.check")} class="equipment" onClose={onClose}>
      <p>{say("equipment.intro")}</p>
      <MicrophonePart test={check.microphone} />
      <CameraPart test={check.camera} />
      <SpeakerPart test={check.speaker} />
      <NotificationPart test={check.notifications} />
      <NetworkPart check={check} />
      <div class="modal-actions">
        <button type="button" class="button button-primary" onClick={onClose}>
          {say("common.done")}
        </button>
      </div>
    </Modal>
  );
}
