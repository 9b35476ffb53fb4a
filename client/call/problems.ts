/** What can go wrong with microphone, camera and connection, in sentences for the person. */
import { type ErrorCode, errorSentence } from "../../protocol/errors.ts";
import type { CameraTrouble, Troubles } from "../../protocol/trouble.ts";
import { canCapture } from "./capture.ts";
import type { CallProblem } from "./types.ts";

const MICROPHONE: Readonly<Record<CameraTrouble, string>> = {
  denied: "The other side cannot hear you: this page may not use the microphone. Allow it in the " +
    "browser's site settings, then unmute.",
  missing: "The other side cannot hear you: no microphone was found. Connect one, then unmute.",
  busy:
    "The other side cannot hear you: another app is using the microphone. Close it, then unmute.",
  paused: "The other side cannot hear you: your device has switched its microphone off.",
};

const CAMERA: Readonly<Record<CameraTrouble, string>> = {
  denied: "The other side cannot see you: this page may not use the camera. Allow it in the " +
    "browser's site settings, then start the camera again.",
  missing: "The other side cannot see you: no camera was found. The call goes on with voice.",
  busy:
    "The other side cannot see you: another app is using the camera. Close it, then start the " +
    "camera again.",
  paused: "The other side cannot see you: your device has paused the camera.",
};

const DEVICES: Readonly<Record<CameraTrouble, string>> = {
  denied: "The other side can neither hear nor see you: this page may not use microphone and " +
    "camera. Allow them in the browser's site settings, then unmute.",
  missing: "The other side can neither hear nor see you: no microphone or camera was found.",
  busy:
    "The other side can neither hear nor see you: another app is using microphone and camera. " +
    "Close it, then unmute.",
  paused: "The other side can neither hear nor see you: your device has switched off microphone " +
    "and camera.",
};

/** The page is not in a secure context. */
const INSECURE: CallProblem = {
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

/** What the person is told about their microphone and camera; null: nothing is wrong with them. */
export function deviceProblem({ microphone, camera }: Troubles): CallProblem | null {
  // An interruption has words of its own (M4).
  const voice = microphone === "phone_call" ? undefined : microphone;
  if (voice === undefined && camera === undefined) return null;
  if (!canCapture()) return INSECURE;
  if (voice === undefined || camera === undefined) {
    if (voice !== undefined) return problemOf("microphone", voice);
    return camera === undefined ? null : problemOf("camera", camera);
  }
  // The voice matters more: the camera is heard of again when that is mended.
  return voice === camera ? problemOf("devices", voice) : problemOf("microphone", voice);
}

function problemOf(kind: "microphone" | "camera" | "devices", cause: CameraTrouble): CallProblem {
  const sentences = { microphone: MICROPHONE, camera: CAMERA, devices: DEVICES };
  return { kind, cause, sentence: sentences[kind][cause] };
}

/** The server or the node said no. */
export function refusal(code: ErrorCode, sentence: string = errorSentence(code)): CallProblem {
  return { kind: "refused", code, sentence };
}
