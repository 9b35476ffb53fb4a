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
    const chosen = await choose();
    const track = chosen.stream?.getVideoTracks()[0];
    if (this.#epoch !== epoch) return track?.stop();
    if (track === undefined || track.readyState === "ended") {
      this.state.value = chosen.hopeless ? "none" : "off";
      return;
    }
    track.contentHint = "detail";
    // The browser's own "Stop sharing", or a window that was closed.
    track.addEventListener("ended", () => {
      if (this.track === track) this.stop();
    });
    this.view.value = chosen.stream;
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

/** Asks the person. `hopeless`: there is nothing to choose from here, though the browser asks. */
async function choose(): Promise<{ stream: MediaStream | null; hopeless: boolean }> {
  try {
    return { stream: await navigator.mediaDevices.getDisplayMedia(SCREEN), hopeless: false };
  } catch (error) {
    // Screen Capture, section 5.1: only these say that there is no screen for this page.
    const name = error instanceof DOMException ? error.name : "";
    return { stream: null, hopeless: ["NotSupportedError", "NotFoundError"].includes(name) };
  }
}

/** Phones cannot. */
function canShare(): boolean {
  return globalThis.isSecureContext &&
    typeof navigator.mediaDevices?.getDisplayMedia === "function";
}
