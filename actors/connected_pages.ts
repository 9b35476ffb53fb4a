/** The pages connected to one process, and their heartbeat. */
import { HEARTBEAT_MS } from "./page_ports.ts";
import type { PageSocket } from "./page_socket.ts";
import type { Clock } from "./ports.ts";

/** In how many slices a heartbeat goes out, so that it never holds messages up. */
const SLICES = 20;

/** How many pages another process takes in at a time, and how often, in milliseconds. */
const TOLD_AT_ONCE = 4;
const TELL_EVERY = 20;
/** However many there are, the last one is told after about so long, in milliseconds. */
const TOLD_WITHIN = 5_000;

/** Who is connected here. */
export class ConnectedPages {
  readonly #pages = new Set<PageSocket>();
  readonly #clock: Clock;
  readonly #stop: () => void;
  readonly #whenGone: (() => void)[] = [];
  #slice = 0;
  #round = this.#pages.values();

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#stop = clock.every(HEARTBEAT_MS / SLICES, () => this.#beat());
  }

  /** Resolves once nobody is connected (any more). */
  async gone(): Promise<void> {
    if (this.#pages.size === 0) return;
    await new Promise<void>((done) => this.#whenGone.push(done));
  }

  /** A page connected. */
  add(page: PageSocket): void {
    this.#pages.add(page);
  }

  /** A page has gone. */
  delete(page: PageSocket): void {
    this.#pages.delete(page);
    if (this.#pages.size === 0) { for (const done of this.#whenGone.splice(0)) done(); }
  }

  /**
   * Tells them to come back, which is to another process, some at a time: those are welcomed before
   * the next ones come. Resolves when all were told.
   */
  async handOver(): Promise<void> {
    const pages = [...this.#pages];
    const atOnce = Math.max(TOLD_AT_ONCE, Math.ceil(pages.length * TELL_EVERY / TOLD_WITHIN));
    for (let from = 0; from < pages.length; from += atOnce) {
      for (const page of pages.slice(from, from + atOnce)) page.leave();
      await new Promise<void>((go) => this.#clock.after(TELL_EVERY, go));
    }
  }

  /** Nothing they send is taken any more; what was taken is still answered. */
  stopListening(): void {
    this.#stop();
    for (const page of this.#pages) page.stopListening();
  }

  /** Each page in turn. */
  [Symbol.iterator](): Iterator<PageSocket> {
    return this.#pages.values();
  }

  /** A round over all pages takes {@link SLICES} beats; who came last may be skipped once. */
  #beat(): void {
    if (this.#slice === 0) this.#round = this.#pages.values();
    this.#slice = (this.#slice + 1) % SLICES;
    for (let left = Math.ceil(this.#pages.size / SLICES); left > 0; left--) {
      const next = this.#round.next();
      if (next.done) return;
      next.value.beat();
    }
  }
}
