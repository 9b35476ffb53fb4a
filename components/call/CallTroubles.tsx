/** What disturbs the own side of a call, and how to go on. Loaded with the first call. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { browserOf, fixingSteps } from "../../client/call/fix_it.ts";
import type { CallClient, CallProblem } from "../../client/call/types.ts";
import { useSay } from "../words.tsx";
import { CameraRequest } from "./CameraRequest.tsx";
import { Passing } from "./Passing.tsx";

/** Props of {@link CallTroubles}. */
export interface CallTroublesProps {
  readonly client: CallClient;
  /** The other person or device. */
  readonly name: string;
}

/** Interruptions (M4), devices in trouble, devices that were changed, and requests for another one. */
export function CallTroubles({ client, name }: CallTroublesProps) {
  return (
    <>
      <Replaced client={client} />
      <CameraRequest request={client.cameraRequest} name={name} />
      <DeviceTrouble client={client} />
      <Interrupted client={client} name={name} />
    </>
  );
}

/** One tap goes on; while the other call lasts it may be tapped in vain. */
function Interrupted({ client, name }: CallTroublesProps) {
  const say = useSay();
  const phase = client.interruption.value;
  if (phase === "active") return null;
  const over = phase === "resumable";
  return (
    <div class="stage-panel" role="alert">
      <p class="stage-panel-title">{say(over ? "trouble.resumable" : "trouble.interrupted")}</p>
      <p>{say(over ? "trouble.resumableWhy" : "trouble.interruptedWhy", { name })}</p>
      <button
        type="button"
        class={over ? "button button-primary button-big" : "button"}
        disabled={phase === "resuming"}
        onClick={() => void client.resume()}
      >
        {say("trouble.resume")}
      </button>
    </div>
  );
}

type DeviceProblem = Extract<CallProblem, { readonly cause: unknown }>;

function DeviceTrouble({ client }: { readonly client: CallClient }) {
  const say = useSay();
  const dismissed = useSignal<CallProblem | null>(null);
  const problem = client.problem.value;
  if (problem === null || !("cause" in problem) || problem === dismissed.value) return null;
  return (
    <div class="stage-problem" role="alert">
      <p>{say(problem.text)}</p>
      <div class="stage-choices">
        <button type="button" class="button" onClick={() => void client.retry()}>
          {say("common.tryAgain")}
        </button>
        <button type="button" class="button" onClick={() => dismissed.value = problem}>
          {say("fixing.dismiss")}
        </button>
      </div>
      <Steps problem={problem} />
    </div>
  );
}

function Steps({ problem }: { readonly problem: DeviceProblem }) {
  const say = useSay();
  const browser = browserOf(navigator.userAgent, navigator.maxTouchPoints);
  return (
    <details class="fixing">
      <summary>{say("fixing.howTo")}</summary>
      <ol>
        {fixingSteps(browser, problem.cause).map((step) => <li key={step}>{say(step)}</li>)}
      </ol>
    </details>
  );
}

function Replaced({ client }: { readonly client: CallClient }) {
  const say = useSay();
  const change = client.replaced.value;
  const seen = useSignal(change);
  useEffect(() => {
    seen.value = null;
  }, [change]);
  if (change === null || change === seen.value) return null;
  const { what, label } = change;
  const named = what === "microphone" ? "trouble.microphoneReplaced" : "trouble.cameraReplaced";
  return (
    <Passing key={`${what} ${label}`} onOver={() => seen.value = change}>
      {label === "" ? say("trouble.replacedNameless") : say(named, { label })}
    </Passing>
  );
}
