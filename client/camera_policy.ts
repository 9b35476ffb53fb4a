/** Whether a technician who wants the other camera has to ask first: the device user's own wish. */
import { type ReadonlySignal, signal } from "@preact/signals";
import { keepPreference, readPreference } from "./preference.ts";

/** "ask": the user is asked each time. "allow": it is done, and the user told. */
export type CameraPolicy = "ask" | "allow";

const current = signal<CameraPolicy>(
  readPreference("switch-camera") === "allow" ? "allow" : "ask",
);

/** What holds on this page now. */
export const cameraPolicy: ReadonlySignal<CameraPolicy> = current;

/** Chooses anew. */
export function chooseCameraPolicy(policy: CameraPolicy): void {
  current.value = policy;
  keepPreference("switch-camera", policy);
}
