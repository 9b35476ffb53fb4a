/** How many frames a page may send: a token bucket. */

/** What to do with a frame. */
export type Verdict = "take" | "refuse" | "close";

/** Lets `burst` frames through at once and `perSecond` after that. */
export class RateLimit {
  #tokens: number;
  #at: number;

  /** `patience`: how many frames too many are refused before the connection is closed. */
  constructor(
    readonly burst: number,
    readonly perSecond: number,
    readonly patience: number,
    now: number = performance.now(),
  ) {
    this.#tokens = burst;
    this.#at = now;
  }

  /** Judges one frame that came in at `now`, in milliseconds of a clock that never goes back. */
  judge(now: number = performance.now()): Verdict {
    const earned = (now - this.#at) / 1000 * this.perSecond;
    this.#tokens = Math.min(this.burst, this.#tokens + earned) - 1;
    this.#at = now;
    if (this.#tokens >= 0) return "take";
    return this.#tokens >= -this.patience ? "refuse" : "close";
  }
}
