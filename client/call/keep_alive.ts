/** Keeps a call alive on its device while it lasts: the screen stays on, and headset keys work. */
import { computed, effect } from "@preact/signals";
import { browserKeys } from "./media_keys.ts";
import { browserScreen, ScreenLock } from "./screen_lock.ts";
import type { CallClient, CallPorts } from "./types.ts";

/** Follows the calls of a page, one after another; what it holds it lets go of with each of them. */
export function keepAlive(
  call: Pick<CallClient, "phase" | "muted" | "camera" | "setMuted" | "setCamera">,
  ports: Pick<CallPorts, "name" | "hangUp">,
): void {
  const screen = browserScreen();
  const lock = screen === null ? null : new ScreenLock(screen);
  const keys = browserKeys({
    toggleMicrophone: () => call.setMuted(!call.muted.peek()),
    toggleCamera: () => void call.setCamera(call.camera.peek() !== "on"),
    hangUp: () => ports.hangUp(),
  });
  const lasts = computed(() => call.phase.value !== "idle" && call.phase.value !== "failed");
  effect(() => lasts.value ? lock?.hold() : lock?.release());
  effect(() => {
    if (!lasts.value) return keys?.show(null);
    const camera = call.camera.value === "on";
    keys?.show({ title: ports.name(), muted: call.muted.value, camera });
  });
}
