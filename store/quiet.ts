/** Lets somebody be alone with the database for a moment, between what everybody else asks of it. */
export class Quiet {
  #underWay = 0;
  /** Whoever comes waits for it while somebody is, or is about to be, alone. */
  #gate: Promise<void> | null = null;
  #becameIdle: (() => void) | null = null;

  /** Asks something of the database, after whoever is alone with it. */
  async ask<T>(question: () => Promise<T>): Promise<T> {
    while (this.#gate !== null) await this.#gate;
    this.#underWay++;
    try {
      return await question();
    } finally {
      if (--this.#underWay === 0) this.#becameIdle?.();
    }
  }

  /**
   * Runs `work`, which is done when it returns, while nothing is under way. False: something was for
   * longer than `patience` milliseconds, or somebody else is alone, and nothing was done.
   */
  async alone(work: () => void, patience: number): Promise<boolean> {
    if (this.#gate !== null) return false;
    const gate = Promise.withResolvers<void>();
    this.#gate = gate.promise;
    try {
      if (!await this.#idleWithin(patience)) return false;
      work();
      return true;
    } finally {
      this.#gate = null;
      gate.resolve();
    }
  }

  async #idleWithin(patience: number): Promise<boolean> {
    if (this.#underWay === 0) return true;
    const idle = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => idle.resolve(false), patience);
    this.#becameIdle = () => idle.resolve(true);
    const is = await idle.promise;
    clearTimeout(timer);
    this.#becameIdle = null;
    return is && this.#underWay === 0;
  }
}
