/** How often each of many may do something. */
import { Allowance } from "./allowance.ts";
import type { Clock } from "./ports.ts";

/** Who was counted longest ago is forgotten beyond this many. */
const REMEMBERED = 10_000;

/** One {@link Allowance} for each name. */
export class Allowances {
  readonly #limit: { readonly burst: number; readonly perSecond: number };
  readonly #clock: Clock;
  readonly #of = new Map<string, Allowance>();

  constructor(limit: { readonly burst: number; readonly perSecond: number }, clock: Clock) {
    this.#limit = limit;
    this.#clock = clock;
  }

  /** Takes one of `who`, if there is one. */
  take(who: string): boolean {
    const { burst, perSecond } = this.#limit;
    const own = this.#of.get(who) ?? new Allowance(burst, perSecond, this.#clock);
    this.#of.delete(who);
    this.#of.set(who, own);
    const [oldest] = this.#of.keys();
    if (this.#of.size > REMEMBERED && oldest !== undefined) this.#of.delete(oldest);
    return own.take();
  }
}
