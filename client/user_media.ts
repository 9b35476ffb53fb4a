/** What calls and `getUserMedia` need, and what its errors mean (W3C Media Capture and Streams). */

/** Why a microphone or camera cannot be had. */
export type CaptureCause = "denied" | "missing" | "busy";

/** Whether this page can capture at all: browsers give devices to secure pages only. */
export function canCapture(): boolean {
  return globalThis.isSecureContext && navigator.mediaDevices?.getUserMedia !== undefined;
}

/** Whether this browser has calls at all (W3C WebRTC): some are built without them, some people switch them off. */
export function canCall(): boolean {
  return typeof RTCPeerConnection === "function";
}

/** Why `getUserMedia` failed (getUserMedia, step 10). */
export function captureCause(error: unknown): CaptureCause {
  const name = error instanceof DOMException || error instanceof Error ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "missing";
  return "busy";
}
