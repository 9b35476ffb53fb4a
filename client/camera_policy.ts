/**
 * Whether a technician who wants the other camera has to ask first: the device user's own wish, kept
 * in this browser. It says nothing about any session, so it outlives them (S8).
 */
import { type ReadonlySignal, signal } from "@preact/signals";

/** "ask": the user is asked each time. "allow": it is done, and the user told. */
export type CameraPolicy = "ask" | "allow";

const KEY = "live-support:switch-camera";

const current = signal<CameraPolicy>(stored());

/** What holds on this page now. */
export const cameraPolicy: ReadonlySignal<CameraPolicy> = current;

/** Chooses anew; a browser that keeps nothing holds it until the page is left. */
export function chooseCameraPolicy(policy: CameraPolicy): void {
  current.value = policy;
  try {
    localStorage.setItem(KEY, policy);
  } catch {
    // Forbidden or full.
  }
}

function stored(): CameraPolicy {
  try {
    return globalThis.localStorage?.getItem(KEY) === "allow" ? "allow" : "ask";
  } catch {
    return "ask";
  }
}
