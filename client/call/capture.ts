/**
 * Microphone and camera. One `getUserMedia` for both where both are wanted, since every further one
 * may ask the person again; what is denied or missing never keeps the rest from being used.
 */
import type { Medium } from "../../protocol/session.ts";
import { captureCause, captureProblem, INSECURE } from "./problems.ts";
import type { CallProblem } from "./types.ts";

/** What could be had; `problem` says why something is missing. */
export interface Captured {
  readonly audio: MediaStreamTrack | null;
  readonly video: MediaStreamTrack | null;
  readonly problem: CallProblem | null;
}

const AUDIO: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};

const PICTURE: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30, max: 30 },
};

/** Which camera: the one that looks this way, or exactly this one. */
export type CameraChoice =
  | { readonly facing: "user" | "environment"; readonly exact: boolean }
  | { readonly deviceId: string };

/** The camera of a call's beginning. */
export const FRONT_CAMERA: CameraChoice = { facing: "user", exact: false };

/** Whether this page can capture at all. */
export function canCapture(): boolean {
  return globalThis.isSecureContext && navigator.mediaDevices?.getUserMedia !== undefined;
}

/** Captures what a call of this medium needs. Never rejects. */
export async function capture(medium: Medium): Promise<Captured> {
  if (!canCapture()) return { audio: null, video: null, problem: INSECURE };
  if (medium === "voice") return await captureMicrophone();
  try {
    const stream = await request({ audio: AUDIO, video: cameraConstraints(FRONT_CAMERA) });
    return { ...tracksOf(stream), problem: null };
  } catch {
    return await captureOneByOne();
  }
}

/** Captures the microphone alone. Never rejects. */
export async function captureMicrophone(): Promise<Captured> {
  if (!canCapture()) return { audio: null, video: null, problem: INSECURE };
  try {
    return { ...tracksOf(await request({ audio: AUDIO })), problem: null };
  } catch (error) {
    const problem = captureProblem("microphone", captureCause(error));
    return { audio: null, video: null, problem };
  }
}

/** Captures a camera alone. Never rejects. */
export async function captureCamera(choice: CameraChoice): Promise<Captured> {
  if (!canCapture()) return { audio: null, video: null, problem: INSECURE };
  try {
    return { ...tracksOf(await request({ video: cameraConstraints(choice) })), problem: null };
  } catch (error) {
    return { audio: null, video: null, problem: captureProblem("camera", captureCause(error)) };
  }
}

/** Both were not to be had at once: the microphone first, it matters more. */
async function captureOneByOne(): Promise<Captured> {
  const { audio, problem: microphone } = await captureMicrophone();
  const { video, problem: camera } = await captureCamera(FRONT_CAMERA);
  if (microphone?.kind === "microphone" && camera !== null) {
    return { audio, video, problem: captureProblem("devices", microphone.cause) };
  }
  return { audio, video, problem: microphone ?? camera };
}

function request(constraints: MediaStreamConstraints): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia(constraints);
}

function cameraConstraints(choice: CameraChoice): MediaTrackConstraints {
  if ("deviceId" in choice) return { ...PICTURE, deviceId: { exact: choice.deviceId } };
  const facingMode = choice.exact ? { exact: choice.facing } : { ideal: choice.facing };
  return { ...PICTURE, facingMode };
}

function tracksOf(stream: MediaStream): Pick<Captured, "audio" | "video"> {
  return {
    audio: stream.getAudioTracks()[0] ?? null,
    video: stream.getVideoTracks()[0] ?? null,
  };
}
