import { useSignal } from "@preact/signals";
import { chooseCameraPolicy } from "../../client/camera_policy.ts";
import type { CameraAsking, CameraConsent } from "../../client/call/camera_request.ts";
import type { CallClient } from "../../client/call/types.ts";
import { useSay } from "../words.tsx";
import { Passing } from "./Passing.tsx";

/** Props of {@link CameraRequest}. */
export interface CameraRequestProps {
  readonly request: CallClient["cameraRequest"];
  /** The other person or device. */
  readonly name: string;
}

/** A technician's request for the device's other camera: the question, or what became of it. */
export function CameraRequest({ request, name }: CameraRequestProps) {
  return request.side === "technician"
    ? <Outcome request={request} />
    : <Question request={request} name={name} />;
}

const OUTCOMES = {
  switched: "trouble.switched",
  refused: "trouble.switchRefused",
  failed: "trouble.switchFailed",
} as const;

function Outcome({ request }: { readonly request: CameraAsking }) {
  const say = useSay();
  const state = request.state.value;
  if (state === "idle" || state === "asked") return null;
  return <Passing key={state} onOver={() => request.dismiss()}>{say(OUTCOMES[state])}</Passing>;
}

function Question({ request, name }: {
  readonly request: CameraConsent;
  readonly name: string;
}) {
  const say = useSay();
  const always = useSignal(false);
  if (request.done.value) return <Done request={request} name={name} />;
  if (!request.asked.value) return null;
  return (
    <div class="stage-panel" role="alert">
      <p class="stage-panel-title">{say("trouble.asksSwitch", { name })}</p>
      <label class="choice">
        <input
          type="checkbox"
          checked={always.value}
          onChange={(event) => always.value = event.currentTarget.checked}
        />
        {say("trouble.alwaysSwitch")}
      </label>
      <div class="stage-choices">
        <button type="button" class="button" onClick={() => request.refuse()}>
          {say("trouble.notNow")}
        </button>
        <button
          type="button"
          class="button button-primary"
          onClick={() => void request.allow(always.value)}
        >
          {say("trouble.doSwitch")}
        </button>
      </div>
    </div>
  );
}

function Done({ request, name }: { readonly request: CameraConsent; readonly name: string }) {
  const say = useSay();
  const over = () => request.done.value = false;
  return (
    <Passing onOver={over}>
      {say("trouble.wasSwitched", { name })}
      <button
        type="button"
        class="button"
        onClick={() => {
          chooseCameraPolicy("ask");
          over();
        }}
      >
        {say("trouble.askMeFirst")}
      </button>
    </Passing>
  );
}
