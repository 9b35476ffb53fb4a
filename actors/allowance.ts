/** How often something may be done: a token bucket. */
import type { Clock } from "./ports.ts";

/** Allows `burst` at once and `perSecond` in the long run. */
export class Allowance {
  #left: number;
  #countedAt: number;

  constructor(readonly burst: number, readonly perSecond: number, readonly clock: Clock) {
    this.#left = burst;
    this.#countedAt = clock.now();
  }

  /** Takes one, if there is one. */
  take(): boolean {
    const now = this.clock.now();
    const earned = Math.max(0, now - this.#countedAt) / 1000 * this.perSecond;
    this.#left = Math.min(this.burst, this.#left + earned);
    this.#countedAt = now;
    if (this.#left < 1) return false;
    this.#left--;
    return true;
  }
}
