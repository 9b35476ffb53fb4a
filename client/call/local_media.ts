/** The own microphone and camera: what is captured, and what is done to it. */
import { signal } from "@preact/signals";
import type { Medium } from "../../protocol/session.ts";
import { countCameras, type Facing, facingOf, otherCameras } from "./cameras.ts";
import {
  type CameraChoice,
  capture,
  captureCamera,
  type Captured,
  captureMicrophone,
  FRONT_CAMERA,
} from "./capture.ts";
import { captureProblem } from "./problems.ts";
import type { CallProblem } from "./types.ts";

/** Who hears of changes. */
export interface LocalEvents {
  /** Other tracks, or the same ones in another state, are to be sent. */
  changed(kind: "audio" | "video"): void;
  /** Something could not be captured; null: that is mended. */
  problem(problem: CallProblem | null): void;
  /** What was under way is done, well or badly. */
  settled(): void;
}

/** Holds the tracks of one page. Nothing is captured before it is asked for (M2). */
export class LocalMedia {
  /** The own view. */
  readonly view = signal<MediaStream | null>(null);
  readonly muted = signal(false);
  readonly camera = signal<"on" | "off" | "starting">("off");
  readonly facing = signal<Facing>("unknown");
  readonly cameras = signal(0);
  readonly #events: LocalEvents;
  #audio: MediaStreamTrack | null = null;
  #video: MediaStreamTrack | null = null;
  /** One thing after the other: two taps never fight for one camera. */
  #work: Promise<void> = Promise.resolve();
  /** What `prepare` tried since the last release. */
  #tried: Medium | null = null;
  /** Counts releases: what is captured after its release is let go at once. */
  #epoch = 0;

  constructor(events: LocalEvents) {
    this.#events = events;
  }

  /** What is sent of `kind` now. */
  track(kind: "audio" | "video"): MediaStreamTrack | null {
    return kind === "audio" ? this.#audio : this.#video;
  }

  /**
   * Captures what a call of this medium needs and was not tried yet: nobody is asked twice. Never
   * rejects.
   */
  prepare(medium: Medium): Promise<void> {
    return this.#next(async () => {
      if (this.#tried === medium || this.#tried === "video") return;
      this.#tried = medium;
      const wantsVideo = medium === "video" && this.#video === null;
      if (wantsVideo) this.camera.value = "starting";
      if (this.#audio === null) await this.#take(capture(wantsVideo ? "video" : "voice"));
      else if (wantsVideo) await this.#take(captureCamera(FRONT_CAMERA));
      this.camera.value = this.#video === null ? "off" : "on";
    });
  }

  /** Mutes or unmutes; without a microphone, unmuting asks for one. */
  setMuted(muted: boolean): void {
    if (!muted && this.#audio === null) {
      this.#next(async () => {
        if (this.#audio !== null) return;
        this.muted.value = false;
        await this.#take(captureMicrophone());
      });
      return;
    }
    this.muted.value = muted;
    if (this.#audio !== null) this.#audio.enabled = !muted;
    this.#events.changed("audio");
  }

  /** Opens the camera. Never rejects. */
  startCamera(): Promise<void> {
    return this.#next(async () => {
      if (this.#video !== null) return;
      this.camera.value = "starting";
      await this.#take(captureCamera(FRONT_CAMERA));
      this.camera.value = this.#video === null ? "off" : "on";
    });
  }

  /** Closes the camera: its light goes off. */
  stopCamera(): Promise<void> {
    return this.#next(() => {
      if (this.#video === null) return;
      this.#dropVideo();
      this.camera.value = "off";
      this.#events.changed("video");
    });
  }

  /** The next camera, or the same one again where there is no other that works. Never rejects. */
  switchCamera(): Promise<void> {
    return this.#next(async () => {
      const before = this.#video;
      if (before === null) return;
      const { deviceId = "" } = before.getSettings();
      const choices: CameraChoice[] = [...await otherCameras(before), { deviceId }, FRONT_CAMERA];
      // Phones open a second camera only when the first one is closed. Its last picture stays.
      before.stop();
      this.#video = null;
      for (const choice of choices) {
        const epoch = this.#epoch;
        const captured = await captureCamera(choice);
        if (this.#epoch !== epoch) return letGo(captured);
        if (captured.video !== null) return this.#adopt(captured);
      }
      this.#dropVideo();
      this.camera.value = "off";
      this.#events.problem(captureProblem("camera", "busy"));
      this.#events.changed("video");
    });
  }

  /** Looks how many cameras there are now. Never rejects. */
  async refreshCameras(): Promise<void> {
    this.cameras.value = await countCameras();
  }

  /** Stops everything and forgets it. */
  release(): void {
    this.#epoch++;
    this.#tried = null;
    this.#audio?.stop();
    this.#audio = null;
    this.#dropVideo();
    this.muted.value = false;
    this.camera.value = "off";
  }

  #next(work: () => void | Promise<void>): Promise<void> {
    const epoch = this.#epoch;
    this.#work = this.#work.then(async () => {
      if (this.#epoch === epoch) await work();
      if (this.#epoch === epoch) this.#events.settled();
    });
    return this.#work;
  }

  async #take(capturing: Promise<Captured>): Promise<void> {
    const epoch = this.#epoch;
    const captured = await capturing;
    if (this.#epoch !== epoch) return letGo(captured);
    this.#adopt(captured);
    this.#events.problem(captured.problem);
  }

  #adopt({ audio, video, problem }: Captured): void {
    if (audio !== null) this.#adoptAudio(audio);
    else if (this.#audio === null && problem?.kind !== "camera") this.muted.value = true;
    if (video !== null) this.#adoptVideo(video);
    this.refreshCameras();
  }

  #adoptAudio(track: MediaStreamTrack): void {
    this.#audio = track;
    track.enabled = !this.muted.value;
    track.addEventListener("ended", () => this.#microphoneGone(track));
    this.#events.changed("audio");
  }

  #adoptVideo(track: MediaStreamTrack): void {
    this.#video = track;
    this.view.value = new MediaStream([track]);
    this.facing.value = facingOf(track);
    track.addEventListener("ended", () => this.#cameraGone(track));
    this.#events.changed("video");
  }

  /** Unplugged: take what is there instead. `stop` fires no event. */
  #microphoneGone(track: MediaStreamTrack): void {
    if (this.#audio !== track) return;
    this.#audio = null;
    this.#next(() => this.#take(captureMicrophone()));
  }

  #cameraGone(track: MediaStreamTrack): void {
    if (this.#video !== track) return;
    this.#events.problem(captureProblem("camera", "missing"));
    this.stopCamera();
  }

  #dropVideo(): void {
    this.#video?.stop();
    this.#video = null;
    this.view.value = null;
    this.facing.value = "unknown";
  }
}

function letGo({ audio, video }: Captured): void {
  audio?.stop();
  video?.stop();
}
