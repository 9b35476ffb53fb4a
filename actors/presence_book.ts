/** Which devices have a page connected to this process, written down in as few commits as can be. */

/** What the book writes to. */
export interface PresenceRecorder {
  record(changes: ReadonlyMap<string, boolean>): Promise<void>;
}

/** Counts connected pages per device and records the first coming and the last going. */
export class PresenceBook {
  readonly #recorder: PresenceRecorder;
  readonly #pages = new Map<string, number>();
  #changed = new Map<string, boolean>();
  #writing: Promise<void> | null = null;

  constructor(recorder: PresenceRecorder) {
    this.#recorder = recorder;
  }

  /** A page of `device` connected. */
  came(device: string): void {
    const pages = (this.#pages.get(device) ?? 0) + 1;
    this.#pages.set(device, pages);
    if (pages === 1) this.#note(device, true);
  }

  /** A page of `device` left. */
  left(device: string): void {
    const pages = (this.#pages.get(device) ?? 0) - 1;
    if (pages > 0) {
      this.#pages.set(device, pages);
      return;
    }
    this.#pages.delete(device);
    this.#note(device, false);
  }

  /** Resolves when everything noted is recorded. */
  async settled(): Promise<void> {
    while (this.#writing !== null) await this.#writing;
  }

  #note(device: string, connected: boolean): void {
    this.#changed.set(device, connected);
    this.#writing ??= this.#write();
  }

  async #write(): Promise<void> {
    await Promise.resolve();
    while (this.#changed.size > 0) {
      const changes = this.#changed;
      this.#changed = new Map();
      try {
        await this.#recorder.record(changes);
      } catch (error) {
        // Shown as (not) reachable until the device's next coming or going: annoying, not harmful.
        console.error("presence could not be recorded:", error);
      }
    }
    this.#writing = null;
  }
}
