/** What can go wrong with microphone, camera and connection, in sentences for the person. */
import { type ErrorCode, errorSentence } from "../../protocol/errors.ts";
import type { CallProblem, CaptureCause } from "./types.ts";

const MICROPHONE: Readonly<Record<CaptureCause, string>> = {
  denied: "The other side cannot hear you: this page may not use the microphone. Allow it in the " +
    "browser's site settings, then unmute.",
  missing: "The other side cannot hear you: no microphone was found. Connect one, then unmute.",
  busy:
    "The other side cannot hear you: another app is using the microphone. Close it, then unmute.",
};

const CAMERA: Readonly<Record<CaptureCause, string>> = {
  denied: "The other side cannot see you: this page may not use the camera. Allow it in the " +
    "browser's site settings, then start the camera again.",
  missing: "The other side cannot see you: no camera was found. The call goes on with voice.",
  busy:
    "The other side cannot see you: another app is using the camera. Close it, then start the " +
    "camera again.",
};

const DEVICES: Readonly<Record<CaptureCause, string>> = {
  denied: "The other side can neither hear nor see you: this page may not use microphone and " +
    "camera. Allow them in the browser's site settings, then unmute.",
  missing: "The other side can neither hear nor see you: no microphone or camera was found.",
  busy:
    "The other side can neither hear nor see you: another app is using microphone and camera. " +
    "Close it, then unmute.",
};

/** The page is not in a secure context. */
export const INSECURE: CallProblem = {
  kind: "insecure",
  sentence: "The other side can neither hear nor see you: browsers give microphone and camera to " +
    "HTTPS pages only. Ask your administrator for the https address of this page.",
};

/** The browser lacks what calls need. */
export const UNSUPPORTED: CallProblem = {
  kind: "unsupported",
  sentence: "This browser cannot make calls. Use a current Chrome, Edge, Firefox or Safari; text " +
    "works here.",
};

/** The way to the media node is broken. */
export const CONNECTION_LOST: CallProblem = {
  kind: "connection",
  sentence: "The connection to the call is lost. Trying to bring it back; text still works.",
};

/** Another page of the same person took the call over. */
export const REPLACED: CallProblem = {
  kind: "refused",
  code: "forbidden",
  sentence: "The call goes on in another window. Join it here to bring it back.",
};

/** The microphone, the camera or both cannot be used. */
export function captureProblem(
  what: "microphone" | "camera" | "devices",
  cause: CaptureCause,
): CallProblem {
  const sentences = { microphone: MICROPHONE, camera: CAMERA, devices: DEVICES };
  return { kind: what, cause, sentence: sentences[what][cause] };
}

/** The server or the node said no. */
export function refusal(code: ErrorCode, sentence: string = errorSentence(code)): CallProblem {
  return { kind: "refused", code, sentence };
}

/** Why `getUserMedia` failed (W3C Media Capture, getUserMedia step 10). */
export function captureCause(error: unknown): CaptureCause {
  const name = error instanceof DOMException || error instanceof Error ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "missing";
  return "busy";
}
