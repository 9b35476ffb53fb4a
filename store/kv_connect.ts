/**
 * A KV Connect server (denokv) as the stores want a Deno KV to be. Deno's own client retries for ever,
 * silently. So here:
 *
 * - A commit leaves a note. Where one arrived and its answer was lost, the repeated one fails its own
 *   checks: the note tells that it was ours, and each is applied once.
 * - Who reads, or writes on a condition, gives up after {@link PATIENCE}; from then on everybody is
 *   refused at once, until the server answers on a new connection. Unconditional writes are never
 *   given up: a retry could overtake the original.
 * - Watches have connections of their own (watch_connections.ts).
 */
import { log } from "../log/log.ts";
import { inTime, LATE } from "./in_time.ts";
import { commitKeys, settingKeys } from "./keys.ts";
import { WatchConnections } from "./watch_connections.ts";
import { StoreFailed } from "./store_failed.ts";

/** How long an answer may take, in milliseconds. */
export const PATIENCE = 5_000;
/** How long a new connection may take to its first answer, in milliseconds. */
const PROBE_PATIENCE = 1_000;
/** How long to wait before the next one is tried, in milliseconds. */
const PROBE_AGAIN = 250;
/** How long a commit's note is kept, in milliseconds: longer than anybody waits for its answer. */
const NOTE_MS = 60_000;
/** The same where it is waited for until there is one: longer than a database should be away. */
const LASTING_NOTE_MS = 60 * 60 * 1000;

/** The server does not answer. Whether what was asked for happens nevertheless is not known. */
export class DatabaseAway extends StoreFailed {
  override readonly name = "DatabaseAway";

  constructor() {
    super("the database does not answer");
  }
}

/** Opens a connection; in tests something that breaks. */
export type Connect = () => Promise<Deno.Kv>;

/** A KV Connect server. Made by {@link openKvConnect}. */
export class KvConnect implements Deno.Kv {
  readonly #connect: Connect;
  readonly #watches: WatchConnections;
  #kv: Deno.Kv;
  #away = false;
  /** Resolves when it is not away (any more). */
  #back: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(connect: Connect, kv: Deno.Kv) {
    this.#connect = connect;
    this.#kv = kv;
    this.#watches = new WatchConnections(async () => {
      await this.#back;
      return await connect();
    });
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
    return this.#once((op) => op.set(key, value, options));
  }

  delete(key: Deno.KvKey) {
    return this.#once((op) => op.delete(key)).then(() => {});
  }

  atomic(): Deno.AtomicOperation {
    const op = this.#kv.atomic();
    const note = commitKeys.note(crypto.randomUUID());
    const [check, commit] = [op.check.bind(op), op.commit.bind(op)];
    let conditional = false;
    op.check = (...checks) => {
      conditional = true;
      return check(...checks);
    };
    op.commit = async () => {
      check({ key: note, versionstamp: null });
      op.set(note, true, { expireIn: conditional ? NOTE_MS : LASTING_NOTE_MS });
      const once = () => whereAnswerIsCut(commit, { ok: false } as const);
      const result = await (conditional ? this.#ask(once) : this.#tell(once));
      return result.ok ? result : await this.#whetherNoted(note);
    };
    return op;
  }

  watch<T extends readonly unknown[]>(
    keys: readonly [...{ [K in keyof T]: Deno.KvKey }],
    options?: { raw?: boolean },
  ): ReadableStream<{ [K in keyof T]: Deno.KvEntryMaybe<T[K]> }> {
    return this.#watches.watch<T>(keys, options);
  }

  enqueue(): Promise<Deno.KvCommitResult> {
    return Promise.reject(new Deno.errors.NotSupported("KV Connect has no queues"));
  }

  listenQueue(): Promise<void> {
    return Promise.reject(new Deno.errors.NotSupported("KV Connect has no queues"));
  }

  commitVersionstamp(): symbol {
    return this.#kv.commitVersionstamp();
  }

  close(): void {
    this.#closed = true;
    this.#watches.close();
    this.#kv.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /**
   * One write, in any case and once: repeated after its answer was lost, it could undo what somebody
   * else has written since.
   */
  async #once(write: (op: Deno.AtomicOperation) => unknown): Promise<Deno.KvCommitResult> {
    const op = this.atomic();
    write(op);
    const result = await op.commit();
    if (!result.ok) throw new TypeError("a write without a condition cannot fail its checks");
    return result;
  }

  /** A commit that says it failed: its note is there if it was applied before its answer was lost. */
  async #whetherNoted(note: Deno.KvKey): Promise<Deno.KvCommitResult | Deno.KvCommitError> {
    const { versionstamp } = await this.get(note);
    return versionstamp === null ? { ok: false } : { ok: true, versionstamp };
  }

  async #ask<T>(question: () => Promise<T>): Promise<T> {
    if (this.#away) throw new DatabaseAway();
    const answer = await inTime(untilRead(question), PATIENCE);
    if (answer !== LATE) return answer;
    void this.#findAgain();
    throw new DatabaseAway();
  }

  /** For what must not be done again later while it may still happen: never gives up what was sent. */
  async #tell<T>(order: () => Promise<T>): Promise<T> {
    if (this.#away) throw new DatabaseAway();
    const taken = order();
    if (await inTime(taken, PATIENCE) === LATE) void this.#findAgain();
    return await taken;
  }

  /** The old connection may be to a machine that is no more, and nobody would ever say so. */
  async #findAgain(): Promise<void> {
    if (this.#away || this.#closed) return;
    this.#away = true;
    const back = Promise.withResolvers<void>();
    this.#back = back.promise;
    // What rings meanwhile is heard when watches are opened anew; until then they wait.
    this.#watches.renew();
    log("database_away");
    const kv = await findServer(this.#connect, () => this.#closed);
    back.resolve();
    if (kv === null) return;
    this.#kv.close();
    this.#kv = kv;
    this.#away = false;
    log("database_back");
  }
}

/** What is read may be asked for again where the connection broke in the middle of the answer. */
async function untilRead<T>(question: () => Promise<T>): Promise<T> {
  for (;;) {
    const answer = await whereAnswerIsCut<T | typeof CUT>(question, CUT);
    if (answer !== CUT) return answer;
  }
}

const CUT: unique symbol = Symbol("cut");

/** `otherwise` where the server answered and the answer was lost: Deno's client repeats all but this. */
async function whereAnswerIsCut<T>(question: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await question();
  } catch (error) {
    if (error instanceof Error && error.message.includes("read response body")) return otherwise;
    throw error;
  }
}

/** A connection on which the server answers, however long that takes; null: nobody wants it any more. */
async function findServer(connect: Connect, given: () => boolean): Promise<Deno.Kv | null> {
  while (!given()) {
    const kv = await tryServer(connect).catch(() => null);
    if (kv !== null && !given()) return kv;
    kv?.close();
    await new Promise((done) => setTimeout(done, PROBE_AGAIN));
  }
  return null;
}

/** A connection on which the server answered in time; null: it did not. Rejects where it refuses. */
async function tryServer(connect: Connect): Promise<Deno.Kv | null> {
  const opening = connect();
  const kv = await inTime(opening, PROBE_PATIENCE).catch((error: unknown) => {
    if (String(error).includes("failed to connect")) return null;
    throw error;
  });
  if (kv === null) return null;
  if (kv === LATE) {
    opening.then((late) => late.close(), () => {});
    return null;
  }
  try {
    if (await inTime(kv.get(settingKeys.chatService()), PROBE_PATIENCE) !== LATE) return kv;
  } catch (error) {
    kv.close();
    throw error;
  }
  kv.close();
  return null;
}

/**
 * Connects to the KV Connect server at `url`; DENO_KV_ACCESS_TOKEN is its token. Waits for one that is
 * not there yet, and says so. Rejects where it refuses, e.g. the token.
 */
export async function openKvConnect(
  url: string,
  connect: Connect = () => Deno.openKv(url),
): Promise<Deno.Kv> {
  let kv = await tryServer(connect);
  if (kv === null) {
    log("database_awaited", { database: url });
    kv = await findServer(connect, () => false);
  }
  if (kv === null) throw new DatabaseAway();
  return new KvConnect(connect, kv);
}
