/** What a process does beside answering: whoever closes waits for it, and its failures are logged. */

import type { FailureName } from "../log/events.ts";
import { logFailure } from "../log/log.ts";

/** Things under way that nobody else waits for. */
export class Errands {
  readonly #running = new Set<Promise<void>>();
  #closed = false;

  /** Nothing is begun any more. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Does `task`, unless this is closed; where it fails, `failure` is logged. */
  run(failure: FailureName, task: () => Promise<void>): void {
    if (this.#closed) return;
    const running = this.#try(failure, task);
    this.#running.add(running);
    void running.then(() => this.#running.delete(running));
  }

  /** Begins nothing more; resolves when nothing is under way. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.idle();
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  async #try(failure: FailureName, task: () => Promise<void>): Promise<void> {
    try {
      await task();
    } catch (error) {
      logFailure(failure, error);
    }
  }
}
