/** Sharing the own screen: chosen in the browser's own dialog, ended there or here. */
import { signal } from "@preact/signals";

/** Enough to read by; text needs sharpness more than motion. */
const SCREEN: DisplayMediaStreamOptions = {
  video: { frameRate: { ideal: 15, max: 30 } },
  audio: false,
};

/** The screen of one page. Nothing is captured before it is asked for (M2). */
export class Screen {
  readonly state = signal<"none" | "off" | "starting" | "on">(canShare() ? "off" : "none");
  /** What is shared; null: nothing. */
  readonly view = signal<MediaStream | null>(null);
  readonly #changed: () => void;
  /** Counts stops: what is chosen after a stop is let go at once. */
  #epoch = 0;

  /** `changed`: there is another track to send, or none. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** What is sent of the screen now. */
  get track(): MediaStreamTrack | null {
    return this.view.peek()?.getVideoTracks()[0] ?? null;
  }

  /** Lets the person choose what to share. Never rejects: choosing nothing shares nothing. */
  async start(): Promise<void> {
    if (this.state.peek() !== "off") return;
    this.state.value = "starting";
    const epoch = this.#epoch;
    const stream = await navigator.mediaDevices.getDisplayMedia(SCREEN).catch(() => null);
    const track = stream?.getVideoTracks()[0];
    if (this.#epoch !== epoch) return track?.stop();
    if (track === undefined || track.readyState === "ended") {
      this.state.value = "off";
      return;
    }
    track.contentHint = "detail";
    // The browser's own "Stop sharing", or a window that was closed.
    track.addEventListener("ended", () => this.stop());
    this.view.value = stream;
    this.state.value = "on";
    this.#changed();
  }

  /** Stops sharing. Idempotent. */
  stop(): void {
    if (this.state.peek() === "none") return;
    this.#epoch++;
    const shared = this.track;
    shared?.stop();
    this.view.value = null;
    this.state.value = "off";
    if (shared !== null) this.#changed();
  }
}

/** Phones cannot. */
function canShare(): boolean {
  return globalThis.isSecureContext &&
    typeof navigator.mediaDevices?.getDisplayMedia === "function";
}
