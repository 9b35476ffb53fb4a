/** The camera in use. */
import { signal } from "@preact/signals";
import { type Facing, facingOf } from "./cameras.ts";

/** Who hears of what the system does to the camera. */
export interface PictureEvents {
  /** It took the camera `deviceId` away. */
  ended(deviceId: string): void;
  /** It gives no pictures for now (true), or gives them again. */
  paused(paused: boolean): void;
}

/** One's own picture. */
export class OwnPicture {
  /** For the person themself to see. */
  readonly view = signal<MediaStream | null>(null);
  readonly facing = signal<Facing>("unknown");
  readonly #events: PictureEvents;
  #track: MediaStreamTrack | null = null;

  constructor(events: PictureEvents) {
    this.#events = events;
  }

  /** What the camera gives; null: it is off. */
  get track(): MediaStreamTrack | null {
    return this.#track;
  }

  /** Shows another camera. */
  adopt(track: MediaStreamTrack): void {
    if (this.#track !== track) this.#track?.stop();
    this.#track = track;
    this.view.value = new MediaStream([track]);
    this.facing.value = facingOf(track);
    const inUse = (then: () => void) => () => {
      if (this.#track === track) then();
    };
    // What this page stops itself does not fire.
    const { deviceId = "" } = track.getSettings();
    track.addEventListener("ended", inUse(() => this.#events.ended(deviceId)));
    track.addEventListener("mute", inUse(() => this.#events.paused(true)));
    track.addEventListener("unmute", inUse(() => this.#events.paused(false)));
    if (track.muted) this.#events.paused(true);
  }

  /** Closes the camera; its last picture stays in view until another one is adopted. */
  suspend(): void {
    this.#track?.stop();
    this.#track = null;
  }

  /** Closes the camera: its light goes off. */
  drop(): void {
    this.suspend();
    this.view.value = null;
    this.facing.value = "unknown";
  }
}
