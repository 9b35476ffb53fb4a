/** Whether the database can be worked with now. */
import { settingKeys } from "./keys.ts";

/** A database that needs longer, in milliseconds, is none a person would wait for. */
const PATIENCE = 2_000;

/** Asks one Deno KV. */
export class StoreHealth {
  readonly #kv: Deno.Kv;
  #asking: Promise<boolean> | null = null;

  constructor(kv: Deno.Kv) {
    this.#kv = kv;
  }

  /** Whether it answers a read in time. Whoever asks meanwhile hears the same. Never rejects. */
  answers(): Promise<boolean> {
    return this.#asking ??= this.#ask().finally(() => this.#asking = null);
  }

  async #ask(): Promise<boolean> {
    const late = Promise.withResolvers<false>();
    const timer = setTimeout(late.resolve, PATIENCE, false);
    try {
      return await Promise.race([this.#read(), late.promise]);
    } catch {
      return false; // Why is said by whatever needed the database.
    } finally {
      clearTimeout(timer);
    }
  }

  async #read(): Promise<true> {
    await this.#kv.get(settingKeys.chatService());
    return true;
  }
}
