/** The microphone in use. */
import { signal } from "@preact/signals";

/** One's own voice, on its way to the other side or not. */
export class OwnVoice {
  /** By its owner, or because there is no microphone; an interruption is neither (M4). */
  readonly muted = signal(false);
  readonly #ended: (deviceId: string) => void;
  #track: MediaStreamTrack | null = null;
  #wantsMuted = false;
  #interrupted = false;

  /** `ended` is told when the system took away the microphone `deviceId`. */
  constructor(ended: (deviceId: string) => void) {
    this.#ended = ended;
  }

  /** What the microphone gives; null: there is none. */
  get track(): MediaStreamTrack | null {
    return this.#track;
  }

  /** As the person wants it, whatever the device does. */
  mute(muted: boolean): void {
    this.#wantsMuted = muted;
    this.#apply();
  }

  /** Silences it for the time of an interruption (M4). */
  interrupt(interrupted: boolean): void {
    this.#interrupted = interrupted;
    this.#apply();
  }

  /** Takes another microphone, or none; the one before is closed. */
  adopt(track: MediaStreamTrack | null): void {
    if (this.#track !== track) this.#track?.stop();
    this.#track = track;
    this.#apply();
    // What this page stops itself does not fire.
    track?.addEventListener("ended", () => {
      if (this.#track === track) this.#ended(track.getSettings().deviceId ?? "");
    });
  }

  /** Closes it, and forgets how it was meant to be. */
  release(): void {
    this.#wantsMuted = this.#interrupted = false;
    this.#track?.stop();
    this.#track = null;
    this.muted.value = false;
  }

  #apply(): void {
    this.muted.value = this.#wantsMuted || this.#track === null;
    if (this.#track !== null) this.#track.enabled = !this.#wantsMuted && !this.#interrupted;
  }
}
