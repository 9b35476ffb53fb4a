/** Whether the database can be worked with now. */
import { presenceKeys } from "./keys.ts";

/** A database that needs longer, in milliseconds, is none a person would wait for. */
const PATIENCE = 2_000;

/** Having worked holds for so long, in milliseconds: whoever asks often writes no more often. */
const HOLDS = 500;

/** Asks one Deno KV. */
export class StoreHealth {
  readonly #kv: Deno.Kv;
  #asking: Promise<boolean> | null = null;
  #workedAt = -Infinity;

  constructor(kv: Deno.Kv) {
    this.#kv = kv;
  }

  /**
   * Whether it takes a write in time: a full disk or a lock of somebody else leaves it readable, and
   * of no use. Whoever asks meanwhile hears the same. Never rejects.
   */
  answers(): Promise<boolean> {
    if (performance.now() - this.#workedAt < HOLDS) return Promise.resolve(true);
    return this.#asking ??= this.#ask().finally(() => this.#asking = null);
  }

  async #ask(): Promise<boolean> {
    const late = Promise.withResolvers<false>();
    const timer = setTimeout(late.resolve, PATIENCE, false);
    try {
      return await Promise.race([this.#write(), late.promise]);
    } catch {
      return false; // Why is said by whatever needed the database.
    } finally {
      clearTimeout(timer);
    }
  }

  async #write(): Promise<true> {
    await this.#kv.set(presenceKeys.health(), true);
    this.#workedAt = performance.now();
    return true;
  }
}
