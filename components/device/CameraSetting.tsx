import { cameraPolicy, chooseCameraPolicy } from "../../client/camera_policy.ts";
import { useSay } from "../words.tsx";

const CHOICES = [["ask", "trouble.policyAsk"], ["allow", "trouble.policyAllow"]] as const;

/** Whether a technician has to ask before the camera is switched; this browser remembers it. */
export function CameraSetting() {
  const say = useSay();
  return (
    <details class="agent-setting">
      <summary>{say("trouble.policy")}</summary>
      <fieldset>
        <legend class="visually-hidden">{say("trouble.policy")}</legend>
        {CHOICES.map(([policy, key]) => (
          <label key={policy} class="choice">
            <input
              type="radio"
              name="camera-policy"
              checked={cameraPolicy.value === policy}
              onChange={() => chooseCameraPolicy(policy)}
            />
            {say(key)}
          </label>
        ))}
      </fieldset>
    </details>
  );
}
