/** An ear in a page: writes down, for every 20 ms, whether the page plays the other side's tone. */
import type { Page } from "playwright-core";
import type { Heard } from "./continuity.ts";

/** What it writes down, in the page. */
interface Notes {
  readonly heard: boolean[];
}
type Listening = typeof globalThis & { earNotes?: Notes };

/** Listens to one page: {@link Ear.open}. */
export class Ear {
  readonly #page: Page;

  private constructor(page: Page) {
    this.#page = page;
  }

  /** Listens for `hertz` in what `page` plays, through all its calls, until the page is closed. */
  static async open(page: Page, hertz: number): Promise<Ear> {
    await page.evaluate(listen, { hertz, worklet: `(${worklet})()` });
    return new Ear(page);
  }

  /** How many looks it has taken. */
  async now(): Promise<number> {
    return await this.#page.evaluate(() => (globalThis as Listening).earNotes?.heard.length ?? 0);
  }

  /** Waits until it has taken so many looks; the clock is the sound's own. */
  async reaches(count: number): Promise<void> {
    await this.#page.waitForFunction(
      (count) => ((globalThis as Listening).earNotes?.heard.length ?? 0) >= count,
      count,
      { polling: 50, timeout: 60_000 },
    );
  }

  /** Waits until the tone was there in the last `count` looks. */
  async hearsAll(count: number): Promise<void> {
    await this.#page.waitForFunction(
      (count) => {
        const last = (globalThis as Listening).earNotes?.heard.slice(-count) ?? [];
        return last.length === count && last.every((there) => there);
      },
      count,
      { polling: 50 },
    );
  }

  /** What it heard from look number `from` to before number `to`. */
  async heard(from: number, to: number): Promise<Heard> {
    return await this.#page.evaluate(
      ([from, to]) => (globalThis as Listening).earNotes?.heard.slice(from, to) ?? [],
      [from, to] as const,
    );
  }
}

/** Runs in the page: follows the element that plays, and whatever it plays. */
async function listen({ hertz, worklet }: { hertz: number; worklet: string }): Promise<void> {
  const context = new AudioContext({ sampleRate: 48_000 });
  const address = URL.createObjectURL(new Blob([worklet], { type: "text/javascript" }));
  await context.audioWorklet.addModule(address);
  URL.revokeObjectURL(address);
  const ear = new AudioWorkletNode(context, "ear", { processorOptions: { hertz } });
  const notes: Notes = { heard: [] };
  (globalThis as Listening).earNotes = notes;
  ear.port.onmessage = ({ data }) => notes.heard.push(data === true);
  ear.connect(context.destination); // What leads nowhere is not run; it plays nothing.
  let source: MediaStreamAudioSourceNode | null = null;
  let track: MediaStreamTrack | undefined;
  setInterval(() => {
    const audio = [...document.querySelectorAll("audio")].find((element) =>
      element.srcObject instanceof MediaStream && !element.paused && !element.muted
    );
    const stream = audio?.srcObject instanceof MediaStream ? audio.srcObject : undefined;
    const playing = stream?.getAudioTracks()[0];
    if (playing === track) return;
    source?.disconnect();
    track = playing;
    source = playing === undefined
      ? null
      : context.createMediaStreamSource(new MediaStream([playing]));
    source?.connect(ear);
  }, 20);
}

/** Runs in the page's audio thread: Goertzel's algorithm, 20 ms at a time. */
function worklet(): void {
  /** Of AudioWorkletGlobalScope, which TypeScript's DOM does not know. */
  const scope = globalThis as unknown as {
    AudioWorkletProcessor: new () => { readonly port: MessagePort };
    registerProcessor(name: string, processor: unknown): void;
    sampleRate: number;
  };
  class Processor extends scope.AudioWorkletProcessor {
    readonly #coefficient: number;
    readonly #size = scope.sampleRate / 50;
    #count = 0;
    #energy = 0;
    #last = 0;
    #before = 0;

    constructor({ processorOptions: { hertz } }: { processorOptions: { hertz: number } }) {
      super();
      this.#coefficient = 2 * Math.cos(2 * Math.PI * hertz / scope.sampleRate);
    }

    process([input]: Float32Array[][]): boolean {
      // Nothing is connected: silence.
      const samples = input?.[0] ?? new Float32Array(128);
      for (const sample of samples) this.#take(sample);
      return true;
    }

    #take(sample: number): void {
      const next = sample + this.#coefficient * this.#last - this.#before;
      this.#before = this.#last;
      this.#last = next;
      this.#energy += sample * sample;
      if (++this.#count < this.#size) return;
      const [a, b] = [this.#last, this.#before];
      const power = a * a + b * b - this.#coefficient * a * b;
      // 1 where all there is is the tone; and louder than -50 dB.
      const share = 2 * power / (this.#size * this.#energy);
      this.port.postMessage(this.#energy / this.#size > 1e-5 && share > 0.5);
      this.#count =
        this.#energy =
        this.#last =
        this.#before =
          0;
    }
  }
  scope.registerProcessor("ear", Processor);
}
