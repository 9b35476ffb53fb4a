/** Opens one microphone or camera to try it, and says why it cannot be opened. */
import { canCapture, type CaptureCause, captureCause } from "../user_media.ts";

/** Why a device cannot be tried; "insecure": browsers give devices to HTTPS pages only. */
export type Refused = CaptureCause | "insecure";

/** The device, or why not. */
export type Opened =
  | { readonly ok: true; readonly track: MediaStreamTrack }
  | { readonly ok: false; readonly why: Refused };

/** Opens what `constraints` ask for, which must be one track. Call it in a tap. Never rejects. */
export async function openDevice(constraints: MediaStreamConstraints): Promise<Opened> {
  if (!canCapture()) return { ok: false, why: "insecure" };
  try {
    const stream = await navigator.mediaDevices.getUserMedia(constraints);
    const [track] = stream.getTracks();
    return track === undefined ? { ok: false, why: "missing" } : { ok: true, track };
  } catch (error) {
    return { ok: false, why: captureCause(error) };
  }
}
