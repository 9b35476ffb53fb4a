/** A database that fails is logged once, again where it fails otherwise, and when it works again. */
import { log, logFailure } from "../log/log.ts";

/** It works again when something worked and nothing failed for so long, in milliseconds. */
const OVER_AFTER_MS = 10_000;
/** How many ways to fail are told apart in one outage. */
const MOST_WAYS = 20;

/** What one database suffers from, if anything. */
export class Outage {
  readonly #now: () => number;
  /** The ways it failed that were logged, by their message. */
  readonly #said = new Set<string>();
  #failedAt = 0;

  /** @param now milliseconds by a clock that is never set. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** It failed, with whatever it threw. */
  failed(error: unknown): void {
    this.#failedAt = this.#now();
    const way = String(error);
    if (this.#said.has(way) || this.#said.size === MOST_WAYS) return;
    this.#said.add(way);
    logFailure("store_failed", error);
  }

  /** It did what it was asked. Some of it may still fail: a full disk can be read. */
  worked(): void {
    if (this.#said.size === 0 || this.#now() - this.#failedAt < OVER_AFTER_MS) return;
    this.#said.clear();
    log("store_works");
  }
}
