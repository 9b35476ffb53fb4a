/** Which microphones and cameras there are, and what the person allowed. Nothing here rejects. */
import { unreachable } from "../../protocol/errors.ts";
import type { Troubles } from "../../protocol/trouble.ts";
import type { DeviceKind } from "./types.ts";

/** The ids of the devices of a kind; none where the browser does not tell. */
export async function deviceIds(kind: DeviceKind): Promise<readonly string[]> {
  const wanted = kind === "microphone" ? "audioinput" : "videoinput";
  try {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.filter(({ kind }) => kind === wanted).map(({ deviceId }) => deviceId);
  } catch {
    return [];
  }
}

/** What the person said about a device before; null: this browser does not tell. */
export async function permission(name: DeviceKind): Promise<PermissionState | null> {
  return (await permissionStatus(name))?.state ?? null;
}

/** Whether a device that was in trouble can be expected to work now, without anybody being asked. */
export async function mayWork(
  name: DeviceKind,
  trouble: Troubles[DeviceKind],
  track: MediaStreamTrack | null,
): Promise<boolean> {
  switch (trouble) {
    case undefined:
    case "phone_call":
      return false;
    case "paused":
      // One that lives says itself when it goes on; one that was ended has to be opened again.
      return track?.readyState === "ended" && document.visibilityState === "visible";
    case "missing":
      return await permission(name) !== "denied" && (await deviceIds(name)).length > 0;
    case "denied":
    case "busy":
      return await permission(name) === "granted";
    default:
      return unreachable(trouble);
  }
}

/** Calls `changed` whenever more, fewer or other devices may be usable than before. */
export function watchEquipment(changed: () => void, signal: AbortSignal): void {
  navigator.mediaDevices.addEventListener("devicechange", changed, { signal });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") changed();
  }, { signal });
  for (const name of ["microphone", "camera"] as const) {
    permissionStatus(name).then((status) => {
      if (!signal.aborted) status?.addEventListener("change", changed, { signal });
    });
  }
}

async function permissionStatus(name: DeviceKind): Promise<PermissionStatus | null> {
  try {
    // TypeScript does not know these two (W3C Media Capture and Streams, section 12.5).
    return await navigator.permissions.query({ name: name as PermissionName });
  } catch {
    return null;
  }
}
