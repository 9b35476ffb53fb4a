/** What the other side of a call is told of a microphone and camera that give nothing. */
import type { KeyOf } from "../../locales/catalogue.ts";
import type { Participation } from "../../protocol/session.ts";
import type { CameraTrouble, MicrophoneTrouble } from "../../protocol/trouble.ts";

const MICROPHONE = {
  phone_call: "trouble.onPhoneCall",
  paused: "trouble.theirMicrophonePaused",
  denied: "trouble.theirMicrophoneDenied",
  missing: "trouble.theirMicrophoneMissing",
  busy: "trouble.theirMicrophoneBusy",
} as const satisfies Record<MicrophoneTrouble, KeyOf<"trouble">>;

const CAMERA = {
  paused: "trouble.theirCameraPaused",
  denied: "trouble.theirCameraDenied",
  missing: "trouble.theirCameraMissing",
  busy: "trouble.theirCameraBusy",
} as const satisfies Record<CameraTrouble, KeyOf<"trouble">>;

/** The words; null: nothing is wrong. */
export function theirTrouble({ trouble, screen }: Participation): {
  readonly microphone: (typeof MICROPHONE)[MicrophoneTrouble] | null;
  readonly camera: (typeof CAMERA)[CameraTrouble] | null;
} {
  const { microphone, camera } = trouble ?? {};
  return {
    microphone: microphone === undefined ? null : MICROPHONE[microphone],
    // Whoever shows their screen is not missed on camera.
    camera: camera === undefined || screen === true ? null : CAMERA[camera],
  };
}
