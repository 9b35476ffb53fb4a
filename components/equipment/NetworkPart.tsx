import { phrase } from "../../locales/phrase.ts";
import type { EquipmentCheck } from "../../client/equipment/check.ts";
import { legFindings, networkFinding } from "../../client/equipment_findings.ts";
import { canCall } from "../../client/user_media.ts";
import { useSay } from "../words.tsx";
import { FindingList } from "./FindingList.tsx";
import { Part } from "./Part.tsx";

/** The ways to the server, tried all at once. */
export function NetworkPart({ check }: { readonly check: EquipmentCheck }) {
  const say = useSay();
  const { state, legs } = check.network.value;
  const finding = state === "done" ? networkFinding(legs, canCall()) : null;
  const running = state === "running";
  const look = finding === null ? (running ? "busy" : "open") : finding.problem ? "bad" : "good";
  return (
    <Part
      icon="network"
      name={phrase("equipment.network")}
      state={look}
      text={running ? phrase("equipment.networkRunning") : finding?.text ?? null}
      actions={
        <button
          type="button"
          class="button"
          disabled={running}
          onClick={() => void check.tryNetwork()}
        >
          {say("equipment.networkTry")}
        </button>
      }
    >
      {state === "done" ? <FindingList findings={legFindings(legs, true)} /> : null}
    </Part>
  );
}
