/** What the other side says: one `<audio>` element for the whole page, and where it plays. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { AudioOutput } from "./types.ts";

/** The system's own choice of output. */
const DEFAULT_OUTPUT = "";

/** Plays the other side's voice. */
export class Player {
  readonly #audio = new Audio();
  readonly #stream = signal<MediaStream | null>(null);
  readonly #blocked = signal(false);
  readonly #outputs = signal<readonly AudioOutput[]>([]);
  readonly #output = signal(DEFAULT_OUTPUT);

  constructor() {
    this.#audio.autoplay = true;
    this.#audio.hidden = true;
    // In the document, so that browsers and their tools show that this page plays something.
    document.body.append(this.#audio);
  }

  /** What is played; null: nothing. */
  get stream(): ReadonlySignal<MediaStream | null> {
    return this.#stream;
  }

  /** The browser wants a tap first: {@link unblock}. */
  get blocked(): ReadonlySignal<boolean> {
    return this.#blocked;
  }

  /** Where it could play; empty: there is nothing to choose. */
  get outputs(): ReadonlySignal<readonly AudioOutput[]> {
    return this.#outputs;
  }

  /** Where it plays. */
  get output(): ReadonlySignal<string> {
    return this.#output;
  }

  /** In a tap: makes the browser remember that the person wants to hear something here. */
  prime(): void {
    this.#audio.play().catch(() => {}); // There is nothing to play yet; asking is what counts.
  }

  /** Plays `track` from now on; null: silence. */
  play(track: MediaStreamTrack | null): void {
    this.#stream.value = track === null ? null : new MediaStream([track]);
    this.#audio.srcObject = this.#stream.value;
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
      await this.#audio.play();
      this.#blocked.value = false;
    } catch (error) {
      // "AbortError" only says that something else is to be played meanwhile.
      if (nameOf(error) === "NotAllowedError") this.#blocked.value = true;
    }
  }

  /** Plays through output `id`, where the browser can. Never rejects. */
  async setOutput(id: string): Promise<void> {
    if (!canChoose(this.#audio)) return;
    try {
      await this.#audio.setSinkId(id);
      this.#output.value = id;
    } catch {
      await this.refreshOutputs(); // It was unplugged, or the person said no.
    }
  }

  /** Looks which outputs there are; one that is gone gives way to the default. Never rejects. */
  async refreshOutputs(): Promise<void> {
    if (!canChoose(this.#audio)) return;
    this.#outputs.value = await listOutputs();
    const current = this.#output.value;
    if (current === DEFAULT_OUTPUT || this.#outputs.value.some(({ id }) => id === current)) return;
    await this.setOutput(DEFAULT_OUTPUT);
  }
}

/** Not every browser can: `setSinkId` is missing on phones. */
function canChoose(audio: HTMLAudioElement): boolean {
  return "setSinkId" in audio && typeof navigator.mediaDevices?.enumerateDevices === "function";
}

/** The system's choice and every real device; empty where that leaves no choice. */
async function listOutputs(): Promise<AudioOutput[]> {
  const devices = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  const outputs = devices.filter(({ kind, label }) => kind === "audiooutput" && label !== "");
  const real = outputs.filter(({ deviceId }) => !isAlias(deviceId));
  if (real.length < 2) return [];
  const named = outputs.find(({ deviceId }) => deviceId === "default")?.label;
  return [
    { id: DEFAULT_OUTPUT, label: named ?? null },
    ...real.map(({ deviceId, label }) => ({ id: deviceId, label })),
  ];
}

/** Chromium lists two devices a second time, under the names of their roles. */
function isAlias(deviceId: string): boolean {
  return ["", "default", "communications"].includes(deviceId);
}

function nameOf(error: unknown): string {
  return error instanceof Error || error instanceof DOMException ? error.name : "";
}
