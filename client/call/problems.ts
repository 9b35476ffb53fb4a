/** What can go wrong with microphone, camera and connection, as phrases for the person. */
import { phrase } from "../../locales/phrase.ts";
import { ERROR_CODES, type ErrorCode } from "../../protocol/errors.ts";
import type { CameraTrouble, Troubles } from "../../protocol/trouble.ts";
import { canCapture } from "../user_media.ts";
import type { CallProblem } from "./types.ts";

const CAPTURE = {
  microphone: {
    denied: "call.microphoneDenied",
    missing: "call.microphoneMissing",
    busy: "call.microphoneBusy",
    paused: "call.microphonePaused",
  },
  camera: {
    denied: "call.cameraDenied",
    missing: "call.cameraMissing",
    busy: "call.cameraBusy",
    paused: "call.cameraPaused",
  },
  devices: {
    denied: "call.devicesDenied",
    missing: "call.devicesMissing",
    busy: "call.devicesBusy",
    paused: "call.devicesPaused",
  },
} as const;

/** The page is not in a secure context. */
const INSECURE: CallProblem = { kind: "insecure", text: phrase("call.insecure") };

/** The browser lacks what calls need. */
export const UNSUPPORTED: CallProblem = { kind: "unsupported", text: phrase("call.unsupported") };

/** The way to the media node is broken. */
export const CONNECTION_LOST: CallProblem = {
  kind: "connection",
  text: phrase("call.connectionLost"),
};

/** Another page of the same person took the call over. */
export const REPLACED: CallProblem = {
  kind: "refused",
  code: "forbidden",
  text: phrase("call.replaced"),
};

/** Nobody answered in time whether this may be sent. Another try may be luckier. */
const TOO_SLOW: CallProblem = { kind: "slow", text: phrase("call.tooSlow") };

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
  return { kind, cause, text: phrase(CAPTURE[kind][cause]) };
}

/** The server or the node said no. */
export function refusal(code: ErrorCode): CallProblem {
  return { kind: "refused", code, text: phrase(`errors.${code}`) };
}

/** What is left of `problem` once the person does something else, or tries again. */
export function afterAnotherTry(problem: CallProblem | null): CallProblem | null {
  return problem?.kind === "refused" || problem?.kind === "slow" ? null : problem;
}

/** No ticket said what may be sent: why, by what `CallPorts.rights` rejected with. */
export function noRights(error: unknown): CallProblem {
  const code = codeOf(error);
  return code === null ? TOO_SLOW : refusal(code);
}

/** The error code on whatever a ticket was refused with; null: there was no way to the server. */
export function codeOf(error: unknown): ErrorCode | null {
  if (typeof error !== "object" || error === null || !("code" in error)) return null;
  return ERROR_CODES.find((code) => code === error.code) ?? null;
}
