/**
 * A network between one person's page and the server that can be made bad: it passes on TCP
 * connections, and can slow them down, hold them back, reset them, cut them in the middle of a frame, or forget them
 * without a word, as a NAT or a dead mobile network does. Loopback only.
 */
import { connect, createServer, type Server, type Socket } from "node:net";

/** One direction of a connection: what came first leaves first, however the delay changes. */
class Direction {
  #leaving: Promise<void> = Promise.resolve();
  #freeAt = 0;

  /** Calls `send` after `delay` milliseconds, and after all that was passed before. */
  pass(delay: number, send: () => void): void {
    this.#freeAt = Math.max(this.#freeAt, performance.now() + delay);
    const at = this.#freeAt;
    this.#leaving = this.#leaving.then(async () => {
      const left = at - performance.now();
      if (left > 0) await new Promise((done) => setTimeout(done, left));
      send();
    });
  }
}

/** From the page to the server, or back. */
type Way = "up" | "down";

/** A connection under way: the page's end and the server's. */
class Line {
  /** Nothing passes any more, and nobody is told. */
  forgotten = false;
  /** Milliseconds that the page's bytes take beside the delay of the network. */
  late = 0;
  /** Bytes that still pass before it is reset; null: it is not to be reset. */
  #left: number | null = null;

  /** `takes`: milliseconds until so many bytes, to the server or from it, have passed. */
  constructor(
    readonly near: Socket,
    readonly far: Socket,
    takes: (bytes: number, way: Way) => number,
  ) {
    for (const [from, to] of [[near, far], [far, near]] as const) {
      const direction = new Direction();
      const way = from === near ? "up" : "down";
      const delay = (bytes = 0) => takes(bytes, way) + (way === "up" ? this.late : 0);
      from.on("data", (bytes: Uint8Array) => {
        if (!this.forgotten) direction.pass(delay(bytes.length), () => this.#write(to, bytes));
      });
      from.on("error", () => {
        if (!this.forgotten) this.reset();
      });
      from.on("close", () => {
        if (!this.forgotten) direction.pass(delay(), () => to.destroy());
      });
    }
  }

  /** Ends it at both ends with an RST. */
  reset(): void {
    for (const socket of [this.near, this.far]) if (!socket.destroyed) socket.resetAndDestroy();
  }

  /** The page loses it now; the server gets what is under way in its time, then hears of it. */
  leaveBehind(): void {
    if (!this.near.destroyed) this.near.resetAndDestroy();
  }

  /** Ends it once `bytes` more have passed, wherever in a frame that is. */
  resetAfter(bytes: number): void {
    this.#left = bytes;
  }

  #write(to: Socket, bytes: Uint8Array): void {
    if (this.forgotten || to.destroyed) return;
    if (this.#left === null || bytes.length < this.#left) {
      if (this.#left !== null) this.#left -= bytes.length;
      to.write(bytes);
      return;
    }
    const last = bytes.subarray(0, this.#left);
    this.#left = 0;
    to.write(last, () => this.reset());
  }
}

/** A running relay; `await using` closes it and every connection through it. */
export class TcpRelay implements AsyncDisposable {
  /** Milliseconds that bytes take from now on, each way. */
  delay = 0;
  /** Bits per second from now on, each way, for all connections together. */
  rate = Infinity;
  /** Where pages connect to. */
  readonly origin: string;
  readonly #server: Server;
  readonly #lines = new Set<Line>();
  /** After how many bytes the next connection is reset; null: it is not. */
  #cutNext: number | null = null;
  /** When what is under way will have passed. */
  readonly #freeAt: Record<Way, number> = { up: 0, down: 0 };

  private constructor(server: Server, address: string, port: number) {
    this.#server = server;
    this.origin = `http://${address}:${port}`;
  }

  /** Listens, on a free port where none is named, and passes on to `target`, a port of this machine. */
  static async open(target: number, address = "127.0.0.1", on = 0): Promise<TcpRelay> {
    const server = createServer();
    const port = await new Promise<number>((done, failed) => {
      server.once("error", failed);
      server.listen(on, address, () => {
        const address = server.address();
        if (address !== null && typeof address === "object") done(address.port);
      });
    });
    const relay = new TcpRelay(server, address, port);
    server.on("connection", (near: Socket) => relay.#accept(near, target));
    return relay;
  }

  /** Resets every connection. */
  cut(): void {
    for (const line of this.#lines) line.reset();
  }

  /** Resets every connection once `bytes` more have passed through it. */
  cutAfter(bytes: number): void {
    for (const line of this.#lines) line.resetAfter(bytes);
  }

  /** Resets the next connection once `bytes` have passed through it. */
  cutNext(bytes: number): void {
    this.#cutNext = bytes;
  }

  /** What pages send through the connections of now reaches the server `ms` late; new ones are quick. */
  holdBack(ms: number): void {
    for (const line of this.#lines) line.late = ms;
  }

  /**
   * Pages lose the connections of now, and what they sent through them still arrives: after what they
   * send through new ones, if it was held back.
   */
  leaveBehind(): void {
    for (const line of this.#lines) line.leaveBehind();
  }

  /** Every connection of now is dead, and neither end is told; new ones work. */
  forget(): void {
    for (const line of this.#lines) line.forgotten = true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((done) => this.#server.close(done));
    this.cut();
    await closed;
  }

  /** Milliseconds until the last of `bytes` has left: after all that came before. */
  #queue(bytes: number, way: Way): number {
    const now = performance.now();
    const start = Math.max(now, this.#freeAt[way]);
    this.#freeAt[way] = start + bytes * 8_000 / this.rate;
    return this.#freeAt[way] - now;
  }

  #accept(near: Socket, target: number): void {
    const line = new Line(near, connect(target, "127.0.0.1"), (bytes, way) => {
      return this.delay + this.#queue(bytes, way);
    });
    this.#lines.add(line);
    if (this.#cutNext !== null) line.resetAfter(this.#cutNext);
    this.#cutNext = null;
    line.near.on("close", () => {
      if (line.far.destroyed) this.#lines.delete(line);
    });
    line.far.on("close", () => {
      if (line.near.destroyed) this.#lines.delete(line);
    });
  }
}
