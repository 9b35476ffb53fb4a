/** A mailbox: items wait in order and are handed over in batches, one batch at a time. */
export class Mailbox<Item> {
  #waiting: Item[] = [];
  #running: Promise<void> | null = null;
  readonly #handle: (items: readonly Item[]) => Promise<void>;
  readonly #weigh: (item: Item) => number;
  readonly #maxItems: number;
  readonly #maxWeight: number;

  /**
   * @param handle gets everything that waited, up to `maxItems` items or `maxWeight` together;
   *   never runs twice at once. It must not throw: whatever goes wrong is the items' to be told.
   */
  constructor(
    handle: (items: readonly Item[]) => Promise<void>,
    limits: { maxItems: number; maxWeight: number; weigh: (item: Item) => number },
  ) {
    this.#handle = handle;
    this.#weigh = limits.weigh;
    this.#maxItems = limits.maxItems;
    this.#maxWeight = limits.maxWeight;
  }

  /** Nothing waits and nothing is being handled. */
  get resting(): boolean {
    return this.#running === null;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Puts an item at the end of the line. */
  post(item: Item): void {
    this.#waiting.push(item);
    this.#running ??= this.#run();
  }

  /** Resolves when nothing waits and nothing is being handled. */
  async idle(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  async #run(): Promise<void> {
    // Whoever posts next, in the same turn of the event loop, shares the first batch.
    await Promise.resolve();
    while (this.#waiting.length > 0) await this.#handle(this.#takeBatch());
    this.#running = null;
  }

  #takeBatch(): Item[] {
    let weight = 0;
    let count = 0;
    for (const item of this.#waiting) {
      weight += this.#weigh(item);
      if (count > 0 && (count === this.#maxItems || weight > this.#maxWeight)) break;
      count++;
    }
    return this.#waiting.splice(0, count);
  }
}
