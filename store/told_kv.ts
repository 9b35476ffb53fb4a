/**
 * A Deno KV whose failures are {@link StoreFailed}, so that nobody takes them for faults of the program,
 * and are logged here, once (outage.ts).
 */
import { Outage } from "./outage.ts";
import { Quiet } from "./quiet.ts";
import { StoreFailed } from "./store_failed.ts";

/**
 * What Deno KV says where it was asked for more than it ever does, before anybody asks a disk: its
 * TypeErrors for these and for a locked database differ in nothing else.
 */
const MISUSE = /^(Value|Key|Total|Too many|Invalid) /;

/** See above; all else is as `kv` does it. */
export class ToldKv implements Deno.Kv {
  readonly #kv: Deno.Kv;
  readonly #outage: Outage;
  readonly #quiet = new Quiet();

  constructor(kv: Deno.Kv, outage = new Outage()) {
    this.#kv = kv;
    this.#outage = outage;
  }

  /** What is to be thrown in place of what the database threw: by watches, too, which say it later. */
  told(error: unknown): unknown {
    // It was closed here, or said by who opened it; or it is a fault of the program.
    if (isClosed(error) || error instanceof StoreFailed || isMisuse(error)) return error;
    this.#outage.failed(error);
    return new StoreFailed("the database failed", { cause: error });
  }

  get<T>(key: Deno.KvKey, options?: { consistency?: Deno.KvConsistencyLevel }) {
    return this.#ask(() => this.#kv.get<T>(key, options));
  }

  getMany<T extends readonly unknown[]>(
    keys: readonly [...{ [K in keyof T]: Deno.KvKey }],
    options?: { consistency?: Deno.KvConsistencyLevel },
  ) {
    return this.#ask(() => this.#kv.getMany<T>(keys, options));
  }

  list<T>(selector: Deno.KvListSelector, options?: Deno.KvListOptions): Deno.KvListIterator<T> {
    const entries = this.#kv.list<T>(selector, options);
    const next = entries.next.bind(entries);
    entries.next = () => this.#ask(next);
    return entries;
  }

  set(key: Deno.KvKey, value: unknown, options?: { expireIn?: number }) {
    return this.#ask(() => this.#kv.set(key, value, options));
  }

  delete(key: Deno.KvKey) {
    return this.#ask(() => this.#kv.delete(key));
  }

  atomic(): Deno.AtomicOperation {
    const op = this.#kv.atomic();
    const commit = op.commit.bind(op);
    op.commit = () => this.#ask(commit);
    return op;
  }

  watch<T extends readonly unknown[]>(
    keys: readonly [...{ [K in keyof T]: Deno.KvKey }],
    options?: { raw?: boolean },
  ): ReadableStream<{ [K in keyof T]: Deno.KvEntryMaybe<T[K]> }> {
    return this.#kv.watch<T>(keys, options);
  }

  enqueue(...asked: Parameters<Deno.Kv["enqueue"]>) {
    return this.#ask(() => this.#kv.enqueue(...asked));
  }

  listenQueue(handler: (value: unknown) => Promise<void> | void): Promise<void> {
    return this.#kv.listenQueue(handler);
  }

  commitVersionstamp(): symbol {
    return this.#kv.commitVersionstamp();
  }

  /** As {@link Quiet.alone}: for what Deno KV would not wait for, but fail. */
  alone(work: () => void, patience: number): Promise<boolean> {
    return this.#quiet.alone(work, patience);
  }

  close(): void {
    this.#kv.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  async #ask<T>(question: () => Promise<T>): Promise<T> {
    try {
      const answer = await this.#quiet.ask(question);
      this.#outage.worked();
      return answer;
    } catch (error) {
      throw this.told(error);
    }
  }
}

function isMisuse(error: unknown): boolean {
  return error instanceof TypeError && MISUSE.test(error.message);
}

/** Whether this process closed it: that is no failure of the database's. */
export function isClosed(error: unknown): boolean {
  return error instanceof Deno.errors.BadResource || error instanceof Deno.errors.Interrupted;
}
