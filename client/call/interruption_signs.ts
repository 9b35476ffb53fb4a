/** Watches everything in a browser that hints at an interruption of the device's sound (M4). */
import { audioSession } from "./audio_session.ts";
import type { Sign } from "./interruption.ts";
import { isSilenced, listen, UNHEARD } from "./stillness.ts";

/** What is watched, and who hears of it. */
export interface SignPorts {
  sign(sign: Sign, present: boolean): void;
  visible(visible: boolean): void;
  /** The energy of what the microphone gave so far; null: nothing is sent. Never rejects. */
  energy(): Promise<number | null>;
}

/** How often the microphone is listened to, in milliseconds. */
const LISTEN_EVERY = 1_000;

/** Watches from {@link start} on, the microphone from {@link watch} on, all of it until {@link stop}. */
export class InterruptionSigns {
  readonly #ports: SignPorts;
  #watching: AbortController | null = null;
  #context: AudioContext | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  #track: MediaStreamTrack | null = null;
  #stillness = UNHEARD;

  constructor(ports: SignPorts) {
    this.#ports = ports;
  }

  /** Begins; in a tap where there is one. */
  start(): void {
    if (this.#watching === null) this.#begin();
    this.#wake();
  }

  /** Watches this microphone from now on. */
  watch(track: MediaStreamTrack | null): void {
    if (this.#track === track || this.#watching === null) return;
    this.#track = track;
    this.#stillness = UNHEARD;
    this.#ports.sign("silence", false);
    const tell = () => {
      if (this.#track === track) this.#ports.sign("track", track?.muted === true);
    };
    tell();
    const { signal } = this.#watching;
    track?.addEventListener("mute", tell, { signal });
    track?.addEventListener("unmute", tell, { signal });
  }

  /** Forgets everything. */
  stop(): void {
    this.#watching?.abort();
    this.#watching = null;
    clearInterval(this.#timer);
    this.#context?.close().catch(() => {});
    this.#context = null;
    this.#track = null;
  }

  #begin(): void {
    this.#watching = new AbortController();
    const { signal } = this.#watching;
    const visible = () => {
      this.#ports.visible(isVisible());
      if (isVisible()) this.#wake();
    };
    document.addEventListener("visibilitychange", visible, { signal });
    addEventListener("pageshow", visible, { signal });
    this.#watchSession(signal);
    this.#watchContext(signal);
    visible();
    this.#timer = setInterval(() => this.#listen(), LISTEN_EVERY);
  }

  /** A context that sleeps shows nothing, and iOS leaves it asleep after an interruption. */
  #wake(): void {
    this.#context?.resume().catch(() => {});
  }

  #watchSession(signal: AbortSignal): void {
    const session = audioSession();
    // `state` is in no browser's documentation yet.
    if (session?.state === undefined) return;
    const tell = () => this.#ports.sign("session", session.state === "interrupted");
    session.addEventListener("statechange", tell, { signal });
    tell();
  }

  #watchContext(signal: AbortSignal): void {
    if (!("AudioContext" in globalThis)) return;
    // Nothing is played with it: it only has to be there when the system takes the sound away.
    const context = new AudioContext({ latencyHint: "playback" });
    this.#context = context;
    // TypeScript's AudioContextState lacks "interrupted" (Web Audio API 1.1).
    const tell = () => this.#ports.sign("context", String(context.state) === "interrupted");
    context.addEventListener("statechange", tell, { signal });
  }

  async #listen(): Promise<void> {
    const track = this.#track;
    const energy = track?.enabled === true ? await this.#ports.energy() : null;
    if (this.#track !== track || this.#watching === null) return;
    const visible = isVisible();
    this.#stillness = listen(this.#stillness, { energy, visible });
    this.#ports.sign("silence", !visible && isSilenced(this.#stillness));
  }
}

function isVisible(): boolean {
  return document.visibilityState === "visible";
}
