/** Tries the microphone: a live level, until it is stopped. */
import { signal } from "@preact/signals";
import type { EquipmentReport } from "../../protocol/equipment.ts";
import { hear, heardResult, type Hearing, type HearingEvent, NOT_TRIED } from "./hearing.ts";
import { openDevice } from "./open_device.ts";

/** How often the level is measured, in milliseconds. */
const EVERY = 80;

/** One microphone, tried whenever the person says so. */
export class MicrophoneTest {
  readonly state = signal<Hearing>(NOT_TRIED);
  /** What was found last; trying again does not unsay it before there is something new. */
  readonly result = signal<EquipmentReport["microphone"]>("untested");
  #track: MediaStreamTrack | null = null;
  #context: AudioContext | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  /** Counts starts and stops: what is opened after its stop is let go at once. */
  #epoch = 0;

  /** Opens the microphone and listens. Call it in the tap. Never rejects. */
  async start(): Promise<void> {
    this.stop();
    const epoch = this.#epoch;
    this.#tell({ kind: "asked" });
    // In the tap, before anything is waited for: browsers start a context only there.
    const context = new AudioContext();
    this.#context = context;
    const opened = await openDevice({ audio: true });
    if (this.#epoch !== epoch) {
      if (opened.ok) opened.track.stop();
      return;
    }
    if (!opened.ok) {
      this.stop();
      return this.#tell({ kind: "refused", why: opened.why });
    }
    this.#listen(opened.track, context);
  }

  /** Lets the microphone go; what was found stays. */
  stop(): void {
    this.#epoch++;
    if (this.state.peek().kind !== "refused") this.state.value = NOT_TRIED;
    clearInterval(this.#timer);
    this.#track?.stop();
    this.#track = null;
    void this.#context?.close().catch(() => {});
    this.#context = null;
  }

  #listen(track: MediaStreamTrack, context: AudioContext): void {
    this.#track = track;
    track.addEventListener("ended", () => {
      this.stop();
      this.#tell({ kind: "gone" });
    });
    void context.resume().catch(() => {});
    const analyser = new AnalyserNode(context, { fftSize: 2048 });
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    this.#tell({ kind: "opened", at: performance.now() });
    this.#timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      this.#tell({ kind: "measured", rms: rootMeanSquare(samples), at: performance.now() });
    }, EVERY);
  }

  #tell(event: HearingEvent): void {
    const state = hear(this.state.peek(), event);
    const result = heardResult(state);
    this.state.value = state;
    if (result !== "untested") this.result.value = result;
  }
}

function rootMeanSquare(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / samples.length);
}
