/** The status of calls, and who wants to hear of it. */
import type { MediaStatus } from "../protocol/service.ts";

/** Holds a status and tells listeners of every change. */
export class StatusSource {
  readonly #listeners = new Set<(status: MediaStatus) => void>();
  #status: MediaStatus;

  constructor(status: MediaStatus) {
    this.#status = status;
  }

  /** The status now. */
  get(): MediaStatus {
    return this.#status;
  }

  /** Tells everybody, unless nothing changed. */
  set(status: MediaStatus): void {
    if (JSON.stringify(status) === JSON.stringify(this.#status)) return;
    this.#status = status;
    for (const listener of [...this.#listeners]) listener(status);
  }

  /** Calls `listener` at every change; returns what stops that. */
  listen(listener: (status: MediaStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
