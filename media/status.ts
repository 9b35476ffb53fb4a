/** The status of calls, and who wants to hear of it. */
import type { MediaStatus } from "../protocol/service.ts";

/** The state of calls without its reason, which tells of the machine: for whoever asks over HTTP. */
export function publicMedia(status: MediaStatus): { state: string; progress?: number } {
  const { state } = status;
  return state === "preparing" ? { state, progress: status.progress } : { state };
}

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
