/** The own microphone and camera: what is captured, and what is done to it. */
import { signal } from "@preact/signals";
import type { Medium } from "../../protocol/session.ts";
import { NO_TROUBLE, type Troubles } from "../../protocol/trouble.ts";
import { type CameraChoice, cameraOf, FRONT_CAMERA, otherCameras, sameCamera } from "./cameras.ts";
import { capture, captureAnother, type Captured, isStale, letGo, type Wanted } from "./capture.ts";
import { deviceIds, mayWork } from "./equipment.ts";
import { OwnPicture } from "./own_picture.ts";
import { OwnVoice } from "./own_voice.ts";
import { Turns } from "./turns.ts";
import type { DeviceChange, DeviceKind } from "./types.ts";

/** Who hears of changes. */
export interface LocalEvents {
  /** Other tracks, or the same ones in another state, are to be sent. */
  changed(kind: "audio" | "video"): void;
  /** Another device took the place of one that was unplugged, or that one is back. */
  replaced(change: DeviceChange): void;
  /** The system ended the microphone. True: an interruption did (M4), so it is not replaced. */
  interrupted(): boolean;
  /** What was under way is done, well or badly. */
  settled(): void;
}

/** Holds the tracks of one page. Nothing is captured before it is asked for (M2). */
export class LocalMedia {
  readonly camera = signal<"on" | "off" | "starting">("off");
  readonly cameras = signal(0);
  /** What is wanted and cannot be had now. */
  readonly trouble = signal<Troubles>(NO_TROUBLE);
  readonly #events: LocalEvents;
  readonly #voice = new OwnVoice((deviceId) => this.#microphoneGone(deviceId));
  readonly #picture = new OwnPicture({
    ended: (deviceId) => this.#cameraGone(deviceId),
    paused: (paused) => this.pause("camera", paused),
  });
  readonly muted = this.#voice.muted;
  readonly view = this.#picture.view;
  readonly facing = this.#picture.facing;
  /** Devices that were unplugged while in use: the call returns to them. */
  #lost: Partial<Record<DeviceKind, string>> = {};
  /** Two taps never fight for one camera. What is captured after its release is let go at once. */
  readonly #turns = new Turns(() => this.#events.settled());
  /** What `prepare` tried since the last release. */
  #tried: Medium | null = null;

  constructor(events: LocalEvents) {
    this.#events = events;
  }

  /** What there is to send of `kind`. */
  track(kind: "audio" | "video"): MediaStreamTrack | null {
    return kind === "audio" ? this.#voice.track : this.#picture.track;
  }

  /** Whether nothing of `kind` is to reach the other side now. */
  silent(kind: "audio" | "video"): boolean {
    if (kind === "audio") return this.#voice.track?.enabled !== true;
    return this.#picture.track === null || this.trouble.value.camera === "paused";
  }

  /**
   * Captures what a call of this medium needs and was not tried yet: nobody is asked twice. Never
   * rejects.
   */
  prepare(medium: Medium): Promise<void> {
    return this.#turns.run(async () => {
      if (this.#tried === medium || this.#tried === "video") return;
      this.#tried = medium;
      const audio = this.track("audio") === null;
      const video = medium === "video" && this.track("video") === null;
      await this.#take({ ...audio ? { audio } : {}, ...video ? { video: FRONT_CAMERA } : {} });
    });
  }

  /** Mutes or unmutes; without a microphone, unmuting asks for one. */
  setMuted(muted: boolean): void {
    this.#voice.mute(muted);
    if (muted || this.track("audio") !== null) return this.#events.changed("audio");
    this.#turns.run(async () => {
      if (this.track("audio") === null) await this.#take({ audio: true });
    });
  }

  /**
   * Opens the camera. Never rejects.
   *
   * The camera is closed while it is off, and opened anew each time: its light has to tell the
   * truth, other apps may want it, and it is what drains a phone. The microphone stays open all
   * through the call instead: that keeps the page alive in the background, and makes iOS remember
   * what was allowed, so that only the first camera of a call asks the person.
   */
  startCamera(): Promise<void> {
    return this.#turns.run(async () => {
      if (this.track("video") === null) await this.#take({ video: FRONT_CAMERA });
    });
  }

  /** Closes the camera: its light goes off. */
  stopCamera(): Promise<void> {
    return this.#turns.run(() => {
      this.#suffer("camera", undefined);
      if (this.track("video") === null) return;
      this.#picture.drop();
      this.camera.value = "off";
      this.#events.changed("video");
    });
  }

  /** The next camera; false: no other one works, and the first is shown again. Never rejects. */
  async switchCamera(): Promise<boolean> {
    let switched = false;
    await this.#turns.run(async () => {
      const { track } = this.#picture;
      if (track === null) return;
      delete this.#lost.camera;
      const before = cameraOf(track);
      switched = await this.#replaceCamera(otherCameras(before, await deviceIds("camera")));
    });
    return switched;
  }

  /** Speaks into another microphone; false: it cannot be used, all is as before. Never rejects. */
  async useMicrophone(deviceId: string): Promise<boolean> {
    let used = false;
    await this.#turns.run(async () => {
      delete this.#lost.microphone;
      used = await this.#replaceMicrophone(deviceId);
    });
    return used;
  }

  /** Tries again, in a tap, what could not be had. Never rejects. */
  retry(): Promise<void> {
    return this.#turns.run(async () => {
      const { microphone, camera } = this.trouble.value;
      await this.#take({
        ...microphone === undefined ? {} : { audio: true },
        ...camera === undefined ? {} : { video: sameCamera(this.track("video")) },
      });
    });
  }

  /**
   * Devices, permissions or the page's visibility have changed: takes what can be had now without
   * asking anybody, and returns to what was unplugged. Never rejects.
   */
  recover(): Promise<void> {
    return this.#turns.run(async () => {
      const { microphone, camera } = this.trouble.value;
      const audio = await mayWork("microphone", microphone, this.track("audio"));
      const video = await mayWork("camera", camera, this.track("video"));
      await this.#take({
        ...audio ? { audio } : {},
        ...video ? { video: sameCamera(this.track("video")) } : {},
      });
      await this.#returnToLost();
      this.cameras.value = (await deviceIds("camera")).length;
    });
  }

  /** Silences the own voice for the time of an interruption (M4). */
  interrupt(interrupted: boolean): void {
    this.#voice.interrupt(interrupted);
    this.#events.changed("audio");
  }

  /** After an interruption: captures anew what has ended or stays muted. Never rejects. */
  reacquire(): Promise<void> {
    return this.#turns.run(async () => {
      await this.#take({
        ...isStale(this.track("audio")) ? { audio: true } : {},
        ...isStale(this.track("video")) ? { video: sameCamera(this.track("video")) } : {},
      });
    });
  }

  /** The system took a device away for now, or gave it back. It says itself when. */
  pause(what: DeviceKind, paused: boolean): void {
    if (!paused && this.trouble.value[what] !== "paused") return;
    this.#suffer(what, paused ? "paused" : undefined);
    this.#events.changed(what === "microphone" ? "audio" : "video");
  }

  /** Stops everything and forgets it. */
  release(): void {
    this.#turns.callOff();
    this.#tried = null;
    this.#lost = {};
    this.#voice.release();
    this.#picture.drop();
    this.camera.value = "off";
    this.trouble.value = NO_TROUBLE;
  }

  /** Captures what is wanted, in place of what there was of it. */
  async #take(wanted: Wanted): Promise<void> {
    if (wanted.audio === undefined && wanted.video === undefined) return;
    if (wanted.video !== undefined) this.camera.value = "starting";
    // Phones open a device only when it is closed everywhere else.
    if (wanted.audio !== undefined) this.track("audio")?.stop();
    if (wanted.video !== undefined) this.#picture.suspend();
    const captured = await this.#capture(wanted);
    if (captured === null) return;
    if (wanted.audio !== undefined) this.#adoptVoice(captured);
    if (wanted.video !== undefined) this.#adoptPicture(captured);
    this.cameras.value = (await deviceIds("camera")).length;
  }

  /** Null: released meanwhile. */
  async #capture(wanted: Wanted): Promise<Captured | null> {
    const holds = this.#turns.watch();
    const captured = await capture(wanted);
    return holds() ? captured : letGo(captured);
  }

  #adoptVoice({ audio, failed }: Captured): void {
    this.#suffer("microphone", failed.microphone);
    this.#voice.adopt(audio);
    this.#events.changed("audio");
  }

  #adoptPicture({ video, failed }: Captured): void {
    this.#suffer("camera", failed.camera);
    if (video === null) this.#picture.drop();
    else this.#picture.adopt(video);
    this.camera.value = video === null ? "off" : "on";
    this.#events.changed("video");
  }

  /** Whether one of `choices` is shown now; else the camera before, if that still works. */
  async #replaceCamera(choices: readonly CameraChoice[]): Promise<boolean> {
    const { track } = this.#picture;
    if (track === null) return false;
    const before = sameCamera(track);
    // Phones open a second camera only when the first one is closed. Its last picture stays.
    this.#picture.suspend();
    const holds = this.#turns.watch();
    const other = await captureAnother(choices, cameraOf(track).deviceId);
    if (!holds()) letGo(other);
    else if (other === null) await this.#take({ video: before });
    else this.#adoptPicture(other);
    return holds() && other !== null;
  }

  async #replaceMicrophone(deviceId: string): Promise<boolean> {
    const captured = await this.#capture({ audio: { deviceId } });
    if (captured === null || captured.audio === null) return false;
    this.#adoptVoice(captured);
    return true;
  }

  #microphoneGone(deviceId: string): void {
    if (!this.#events.interrupted()) this.#fallBack("microphone", deviceId);
  }

  #cameraGone(deviceId: string): void {
    // Systems take the camera from a page in the background. It is asked for again when it is back.
    if (document.visibilityState === "hidden") this.pause("camera", true);
    else this.#fallBack("camera", deviceId);
  }

  /** Unplugged: take what is there instead. */
  #fallBack(what: DeviceKind, lost: string): void {
    this.#turns.run(async () => {
      await this.#take(what === "microphone" ? { audio: true } : { video: FRONT_CAMERA });
      if (lost === this.#inUse(what)?.getSettings().deviceId) return;
      this.#lost[what] = lost;
      this.#tellReplaced(what);
    });
  }

  async #returnToLost(): Promise<void> {
    for (const what of ["microphone", "camera"] as const) {
      const deviceId = this.#lost[what];
      if (deviceId === undefined || !(await deviceIds(what)).includes(deviceId)) continue;
      delete this.#lost[what];
      if (deviceId === this.#inUse(what)?.getSettings().deviceId) continue;
      const back = what === "microphone"
        ? await this.#replaceMicrophone(deviceId)
        : await this.#replaceCamera([{ deviceId, exact: true }]);
      if (back) this.#tellReplaced(what);
    }
  }

  #tellReplaced(what: DeviceKind): void {
    const track = this.#inUse(what);
    if (track !== null) this.#events.replaced({ what, label: track.label });
  }

  #inUse(what: DeviceKind): MediaStreamTrack | null {
    return this.track(what === "microphone" ? "audio" : "video");
  }

  #suffer<W extends DeviceKind>(what: W, cause: Troubles[W]): void {
    const { [what]: _, ...rest } = this.trouble.value;
    this.trouble.value = cause === undefined ? rest : { ...rest, [what]: cause };
  }
}
