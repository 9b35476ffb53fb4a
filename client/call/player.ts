/** What the other side says: one `<audio>` element for the whole page, and where it plays. */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { type AudioOutput, DEFAULT_OUTPUT, type Outputs, settleOutputs } from "./audio_output.ts";
import { announceCall } from "./audio_session.ts";
import { type OutputPorts, type OutputWay, outputWay } from "./output_ways.ts";
import { SoundBridge } from "./sound_bridge.ts";

/** Plays the other side's voice. */
export class Player {
  readonly #audio = new Audio();
  readonly #bridge = new SoundBridge();
  readonly #way: OutputWay | null;
  readonly #stream = signal<MediaStream | null>(null);
  readonly #blocked = signal(false);
  readonly #outputs = signal<Outputs>({ list: [], current: DEFAULT_OUTPUT });
  /** The output that was unplugged while in use; whoever said so sets it to null. */
  readonly lost = signal<AudioOutput | null>(null);
  /** What is played; null: nothing. */
  readonly stream: ReadonlySignal<MediaStream | null> = this.#stream;
  /** The browser wants a tap first: {@link unblock}. */
  readonly blocked: ReadonlySignal<boolean> = this.#blocked;
  /** Where it could play; empty: there is nothing to choose. */
  readonly outputs = computed(() => this.#outputs.value.list);
  /** Where it plays. */
  readonly output = computed(() => this.#outputs.value.current);

  constructor(ports: Omit<OutputPorts, "element">) {
    this.#audio.autoplay = true;
    this.#audio.hidden = true;
    // In the document, so that browsers and their tools show that this page plays something.
    document.body.append(this.#audio);
    this.#way = outputWay({ ...ports, element: this.#audio });
    // Browsers pause what plays while the phone rings, and when a headset is pulled out.
    this.#audio.addEventListener("pause", () => this.wake());
  }

  /** A call begins here, or goes on after a reload: the system is told before anything is captured. */
  begin(): void {
    announceCall(true);
  }

  /** In a tap: makes the browser remember that the person wants to hear something here. */
  prime(): void {
    this.begin();
    this.#audio.play().catch(() => {}); // There is nothing to play yet; asking is what counts.
  }

  /** The call is over and nothing is captured any more. */
  rest(): void {
    this.play(null);
    this.lost.value = null;
    announceCall(false);
  }

  /** Plays `track` from now on; null: silence. */
  play(track: MediaStreamTrack | null): void {
    this.#stream.value = track === null ? null : new MediaStream([track]);
    this.#route();
    if (track === null) this.#blocked.value = false;
    else this.unblock();
  }

  /** Silences what is played, whatever it is, or no longer (M4). */
  silence(silent: boolean): void {
    this.#audio.muted = silent;
  }

  /** Plays, or finds out that the browser wants a tap. Never rejects. */
  async unblock(): Promise<void> {
    try {
      this.#bridge.wake();
      await this.#audio.play();
      this.#blocked.value = false;
    } catch (error) {
      // "AbortError" only says that something else is to be played meanwhile.
      if (nameOf(error) === "NotAllowedError") this.#blocked.value = true;
    }
  }

  /** The page slept, or the browser stopped the sound: plays on. */
  wake(): void {
    if (this.#stream.peek() !== null) void this.unblock();
  }

  /** Plays through output `id`, where the browser can; call it in a tap. Never rejects. */
  async setOutput(id: string): Promise<void> {
    if (this.#way === null) return;
    try {
      await this.#use(this.#way, id);
    } catch {
      // It was unplugged, or the person said no: nothing has changed.
    }
    await this.refreshOutputs();
  }

  /** Looks which outputs there are; one that is gone gives way to the default. Never rejects. */
  async refreshOutputs(): Promise<void> {
    if (this.#way === null) return;
    const list = await this.#way.list();
    const before = this.#outputs.peek();
    const { now, lost } = settleOutputs(before, list, this.#way.used() ?? before.current);
    this.#outputs.value = now;
    if (lost === null) return;
    this.lost.value = lost;
    // The browser may have done so already, by itself.
    await this.#way.use(now.current).catch(() => {});
    this.#route();
    this.wake();
  }

  async #use(way: OutputWay, id: string): Promise<void> {
    const current = await way.use(id);
    this.lost.value = null;
    this.#outputs.value = { ...this.#outputs.peek(), current };
    this.#route();
    this.wake();
  }

  #route(): void {
    const stream = this.#stream.peek();
    const shape = this.#way?.shape(this.#outputs.peek().current) ?? null;
    if (stream === null || shape === null) {
      this.#bridge.close();
      if (this.#audio.srcObject !== stream) this.#audio.srcObject = stream;
    } else {
      this.#audio.srcObject = this.#bridge.open(stream, shape);
    }
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error || error instanceof DOMException ? error.name : "";
}
