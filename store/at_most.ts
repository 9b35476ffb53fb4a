/** Doing only so much at a time. */

/** Lets at most a number of tasks run at once; the others wait in the order they came. */
export class AtMost {
  #free: number;
  readonly #maxWaiting: number;
  readonly #waiting: (() => void)[] = [];

  /** @param maxWaiting for how many more {@link tryRun} lets wait. */
  constructor(atOnce: number, maxWaiting = Infinity) {
    this.#free = atOnce;
    this.#maxWaiting = maxWaiting;
  }

  /** As {@link run}; null: too many wait already, and nothing was done. */
  async tryRun<T>(task: () => Promise<T>): Promise<{ readonly done: T } | null> {
    if (this.#free === 0 && this.#waiting.length >= this.#maxWaiting) return null;
    return { done: await this.run(task) };
  }

  /** Runs `task` when it is its turn. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((go) => this.#waiting.push(go));
    try {
      return await task();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free++;
      else next();
    }
  }
}

/** Lets at most a number in at once, and of each of them at most some; nobody waits. */
export class Quota {
  readonly #most: number;
  readonly #mostOfOne: number;
  readonly #inside = new Map<string, number>();
  #all = 0;

  constructor(most: number, mostOfOne: number) {
    this.#most = most;
    this.#mostOfOne = mostOfOne;
  }

  /** Lets `who` in; returns how it leaves, once. Null: there is no room. */
  enter(who: string): (() => void) | null {
    const own = this.#inside.get(who) ?? 0;
    if (this.#all >= this.#most || own >= this.#mostOfOne) return null;
    this.#all++;
    this.#inside.set(who, own + 1);
    return () => {
      this.#all--;
      const left = (this.#inside.get(who) ?? 1) - 1;
      if (left === 0) this.#inside.delete(who);
      else this.#inside.set(who, left);
    };
  }
}
