/** The ringing sound, synthesised: two soft notes, twice, then a pause. No file to load. */

/** One ring and the pause after it, in milliseconds. */
export const RING_EVERY = 3_000;
const NOTES = [
  { at: 0, hertz: 659.25 },
  { at: 0.18, hertz: 880 },
  { at: 0.62, hertz: 659.25 },
  { at: 0.8, hertz: 880 },
] as const;
const NOTE_SECONDS = 0.34;
const LOUDNESS = 0.22;

/**
 * The sound of ringing. Browsers are silent until the person touched the page, so {@link arm} waits
 * for the first touch; where ringing began before it, the sound starts with it.
 */
export class RingSound {
  private context: AudioContext | null = null;
  private output: GainNode | null = null;
  private timer: ReturnType<typeof setInterval> | undefined;
  private ringing = false;

  /** Unlocks sound at the first touch or key; the returned function stops waiting. */
  arm(): () => void {
    const unlock = () => {
      this.context ??= makeContext();
      void this.context?.resume().catch(() => {});
      if (this.ringing && this.output === null) this.play();
    };
    addEventListener("pointerdown", unlock);
    addEventListener("keydown", unlock);
    return () => {
      removeEventListener("pointerdown", unlock);
      removeEventListener("keydown", unlock);
    };
  }

  start(): void {
    if (this.ringing) return;
    this.ringing = true;
    this.context ??= makeContext();
    this.play();
  }

  /** Plays one ring, where sound is unlocked and nothing rings. */
  once(): void {
    const { context } = this;
    if (this.ringing || context?.state !== "running") return;
    const output = new GainNode(context, { gain: LOUDNESS });
    output.connect(context.destination);
    ringOnce(context, output);
  }

  /** Silent at once, in the middle of a note. */
  stop(): void {
    this.ringing = false;
    clearInterval(this.timer);
    this.output?.disconnect();
    this.output = null;
  }

  private play(): void {
    const { context } = this;
    if (context === null) return;
    const output = new GainNode(context, { gain: LOUDNESS });
    output.connect(context.destination);
    this.output = output;
    const once = () => {
      if (context.state === "running") ringOnce(context, output);
    };
    once();
    this.timer = setInterval(once, RING_EVERY);
    context.onstatechange = () => {
      if (this.output === output) once();
    };
  }
}

function makeContext(): AudioContext | null {
  return "AudioContext" in globalThis ? new AudioContext() : null;
}

function ringOnce(context: AudioContext, output: AudioNode): void {
  for (const { at, hertz } of NOTES) {
    const start = context.currentTime + at;
    const tone = new OscillatorNode(context, { frequency: hertz, type: "triangle" });
    const shape = new GainNode(context, { gain: 0 });
    shape.gain.setValueAtTime(0, start);
    shape.gain.linearRampToValueAtTime(1, start + 0.015);
    shape.gain.exponentialRampToValueAtTime(0.001, start + NOTE_SECONDS);
    tone.connect(shape).connect(output);
    tone.start(start);
    tone.stop(start + NOTE_SECONDS);
  }
}
