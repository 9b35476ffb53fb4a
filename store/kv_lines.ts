/**
 * Connections to a KV Connect server that only carry watches. Deno's client keeps one HTTP/2 connection
 * per opened KV; the server takes 200 streams on it at once (hyper's default), each watch is one for as
 * long as it is open, and whatever is asked beyond that waits for one to be closed: for ever.
 */

/** How many watches share a connection. */
const WATCHES_A_LINE = 100;

interface Line {
  readonly kv: Promise<Deno.Kv>;
  /** How to end each watch that is open on it. */
  readonly open: Set<() => void>;
}

type Entries<T extends readonly unknown[]> = { [K in keyof T]: Deno.KvEntryMaybe<T[K]> };

/** Watches on as many connections as they need. */
export class KvLines {
  readonly #connect: () => Promise<Deno.Kv>;
  #lines: Line[] = [];
  #closed = false;

  constructor(connect: () => Promise<Deno.Kv>) {
    this.#connect = connect;
  }

  /** How many connections are open. */
  get size(): number {
    return this.#lines.length;
  }

  /** As `Deno.Kv.watch`; ends without an error where {@link renew} or {@link close} is called. */
  watch<T extends readonly unknown[]>(
    keys: readonly [...{ [K in keyof T]: Deno.KvKey }],
    options?: { raw?: boolean },
  ): ReadableStream<Entries<T>> {
    const line = this.#withRoom();
    const over = Promise.withResolvers<{ done: true; value: undefined }>();
    const end = () => over.resolve({ done: true, value: undefined });
    line.open.add(end);
    let reader: ReadableStreamDefaultReader<Entries<T>> | null = null;
    const leave = () => {
      void reader?.cancel().catch(() => {});
      this.#leave(line, end);
    };
    const read = async () => {
      reader ??= (await line.kv).watch<T>(keys, options).getReader();
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
    const lines = this.#lines;
    this.#lines = [];
    for (const line of lines) {
      for (const end of line.open) end();
      close(line);
    }
  }

  /** Ends all watches for good. */
  close(): void {
    this.#closed = true;
    this.renew();
  }

  #withRoom(): Line {
    if (this.#closed) throw new Deno.errors.BadResource("the database is closed");
    const roomy = this.#lines.find(({ open }) => open.size < WATCHES_A_LINE);
    if (roomy !== undefined) return roomy;
    const line: Line = { kv: this.#connect(), open: new Set() };
    this.#lines.push(line);
    return line;
  }

  #leave(line: Line, end: () => void): void {
    line.open.delete(end);
    if (line.open.size > 0 || !this.#lines.includes(line)) return;
    this.#lines = this.#lines.filter((other) => other !== line);
    close(line);
  }
}

/** Its watches were cancelled, and say so a moment later. */
function close({ kv }: Line): void {
  void kv.then((opened) => opened.close(), () => {});
}
