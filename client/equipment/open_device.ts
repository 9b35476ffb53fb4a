/** Opens one microphone or camera to try it, and says why it cannot be opened. */

/** Why a device cannot be tried; "insecure": browsers give devices to HTTPS pages only. */
export type Refused = "denied" | "missing" | "busy" | "insecure";

/** The device, or why not. */
export type Opened =
  | { readonly ok: true; readonly track: MediaStreamTrack }
  | { readonly ok: false; readonly why: Refused };

/** Opens what `constraints` ask for, which must be one track. Call it in a tap. Never rejects. */
export async function openDevice(constraints: MediaStreamConstraints): Promise<Opened> {
  if (!isSecureContext || navigator.mediaDevices?.getUserMedia === undefined) {
    return { ok: false, why: "insecure" };
  }
  try {
    const stream = await navigator.mediaDevices.getUserMedia(constraints);
    const [track] = stream.getTracks();
    return track === undefined ? { ok: false, why: "missing" } : { ok: true, track };
  } catch (error) {
    return { ok: false, why: refusedBecause(error instanceof Error ? error.name : "") };
  }
}

/** What the name of a `getUserMedia` error means (W3C Media Capture, getUserMedia step 10). */
export function refusedBecause(name: string): Refused {
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "missing";
  return "busy";
}
