/** The pages connected to one process, and their heartbeat. */
import { HEARTBEAT_MS } from "./page_ports.ts";
import type { PageSocket } from "./page_socket.ts";
import type { Clock } from "./ports.ts";

/** In how many slices a heartbeat goes out, so that it never holds messages up. */
const SLICES = 20;

/** Who is connected here. */
export class ConnectedPages {
  readonly #pages = new Set<PageSocket>();
  readonly #stop: () => void;
  readonly #whenGone: (() => void)[] = [];
  #slice = 0;
  #round = this.#pages.values();

  constructor(clock: Clock) {
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
