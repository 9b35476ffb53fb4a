/** One thing after the other, until all of it is called off. */

/** A queue of work on something that only one can use at a time, such as a camera. */
export class Turns {
  readonly #settled: () => void;
  #work: Promise<void> = Promise.resolve();
  #era = 0;

  /** `settled` is called after each piece of work that was not called off. */
  constructor(settled: () => void) {
    this.#settled = settled;
  }

  /** Does `work` when it is its turn; settles when it is done or called off. `work` never rejects. */
  run(work: () => void | Promise<void>): Promise<void> {
    const holds = this.watch();
    this.#work = this.#work.then(async () => {
      if (holds()) await work();
      if (holds()) this.#settled();
    });
    return this.#work;
  }

  /** Returns what says whether nothing was called off since. */
  watch(): () => boolean {
    const era = this.#era;
    return () => era === this.#era;
  }

  /** Calls off all that waits, and what is under way as soon as it looks. */
  callOff(): void {
    this.#era++;
  }
}
