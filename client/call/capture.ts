/**
 * Microphone and camera. One `getUserMedia` for all that is wanted, since every further one may ask
 * the person again; what is denied or missing never keeps the rest from being used.
 */
import { canCapture, type CaptureCause, captureCause } from "../user_media.ts";
import { type CameraChoice, cameraConstraints, cameraOf } from "./cameras.ts";
import { permission } from "./equipment.ts";

/** What is to be captured. */
export interface Wanted {
  /** A certain microphone, or (true) the one the system would choose. */
  readonly audio?: boolean | { readonly deviceId: string };
  readonly video?: CameraChoice;
}

/** What could be had, and why not what is missing of it. */
export interface Captured {
  readonly audio: MediaStreamTrack | null;
  readonly video: MediaStreamTrack | null;
  readonly failed: { readonly microphone?: CaptureCause; readonly camera?: CaptureCause };
}

const AUDIO: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};

/** Captures what is wanted, or what can be had of it. Call it in a tap. Never rejects. */
export async function capture(wanted: Wanted): Promise<Captured> {
  try {
    return { ...await request(wanted), failed: {} };
  } catch (error) {
    const { audio, video } = wanted;
    if (audio === undefined) return nothing({ camera: captureCause(error) });
    if (video === undefined) return nothing({ microphone: captureCause(error) });
    return await captureOneByOne(audio, video, captureCause(error));
  }
}

/** Both were not to be had at once: the microphone first, it matters more. */
async function captureOneByOne(
  audio: NonNullable<Wanted["audio"]>,
  video: CameraChoice,
  cause: CaptureCause,
): Promise<Captured> {
  const voice = await capture({ audio });
  // Who has just said no to both is not asked a third time; they can start the camera themselves.
  const asked = cause === "denied" && await permission("camera") !== "granted";
  const picture = asked ? nothing({ camera: "denied" }) : await capture({ video });
  return {
    audio: voice.audio,
    video: picture.video,
    failed: { ...voice.failed, ...picture.failed },
  };
}

/**
 * Captures the first of `choices` that is another camera than `deviceId`; null: there is none. A
 * browser may answer an "ideal" choice with the same camera again.
 */
export async function captureAnother(
  choices: readonly CameraChoice[],
  deviceId: string,
): Promise<Captured | null> {
  for (const choice of choices) {
    const captured = await capture({ video: choice });
    if (captured.video !== null && cameraOf(captured.video).deviceId !== deviceId) return captured;
    letGo(captured);
    // Who has just said no is not asked again.
    if (captured.failed.camera === "denied") return null;
  }
  return null;
}

/** Closes what was captured. */
export function letGo(captured: Captured | null): null {
  captured?.audio?.stop();
  captured?.video?.stop();
  return null;
}

/** Whether a track gives nothing, and capturing it anew may help. */
export function isStale(track: MediaStreamTrack | null): boolean {
  return track !== null && (track.readyState === "ended" || track.muted);
}

async function request({ audio, video }: Wanted): Promise<Pick<Captured, "audio" | "video">> {
  if (!canCapture()) throw new DOMException("not a secure page", "SecurityError");
  const stream = await navigator.mediaDevices.getUserMedia({
    ...audio === undefined ? {} : { audio: microphoneConstraints(audio) },
    ...video === undefined ? {} : { video: cameraConstraints(video) },
  });
  return {
    audio: stream.getAudioTracks()[0] ?? null,
    video: stream.getVideoTracks()[0] ?? null,
  };
}

function microphoneConstraints(audio: NonNullable<Wanted["audio"]>): MediaTrackConstraints {
  return typeof audio === "boolean" ? AUDIO : { ...AUDIO, deviceId: { exact: audio.deviceId } };
}

function nothing(failed: Captured["failed"]): Captured {
  return { audio: null, video: null, failed };
}
