/** Reading from the store whenever a doorbell rings: one reading at a time, again where it fails. */
import type { Subject } from "../log/events.ts";
import { log } from "../log/log.ts";
import type { Clock } from "./ports.ts";

/** How long to wait before reading again from a store that failed, in milliseconds. */
export const RETRY_MS = 1000;

/** What is read, and how. */
export interface ReadingPorts {
  readonly clock: Clock;
  /** What is read, for the log. */
  readonly what: Subject;
  read(): Promise<void>;
  /** How long to rest after a reading that took so long, both in milliseconds; by default not. */
  rest?(took: number): number;
}

/** Reads again whenever it is rung; rings during a reading lead to one more. */
export class Reading {
  readonly #ports: ReadingPorts;
  #running: Promise<void> | null = null;
  #rang = false;
  #failed = false;
  #closed = false;
  #callOff: () => void = () => {};

  constructor(ports: ReadingPorts) {
    this.#ports = ports;
  }

  /** Something may have changed: reads now, or right after the reading under way. */
  ring(): void {
    if (this.#closed) return;
    this.#rang = true;
    this.#running ??= this.#run();
  }

  /** Reads now. Rejects where the store fails; it is tried again nevertheless. */
  async now(): Promise<void> {
    this.ring();
    while (this.#running !== null) await this.#running;
    if (this.#failed || this.#closed) throw new Error(`${this.#ports.what} could not be read`);
  }

  /** Reads no more. */
  close(): void {
    this.#closed = true;
    this.#callOff();
  }

  async #run(): Promise<void> {
    while (this.#rang && !this.#closed) {
      this.#rang = false;
      await this.#readOnce();
    }
    this.#running = null;
  }

  async #readOnce(): Promise<void> {
    const { clock, what } = this.#ports;
    const started = clock.elapsed();
    this.#callOff();
    try {
      await this.#ports.read();
      this.#failed = false;
    } catch (error) {
      // Nobody waits for it any more, and the store may be closed.
      if (this.#closed) return;
      log("reading_failed", { what, error });
      this.#failed = true;
      this.#callOff = clock.after(RETRY_MS, () => this.ring());
      return;
    }
    const rest = this.#ports.rest?.(clock.elapsed() - started) ?? 0;
    if (rest > 0 && !this.#closed) await this.#wait(rest);
  }

  #wait(milliseconds: number): Promise<void> {
    const { clock } = this.#ports;
    return new Promise((done) => {
      const stop = clock.after(milliseconds, done);
      // Called off, it is over at once: else whoever waits for this reading would wait for ever.
      this.#callOff = () => {
        stop();
        done();
      };
    });
  }
}
