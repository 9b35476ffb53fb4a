/** Tries the speaker: a test sound, and the person says whether they heard it. */
import { signal } from "@preact/signals";
import type { EquipmentReport } from "../../protocol/equipment.ts";

/** Where the test of the speaker stands. */
export type Sounding = "idle" | "playing" | "played" | "heard" | "unheard";

/** What is reported of it. */
export function soundResult(state: Sounding): EquipmentReport["speaker"] {
  return state === "heard" || state === "unheard" ? state : "untested";
}

/** Three notes going up, in hertz. */
const NOTES = [523.25, 659.25, 783.99];
/** How long each of them lasts, and how loud they are. */
const NOTE_SECONDS = 0.35;
const LOUDNESS = 0.3;
/** Where a device has no sound at all, Firefox never begins to play: nobody waits longer, in milliseconds. */
const PATIENCE = 4_000;

/** Plays whenever the person says so. */
export class SpeakerTest {
  readonly state = signal<Sounding>("idle");
  #context: AudioContext | null = null;
  #overdue: ReturnType<typeof setTimeout> | undefined;

  /** Plays the sound. Call it in the tap. Never rejects. */
  async play(): Promise<void> {
    this.stop();
    this.state.value = "playing";
    const context = new AudioContext();
    this.#context = context;
    const over = () => {
      if (this.#context !== context) return;
      this.stop();
      if (this.state.peek() === "playing") this.state.value = "played";
    };
    this.#overdue = setTimeout(over, PATIENCE);
    await context.resume().catch(() => {});
    if (this.#context !== context) return;
    const last = NOTES.map((hertz, at) => note(context, hertz, at)).at(-1);
    last?.addEventListener("ended", over);
  }

  /** Whether the person heard it. */
  answer(heard: boolean): void {
    this.stop();
    this.state.value = heard ? "heard" : "unheard";
  }

  /** Silence. */
  stop(): void {
    clearTimeout(this.#overdue);
    void this.#context?.close().catch(() => {});
    this.#context = null;
  }
}

function note(context: AudioContext, hertz: number, at: number): OscillatorNode {
  const start = context.currentTime + at * NOTE_SECONDS;
  const sound = new OscillatorNode(context, { type: "triangle", frequency: hertz });
  const volume = new GainNode(context, { gain: 0 });
  volume.gain.setTargetAtTime(LOUDNESS, start, 0.02);
  volume.gain.setTargetAtTime(0, start + NOTE_SECONDS * 0.7, 0.05);
  sound.connect(volume).connect(context.destination);
  sound.start(start);
  sound.stop(start + NOTE_SECONDS);
  return sound;
}
