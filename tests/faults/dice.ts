/** Chance that can be repeated: everything a run draws comes from its seed. */

/** A die; the same seed rolls the same. */
export class Dice {
  #state: number;

  constructor(readonly seed: number) {
    this.#state = seed >>> 0;
  }

  /** A number in [0, 1): mulberry32 (public domain, Tommy Ettinger). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  /** One of them. */
  pick<T>(of: readonly T[]): T {
    const found = of[Math.floor(this.next() * of.length)];
    if (found === undefined) throw new Error("nothing to pick from");
    return found;
  }

  /** All of them in another order (Fisher and Yates). */
  shuffle<T>(of: readonly T[]): T[] {
    const left = [...of];
    return of.map(() => {
      const [one] = left.splice(Math.floor(this.next() * left.length), 1);
      if (one === undefined) throw new Error("nothing left");
      return one;
    });
  }
}

/** A change that has nothing to do with it must not turn red: who looks for faults asks for "new". */
const USUAL_SEED = 300;

/** The seed of this run: FAULT_SEED, one drawn where that is "new", or the usual one. */
export function seedOfRun(): number {
  const given = Deno.env.get("FAULT_SEED") ?? String(USUAL_SEED);
  if (given === "new") return crypto.getRandomValues(new Uint32Array(1))[0] ?? USUAL_SEED;
  const seed = Number(given);
  if (!Number.isSafeInteger(seed) || seed < 0) throw new Error(`FAULT_SEED is no seed: ${given}`);
  return seed;
}
