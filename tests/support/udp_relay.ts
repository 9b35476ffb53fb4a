/**
 * A network between one person's pages and the media node that can be made bad: it passes on UDP
 * packets like a NAT, one port at the node's side for each at the page's, and can limit, lose or hold
 * back what it passes on. Loopback only, so pages and node must be on this machine.
 */
import { createSocket, type Socket } from "node:dgram";

/** What a network does to packets, both ways alike. */
export interface Network {
  /** Bits per second each way, IP and UDP headers included; Infinity: as fast as they come. */
  readonly rate: number;
  /** The part of the packets that is lost, 0 to 1. */
  readonly loss: number;
  /** Nothing gets through. */
  readonly blocked: boolean;
}

/** A network nobody complains about. */
export const GOOD: Network = { rate: Infinity, loss: 0, blocked: false };

/** IPv4 and UDP headers, in bytes. */
const HEADERS = 28;
/** A queue longer than this many milliseconds drops what comes, as routers do. */
const MAX_QUEUE_MS = 400;
/** More ports than one person's pages ever have. */
const MAX_FLOWS = 256;

/** One direction: packets leave one after the other, at the rate of the moment. */
class Direction {
  /** When the last packet of the queue will have left. */
  #freeAt = 0;
  readonly #waiting = new Set<ReturnType<typeof setTimeout>>();

  /** Passes a packet of `size` bytes on by calling `send`: now, later or never. */
  pass(size: number, { rate, loss, blocked }: Network, send: () => void): void {
    if (blocked || Math.random() < loss) return;
    if (rate === Infinity) return send();
    const now = performance.now();
    const start = Math.max(now, this.#freeAt);
    if (start - now > MAX_QUEUE_MS) return;
    this.#freeAt = start + (size + HEADERS) * 8_000 / rate;
    const timer = setTimeout(() => {
      this.#waiting.delete(timer);
      send();
    }, this.#freeAt - now);
    this.#waiting.add(timer);
  }

  /** Whatever still waits is lost. */
  close(): void {
    for (const timer of this.#waiting) clearTimeout(timer);
  }
}

/** A running relay; `await using` closes it. */
export class UdpRelay implements AsyncDisposable {
  /** How it treats packets from now on. */
  network: Network = GOOD;
  /** How many packets came from elsewhere than `only`. */
  refused = 0;
  readonly #socket: Socket;
  readonly #target: string;
  readonly #port: number;
  readonly #flows = new Map<number, Promise<Socket>>();
  readonly #up = new Direction();
  readonly #down = new Direction();

  private constructor(socket: Socket, target: string, port: number, only: string | undefined) {
    this.#socket = socket;
    this.#target = target;
    this.#port = port;
    socket.on("message", (packet: Uint8Array, { address, port }) => {
      if (only !== undefined && address !== only) return void this.refused++;
      const send = () => void this.#toNode(packet, address, port);
      this.#up.pass(packet.length, this.network, send);
    });
  }

  /**
   * Listens on `port` of `address` and passes on to the same port of `target`; where `only` names an
   * address, as a firewall that lets nothing in from anywhere else.
   */
  static async open(
    address: string,
    target: string,
    port: number,
    only?: string,
  ): Promise<UdpRelay> {
    return new UdpRelay(await bound(address, port), target, port, only);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#up.close();
    this.#down.close();
    this.#socket.close();
    for (const socket of await Promise.all(this.#flows.values())) socket.close();
  }

  async #toNode(packet: Uint8Array, address: string, port: number): Promise<void> {
    const socket = await this.#flow(address, port);
    socket.send(packet, this.#port, this.#target);
  }

  /** The port at the node's side for this one at the page's. */
  #flow(address: string, port: number): Promise<Socket> {
    const known = this.#flows.get(port);
    if (known !== undefined) return known;
    if (this.#flows.size >= MAX_FLOWS) throw new Error("more ports than one person's pages have");
    const flow = bound(this.#target, 0).then((socket) => {
      return socket.on("message", (packet: Uint8Array) => {
        const send = () => this.#socket.send(packet, port, address);
        this.#down.pass(packet.length, this.network, send);
      });
    });
    this.#flows.set(port, flow);
    return flow;
  }
}

function bound(address: string, port: number): Promise<Socket> {
  return new Promise((done, failed) => {
    const socket = createSocket("udp4");
    socket.once("error", failed);
    socket.bind(port, address, () => done(socket));
  });
}
