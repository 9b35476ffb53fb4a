/** Which cameras there are, which way they look, and which one comes next. */

/** Which way a camera looks. */
export type Facing = "user" | "environment" | "unknown";

/** Which camera: one that looks this way, or this very one; exactly, or rather than another. */
export type CameraChoice =
  | { readonly facing: "user" | "environment"; readonly exact: boolean }
  | { readonly deviceId: string; readonly exact: boolean };

/** The camera of a call's beginning. */
export const FRONT_CAMERA: CameraChoice = { facing: "user", exact: false };

const PICTURE: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30, max: 30 },
};

/** What to ask `getUserMedia` for. */
export function cameraConstraints(choice: CameraChoice): MediaTrackConstraints {
  const strict = (value: string) => choice.exact ? { exact: value } : { ideal: value };
  if ("deviceId" in choice) return { ...PICTURE, deviceId: strict(choice.deviceId) };
  return { ...PICTURE, facingMode: strict(choice.facing) };
}

/** Which way the camera behind `track` looks, from the browser or from the camera's name. */
export function facingOf(track: MediaStreamTrack): Facing {
  const { facingMode } = track.getSettings();
  if (facingMode === "user" || facingMode === "environment") return facingMode;
  if (/\b(back|rear|environment)\b/i.test(track.label)) return "environment";
  return /\b(front|user|facetime|integrated)\b/i.test(track.label) ? "user" : "unknown";
}

/** A camera, as far as the order of the others depends on it. */
export interface CurrentCamera {
  readonly facing: Facing;
  /** Empty where the browser does not tell. */
  readonly deviceId: string;
}

/** The camera behind `track`. */
export function cameraOf(track: MediaStreamTrack): CurrentCamera {
  return { facing: facingOf(track), deviceId: track.getSettings().deviceId ?? "" };
}

/**
 * What to try, in this order, to get from one camera to another of `ids`: the other side of the
 * phone, exactly and then nearly so, since a phone has several cameras on its back; then the next
 * one. Nearly so may turn out to be the same camera again.
 */
export function otherCameras(
  { facing, deviceId }: CurrentCamera,
  ids: readonly string[],
): CameraChoice[] {
  const at = ids.indexOf(deviceId);
  const following = [...ids.slice(at + 1), ...ids.slice(0, Math.max(0, at))];
  const named = following.filter((id) => id !== "").map((id) => ({ deviceId: id, exact: true }));
  if (facing === "unknown") return named;
  const opposite = facing === "user" ? "environment" : "user";
  return [{ facing: opposite, exact: true }, { facing: opposite, exact: false }, ...named];
}

/** The same camera as before, or else any. */
export function sameCamera(track: MediaStreamTrack | null): CameraChoice {
  const deviceId = track === null ? "" : cameraOf(track).deviceId;
  return deviceId === "" ? FRONT_CAMERA : { deviceId, exact: false };
}
