/**
 * Connections to a KV Connect server that only carry watches. Deno's client keeps one HTTP/2 connection
 * per opened KV; the server takes 200 streams on it at once (hyper's default), each watch is one for as
 * long as it is open, and whatever is asked beyond that waits for one to be closed: for ever. Nor does
 * the client notice a connection that died without a word while it only listens: watches on it would
 * stay silent for good, so each connection is asked something now and then.
 */
import { inTime, LATE } from "./in_time.ts";
import { settingKeys } from "./keys.ts";

/** How many watches share a connection. */
const WATCHES_A_CONNECTION = 100;

/**
 * How often a connection is asked something, how long it may take to answer, and after what time its
 * watches get a new one: after each break in its life a watch takes longer to come back, up to 12 s.
 */
const PULSE = { everyMs: 10_000, patienceMs: 5_000, renewMs: 60 * 60 * 1000 };

interface Connection {
  readonly kv: Promise<Deno.Kv>;
  /** How to end each watch that is open on it. */
  readonly open: Set<() => void>;
  readonly since: number;
  pulse: ReturnType<typeof setTimeout> | undefined;
}

type Entries<T extends readonly unknown[]> = { [K in keyof T]: Deno.KvEntryMaybe<T[K]> };

/** Watches on as many connections as they need. */
export class WatchConnections {
  readonly #connect: () => Promise<Deno.Kv>;
  readonly #pulse: typeof PULSE;
  #connections: Connection[] = [];
  #closed = false;

  constructor(connect: () => Promise<Deno.Kv>, pulse = PULSE) {
    this.#connect = connect;
    this.#pulse = pulse;
  }

  /** How many connections are open. */
  get size(): number {
    return this.#connections.length;
  }

  /** As `Deno.Kv.watch`; ends without an error where {@link renew} or {@link close} is called. */
  watch<T extends readonly unknown[]>(
    keys: readonly [...{ [K in keyof T]: Deno.KvKey }],
    options?: { raw?: boolean },
  ): ReadableStream<Entries<T>> {
    const connection = this.#withRoom();
    const over = Promise.withResolvers<{ done: true; value: undefined }>();
    const end = () => over.resolve({ done: true, value: undefined });
    connection.open.add(end);
    let reader: ReadableStreamDefaultReader<Entries<T>> | null = null;
    const leave = () => {
      void reader?.cancel().catch(() => {});
      this.#leave(connection, end);
    };
    const read = async () => {
      reader ??= (await connection.kv).watch<T>(keys, options).getReader();
      return await reader.read();
    };
    return new ReadableStream<Entries<T>>({
      pull: async (controller) => {
        try {
          const next = await Promise.race([read(), over.promise]);
          if (!next.done) return controller.enqueue(next.value);
          leave();
          controller.close();
        } catch (error) {
          leave();
          controller.error(error);
        }
      },
      cancel: leave,
    }, { highWaterMark: 0 });
  }

  /** Ends all watches and closes all connections; the next watch opens a new one. */
  renew(): void {
    const connections = this.#connections;
    this.#connections = [];
    for (const connection of connections) endAll(connection);
  }

  /** Ends all watches for good. */
  close(): void {
    this.#closed = true;
    this.renew();
  }

  #withRoom(): Connection {
    if (this.#closed) throw new Deno.errors.BadResource("the database is closed");
    const roomy = this.#connections.find(({ open }) => open.size < WATCHES_A_CONNECTION);
    if (roomy !== undefined) return roomy;
    const connection: Connection = {
      kv: this.#connect(),
      open: new Set(),
      since: performance.now(),
      pulse: undefined,
    };
    this.#connections.push(connection);
    this.#feelSoon(connection);
    return connection;
  }

  #feelSoon(connection: Connection): void {
    connection.pulse = setTimeout(() => void this.#feel(connection), this.#pulse.everyMs);
  }

  /** A connection that is silent, or old, ends its watches, which come back on another one. */
  async #feel(connection: Connection): Promise<void> {
    const asked = connection.kv.then((kv) => kv.get(settingKeys.chatService()));
    // One that is refused, or cut while it answers, is there.
    const answer = await inTime(asked, this.#pulse.patienceMs).catch(() => null);
    if (!this.#connections.includes(connection)) return;
    const old = performance.now() - connection.since > this.#pulse.renewMs;
    if (answer !== LATE && !old) return this.#feelSoon(connection);
    this.#connections = this.#connections.filter((other) => other !== connection);
    endAll(connection);
  }

  #leave(connection: Connection, end: () => void): void {
    connection.open.delete(end);
    if (connection.open.size > 0 || !this.#connections.includes(connection)) return;
    this.#connections = this.#connections.filter((other) => other !== connection);
    close(connection);
  }
}

function endAll(connection: Connection): void {
  for (const end of connection.open) end();
  close(connection);
}

/** Its watches were cancelled, and say so a moment later. */
function close({ kv, pulse }: Connection): void {
  clearTimeout(pulse);
  void kv.then((opened) => opened.close(), () => {});
}
