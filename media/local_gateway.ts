/**
 * The media node inside this process. It is there at once and prepares itself in the background:
 * obtains the worker, then starts the node. The only way into mediasoup: import it dynamically.
 */
import type { MediaTicket } from "../protocol/messages.ts";
import {
  type Allowed,
  type IceServer,
  MEDIA_SOCKET_PATH,
  type Place,
  type TicketClaims,
} from "../protocol/media.ts";
import type { NodeLoad } from "../protocol/media_node.ts";
import type { NodeStanding } from "../protocol/media_port.ts";
import type { MediaStatus } from "../protocol/service.ts";
import { type MediaGateway, MediaUnavailable } from "./gateway.ts";
import { iceServersFrom, type TurnSettings } from "./ice_servers.ts";
import type { ListenOptions } from "./listen.ts";
import { MediaNode } from "./node.ts";
import type { OnProgress } from "./obtain/progress.ts";
import { StatusSource } from "./status.ts";
import { signProbeTicket, signTicket } from "./ticket.ts";
import { obtainWorker, type WorkerBinaryOptions } from "./worker_binary.ts";

/** How to make the node; `listen` is all that has no default. */
export interface LocalGatewayOptions {
  readonly listen: ListenOptions;
  readonly worker?: Omit<WorkerBinaryOptions, "signal">;
  readonly workers?: number;
  readonly iceServers?: readonly IceServer[];
  /** TURN servers to make credentials for. Default: none. */
  readonly turn?: TurnSettings | null;
  /** What tickets are signed with. Default: a new random one. */
  readonly secret?: string;
  /** The node's name. Default: a new random one. */
  readonly id?: string;
  /** Hears of obtaining the worker, e.g. `progressLine().report`. */
  readonly onProgress?: OnProgress;
}

/** The longest wait between two attempts to start the node, in milliseconds. */
const MAX_WAIT = 30_000;

/** Prepares a node in this process: {@link localGateway}. */
export class LocalGateway implements MediaGateway {
  readonly #options: LocalGatewayOptions;
  readonly #secret: string;
  readonly #id: string;
  readonly #status = new StatusSource({ state: "preparing", progress: 0 });
  readonly #stop = new AbortController();
  readonly #ready: Promise<void>;
  #node: MediaNode | null = null;
  #retry: ReturnType<typeof setTimeout> | undefined;
  /** The attempt to start the node after one that failed. */
  #trying: Promise<void> = Promise.resolve();

  constructor(options: LocalGatewayOptions) {
    this.#options = options;
    this.#secret = options.secret ?? crypto.randomUUID() + crypto.randomUUID();
    this.#id = options.id ?? crypto.randomUUID();
    this.#ready = this.#prepare();
  }

  /**
   * Settles when preparing is over, well or badly: `status` says which. A node that could not be
   * started is tried again afterwards.
   */
  get prepared(): Promise<void> {
    return this.#ready;
  }

  /** The process ids of the media workers that run. */
  get workerPids(): readonly number[] {
    return this.#node?.workerPids ?? [];
  }

  /** The name of the node, also while it is not ready. */
  get id(): string {
    return this.#id;
  }

  status(): MediaStatus {
    return this.#status.get();
  }

  onStatus(listener: (status: MediaStatus) => void): () => void {
    return this.#status.listen(listener);
  }

  nodeId(but: readonly string[] = []): string | null {
    return this.status().state === "ready" && !but.includes(this.#id) ? this.#id : null;
  }

  /** There is no other one to choose. */
  placed(): void {}

  standing(node: string): Promise<NodeStanding> {
    const here = node === this.#id && this.status().state !== "unavailable";
    return Promise.resolve(here ? "there" : "gone");
  }

  /** It leaves with its process, whose pages come back to another one. */
  onLeaving(): () => void {
    return () => {};
  }

  ticket(claims: TicketClaims): Promise<MediaTicket> {
    return this.#open(claims.move, (node) => {
      if (claims.node !== node) throw new MediaUnavailable("the media node of this call is gone");
      return signTicket(this.#secret, claims);
    });
  }

  probeTicket(device: string): Promise<MediaTicket> {
    return this.#open(0, (node) => signProbeTicket(this.#secret, { device, node }));
  }

  restrict(session: string, allowed: Allowed): void {
    this.#node?.restrict(session, allowed);
  }

  closeRoom(session: string, call?: number): void {
    this.#node?.closeRoom(session, call);
  }

  leaveRoom(session: string, place: Place): void {
    this.#node?.leaveRoom(session, place);
  }

  /** Resolves once no call is on the node. */
  async empty(): Promise<void> {
    await this.#node?.empty();
  }

  /** How busy the node is. */
  async load(): Promise<NodeLoad> {
    const { workers: cores = 1 } = this.#options;
    return await this.#node?.load() ?? { rooms: 0, peers: 0, cpu: 0, cores };
  }

  handle(request: Request): Response {
    return this.#node?.handle(request) ?? new Response("Calls are not ready.\n", { status: 503 });
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#ready;
    clearTimeout(this.#retry);
    await this.#trying;
    await this.#node?.close();
    this.#node = null;
    this.#status.set({ state: "unavailable", reason: "the server is shutting down" });
  }

  async #open(move: number, sign: (node: string) => Promise<string>): Promise<MediaTicket> {
    if (this.nodeId() === null) throw new MediaUnavailable("the media node is not ready");
    return { url: MEDIA_SOCKET_PATH, token: await sign(this.#id), node: this.#id, move };
  }

  async #prepare(): Promise<void> {
    try {
      const workerBin = await this.#obtain();
      this.#stop.signal.throwIfAborted();
      await this.#start(workerBin, 0);
    } catch (error) {
      this.#failed(error);
    }
  }

  /** A port that is taken, or a worker that dies as it starts, may be a matter of a moment. */
  async #start(workerBin: string, failures: number): Promise<void> {
    try {
      const node = await this.#startNode(workerBin);
      this.#node = node;
      node.onStatus((status) => this.#status.set(status));
      this.#status.set(node.status());
    } catch (error) {
      this.#failed(error);
      if (this.#stop.signal.aborted) return;
      const again = () => {
        this.#trying = this.#start(workerBin, failures + 1);
      };
      this.#retry = setTimeout(again, Math.min(MAX_WAIT, 500 * 2 ** failures));
    }
  }

  #failed(error: unknown): void {
    if (this.#stop.signal.aborted) return;
    const reason = error instanceof Error ? error.message : String(error);
    this.#status.set({ state: "unavailable", reason });
  }

  #obtain(): Promise<string> {
    const { worker, onProgress } = this.#options;
    return obtainWorker({ ...worker, signal: this.#stop.signal }, (progress) => {
      this.#status.set({ state: "preparing", progress: progress.progress });
      onProgress?.(progress);
    });
  }

  #startNode(workerBin: string): Promise<MediaNode> {
    const { listen, workers } = this.#options;
    const iceServers = iceServersFrom(this.#options.iceServers ?? [], this.#options.turn ?? null);
    const [secret, id] = [this.#secret, this.#id];
    return MediaNode.create({ workerBin, listen, secret, id, iceServers, workers });
  }
}

/** Starts preparing a node in this process. Never throws: see `status`. */
export function localGateway(options: LocalGatewayOptions): LocalGateway {
  return new LocalGateway(options);
}
