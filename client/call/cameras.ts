/** Which cameras there are, which way they look, and which one comes next. */
import type { CameraChoice } from "./capture.ts";

/** Which way a camera looks. */
export type Facing = "user" | "environment" | "unknown";

/** How many cameras this device has; 0 where the browser does not tell. Never rejects. */
export async function countCameras(): Promise<number> {
  return (await listCameras()).length;
}

/** Which way the camera behind `track` looks, from the browser or from the camera's name. */
export function facingOf(track: MediaStreamTrack): Facing {
  const { facingMode } = track.getSettings();
  if (facingMode === "user" || facingMode === "environment") return facingMode;
  if (/\b(back|rear|environment)\b/i.test(track.label)) return "environment";
  return /\b(front|user|facetime|integrated)\b/i.test(track.label) ? "user" : "unknown";
}

/** What to try, in this order, to get from the camera behind `track` to another one. */
export async function otherCameras(track: MediaStreamTrack): Promise<CameraChoice[]> {
  const current = track.getSettings().deviceId;
  const devices = await listCameras();
  const at = devices.findIndex(({ deviceId }) => deviceId === current);
  const following = [...devices.slice(at + 1), ...devices.slice(0, Math.max(0, at))];
  const named = following.map(({ deviceId }) => ({ deviceId }));
  // A phone has several cameras on its back: "the other side" is what the button means there.
  const facing = facingOf(track);
  if (facing === "unknown") return named;
  const opposite = facing === "user" ? "environment" : "user";
  return [{ facing: opposite, exact: true }, ...named];
}

async function listCameras(): Promise<MediaDeviceInfo[]> {
  try {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.filter(({ kind }) => kind === "videoinput");
  } catch {
    return [];
  }
}
