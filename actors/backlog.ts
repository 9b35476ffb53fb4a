/** How much waits for one page's network, and what waits until it takes more. */
import type { Clock, Connection } from "./ports.ts";

/** From so many bytes on a page gets nothing that can be told later, in a newer form, instead. */
const CONGESTED = 256 * 1024;
/** Down to so many it has to come before that. */
const CLEAR = 64 * 1024;
/** How often it is looked at, in milliseconds: sockets do not say when they have sent. */
const LOOK_MS = 100;
/** A page that takes nothing at all for so long has to come back, in milliseconds. */
const STUCK_MS = 30_000;

/** The backlog of one connection. */
export class Backlog {
  readonly #connection: Connection;
  readonly #clock: Clock;
  readonly #stuck: () => void;
  #waiting: (() => void)[] = [];
  #callOff: (() => void) | null = null;
  #least = Infinity;
  #movedAt = 0;

  /** @param stuck called when the page has taken nothing for too long, while somebody waits. */
  constructor(connection: Connection, clock: Clock, stuck: () => void) {
    this.#connection = connection;
    this.#clock = clock;
    this.#stuck = stuck;
  }

  /** Whether so much waits that nothing is added that can wait. */
  get congested(): boolean {
    return this.#waiting.length > 0 || this.#connection.buffered > CONGESTED;
  }

  /** Calls `run` once there is room again; never, where the page goes before. */
  whenClear(run: () => void): void {
    this.#waiting.push(run);
    if (this.#callOff !== null) return;
    this.#least = Infinity;
    this.#movedAt = this.#clock.elapsed();
    this.#wait();
  }

  /** Forgets who waits. */
  close(): void {
    this.#callOff?.();
    this.#callOff = null;
    this.#waiting = [];
  }

  #wait(): void {
    this.#callOff = this.#clock.after(LOOK_MS, () => this.#look());
  }

  #look(): void {
    const { buffered } = this.#connection;
    const now = this.#clock.elapsed();
    if (buffered < this.#least) {
      this.#least = buffered;
      this.#movedAt = now;
    }
    if (buffered <= CLEAR) return this.#release();
    if (now - this.#movedAt >= STUCK_MS) return this.#stuck();
    this.#wait();
  }

  #release(): void {
    this.#callOff = null;
    const ready = this.#waiting;
    this.#waiting = [];
    for (const run of ready) run();
  }
}
