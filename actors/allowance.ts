/** How often something may be done: token buckets. */
import type { Clock } from "./ports.ts";

/** So many at once, and so many a second in the long run. */
export interface Limit {
  readonly burst: number;
  readonly perSecond: number;
}

/** How many are remembered where nothing else is said. */
const REMEMBERED = 10_000;

/** How often one may do something. */
export class Allowance {
  readonly #limit: Limit;
  readonly #clock: Clock;
  #left: number;
  #countedAt: number;

  constructor(limit: Limit, clock: Clock) {
    this.#limit = limit;
    this.#clock = clock;
    this.#left = limit.burst;
    this.#countedAt = clock.elapsed();
  }

  /** Whether nothing was taken for so long that all of it is there. */
  get full(): boolean {
    this.#earn();
    return this.#left === this.#limit.burst;
  }

  /** Takes one, if there is one. */
  take(): boolean {
    this.#earn();
    if (this.#left < 1) return false;
    this.#left--;
    return true;
  }

  #earn(): void {
    const { burst, perSecond } = this.#limit;
    const now = this.#clock.elapsed();
    const earned = (now - this.#countedAt) / 1000 * perSecond;
    this.#left = Math.min(burst, this.#left + earned);
    this.#countedAt = now;
  }
}

/** How often each of many may do something; whether they come and go meanwhile changes nothing. */
export class Allowances {
  readonly #limit: Limit;
  readonly #clock: Clock;
  readonly #remembered: number;
  readonly #of = new Map<string, Allowance>();

  /** @param remembered who was counted longest ago is forgotten beyond this many. */
  constructor(limit: Limit, clock: Clock, remembered = REMEMBERED) {
    this.#limit = limit;
    this.#clock = clock;
    this.#remembered = remembered;
  }

  /** Takes one of `who`, if there is one. */
  take(who: string): boolean {
    const own = this.#of.get(who) ?? new Allowance(this.#limit, this.#clock);
    this.#of.delete(who);
    this.#of.set(who, own);
    if (this.#of.size > this.#remembered) this.#forgetOldest();
    return own.take();
  }

  #forgetOldest(): void {
    const [oldest] = this.#of.keys();
    if (oldest !== undefined) this.#of.delete(oldest);
  }
}
