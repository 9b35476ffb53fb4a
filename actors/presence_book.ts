/** Which devices are connected to this process, written down in as few commits as can be. */

import { logFailure } from "../log/log.ts";

/** What the book writes to. */
export interface PresenceRecorder {
  record(changes: ReadonlyMap<string, boolean>): Promise<void>;
}

/** Records which devices came and went; what could not be written is kept until it is. */
export class PresenceBook {
  readonly #recorder: PresenceRecorder;
  #changed = new Map<string, boolean>();
  #writing: Promise<void> | null = null;
  #closed = false;

  constructor(recorder: PresenceRecorder) {
    this.#recorder = recorder;
  }

  /** A device's first page connected here (`true`), or its last one left. */
  note(device: string, connected: boolean): void {
    if (this.#closed) return;
    this.#changed.set(device, connected);
    this.write();
  }

  /** Writes what is not written yet: to be called now and then, for the store may have failed. */
  write(): void {
    if (this.#changed.size > 0) this.#writing ??= this.#write();
  }

  /** Notes nothing more; resolves when nothing is being written any more. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.settled();
  }

  /** Resolves when everything noted is recorded, or the store failed. */
  async settled(): Promise<void> {
    while (this.#writing !== null) await this.#writing;
  }

  async #write(): Promise<void> {
    await Promise.resolve();
    while (this.#changed.size > 0) {
      const changes = this.#changed;
      this.#changed = new Map();
      try {
        await this.#recorder.record(changes);
      } catch (error) {
        logFailure("presence_not_recorded", error);
        this.#changed = new Map([...changes, ...this.#changed]);
        break;
      }
    }
    this.#writing = null;
  }
}
