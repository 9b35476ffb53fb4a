/** Media nodes on other machines, run by `deno task media`, that register with the web processes. */
import { log, logFailure } from "../log/log.ts";
import type { MediaTicket } from "../protocol/messages.ts";
import {
  type Allowed,
  MEDIA_SOCKET_PATH,
  type Place,
  type TicketClaims,
} from "../protocol/media.ts";
import {
  chooseNode,
  isLive,
  isNewer,
  NODE_LEASE_MS,
  NODE_RENEW_MS,
  type NodeLease,
  type NodeReport,
  type Registered,
} from "../protocol/media_node.ts";
import type { NodeStanding } from "../protocol/media_port.ts";
import type { MediaStatus } from "../protocol/service.ts";
import type { ControlCommand } from "./control.ts";
import { type MediaGateway, MediaUnavailable } from "./gateway.ts";
import { commandNode, probeNode } from "./node_client.ts";
import { Placed } from "./placed.ts";
import { registrationHandler } from "./registration.ts";
import { StatusSource } from "./status.ts";
import { signProbeTicket, signTicket } from "./ticket.ts";
import { Untold } from "./untold.ts";

/** Where all web processes keep what nodes say; see store/media_nodes.ts. */
export interface NodeBook {
  register(report: NodeReport): Promise<Registered>;
  list(): Promise<NodeLease[]>;
  foundSilent(known: NodeLease): Promise<void>;
}

/** How a web process finds nodes. */
export interface NodesGatewayOptions {
  /** MEDIA_SECRET, the same as the nodes'. */
  readonly secret: string;
  /** MEDIA_NODES: the addresses nodes may have. */
  readonly origins: readonly string[];
  /** MEDIA_LOCATION of this web process: pages come to the one that is near them. */
  readonly location: string | null;
  readonly book: NodeBook;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const NONE: MediaStatus = { state: "unavailable", reason: "No media node is registered." };

/** The nodes as one web process sees them. */
export class NodesGateway implements MediaGateway {
  readonly #options: NodesGatewayOptions;
  readonly #status = new StatusSource({ state: "preparing", progress: 0 });
  readonly #leaving = new Set<(node: string) => void>();
  readonly #register: (request: Request) => Promise<Response>;
  readonly #made = performance.now();
  /** Nodes that are being asked whether they are there: whoever wants to know hears the same. */
  readonly #asked = new Map<string, Promise<boolean>>();
  readonly #untold = new Untold();
  /** Nodes that are being told what they could not be told before. */
  readonly #catchingUp = new Set<string>();
  #nodes = new Map<string, NodeLease>();
  readonly #placed = new Placed();
  #reading: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(options: NodesGatewayOptions) {
    this.#options = options;
    const { secret, origins } = options;
    this.#register = registrationHandler({
      ...{ secret, origins },
      register: (report) => this.#take(report),
      others: (node) => this.#ready(node),
    });
    this.#keepReading();
  }

  status(): MediaStatus {
    return this.#status.get();
  }

  onStatus(listener: (status: MediaStatus) => void): () => void {
    return this.#status.listen(listener);
  }

  onLeaving(listener: (node: string) => void): () => void {
    this.#leaving.add(listener);
    return () => this.#leaving.delete(listener);
  }

  nodeId(but: readonly string[] = []): string | null {
    const { location: near, now } = this.#options;
    const others = [...this.#nodes.values()].filter(({ id }) => !but.includes(id));
    const counted = others.map((node) => {
      const rooms = node.load.rooms + this.#placed.of(node.id);
      return { ...node, load: { ...node.load, rooms } };
    });
    return chooseNode(counted, { near, now: now() });
  }

  placed(node: string): void {
    this.#placed.add(node);
  }

  async standing(id: string, lost: boolean): Promise<NodeStanding> {
    const known = this.#known(id);
    // Another process may have heard of it meanwhile, of a new node too.
    if (known === null || lost) await this.#refresh();
    const node = this.#known(id);
    if (node === null || node.state === "unavailable") return "gone";
    if (lost && !await this.#ask(node)) return "gone";
    return node.state === "draining" ? "leaving" : "there";
  }

  async ticket(claims: TicketClaims): Promise<MediaTicket> {
    const node = this.#known(claims.node);
    if (node === null) throw new MediaUnavailable("the media node of this call is gone");
    return ticketTo(node, claims.move, await signTicket(this.#options.secret, claims));
  }

  async probeTicket(device: string): Promise<MediaTicket> {
    const node = this.#known(this.nodeId() ?? "");
    if (node === null) throw new MediaUnavailable("no media node is registered");
    const token = await signProbeTicket(this.#options.secret, { device, node: node.id });
    return ticketTo(node, 0, token);
  }

  restrict(session: string, allowed: Allowed, node: string): Promise<void> {
    return this.#command(node, { type: "restrict", session, allowed });
  }

  closeRoom(session: string, call: number, node: string): Promise<void> {
    return this.#command(node, { type: "close_room", session, call });
  }

  async leaveRoom(session: string, { call, move }: Place, node: string): Promise<void> {
    // One that is dead has no room any more, one that stands still is told when it goes on.
    await this.#command(node, { type: "leave_room", session, call, move }).catch(() => {});
  }

  register(request: Request): Promise<Response> {
    return this.#register(request);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#reading;
  }

  // --- what is known of nodes ----------------------------------------------------------------------

  /** A node that lives, as far as is known here. */
  #known(id: string): NodeLease | null {
    const node = this.#nodes.get(id);
    return node !== undefined && isLive(node, this.#options.now()) ? node : null;
  }

  /** How many nodes but this one calls can go to. */
  #ready(but: string): number {
    return [...this.#nodes.values()].filter(({ id, state }) =>
      id !== but && state === "ready" && this.#known(id) !== null
    ).length;
  }

  #ask(node: NodeLease): Promise<boolean> {
    const asked = this.#asked.get(node.id) ??
      this.#answers(node).finally(() => this.#asked.delete(node.id));
    this.#asked.set(node.id, asked);
    return asked;
  }

  /** Whether the node itself says that it is there; if not, no process counts on it from now on. */
  async #answers(node: NodeLease): Promise<boolean> {
    const state = await probeNode(node);
    // Between two workers it says "preparing": it will be ready before anybody found another one.
    if (state === "ready" || state === "preparing") return true;
    log("media_node_silent", { node: node.id });
    if (this.#nodes.get(node.id) === node) this.#nodes.set(node.id, { ...node, silent: true });
    this.#tell();
    await this.#options.book.foundSilent(node).catch((error: unknown) => {
      logFailure("media_node_not_noted", error);
    });
    return false;
  }

  #command(id: string, command: ControlCommand): Promise<void> {
    return this.#untold.tell(id, command, async () => {
      const node = this.#known(id);
      if (node === null) throw new MediaUnavailable("the media node of this call is gone");
      await commandNode(this.#options.secret, node, command);
    });
  }

  /** A node is there (again): says what it could not be told, until that fails once more. */
  async #catchUp(node: string): Promise<void> {
    if (this.#closed || this.#catchingUp.has(node)) return;
    this.#catchingUp.add(node);
    try {
      for (let next; (next = this.#untold.next(node)) !== null;) await this.#command(node, next);
    } catch {
      // It waits for the next time.
    } finally {
      this.#catchingUp.delete(node);
    }
  }

  async #take(report: NodeReport): Promise<Registered> {
    const registered = await this.#options.book.register(report);
    if (registered.kind === "stale") return registered;
    // A reading under way may have been too early.
    await this.#reading;
    await this.#refresh();
    return registered;
  }

  #keepReading(): void {
    if (this.#closed) return;
    this.#refresh().finally(() => {
      if (!this.#closed) this.#timer = setTimeout(() => this.#keepReading(), NODE_RENEW_MS);
    });
  }

  /** Reads what all processes know; a read that fails leaves what was known. Never rejects. */
  #refresh(): Promise<void> {
    return this.#reading ??= this.#read().catch((error: unknown) => {
      if (!this.#closed) logFailure("media_nodes_not_read", error);
    }).finally(() => this.#reading = null);
  }

  async #read(): Promise<void> {
    const before = this.#nodes;
    const listed = await this.#options.book.list();
    this.#nodes = new Map(listed.map((node) => [node.id, node]));
    for (const node of listed) {
      const known = before.get(node.id);
      // Silence that was found here and is not written down yet.
      if (known?.silent && !isNewer(node, known)) this.#nodes.set(node.id, known);
    }
    this.#tell();
    for (const { id, state } of this.#nodes.values()) {
      if (this.#known(id) === null) continue;
      if (state === "draining") this.#announceLeaving(id);
      void this.#catchUp(id);
    }
  }

  /** At every reading: calls that could not go elsewhere before may be able to now. */
  #announceLeaving(node: string): void {
    for (const listener of [...this.#leaving]) listener(node);
  }

  #tell(): void {
    const live = [...this.#nodes.values()].filter(({ id }) => this.#known(id) !== null);
    if (live.some(({ state }) => state === "ready")) return this.#status.set({ state: "ready" });
    // After a start it takes nodes a moment to register anew.
    const early = performance.now() - this.#made < NODE_LEASE_MS;
    const preparing = early || live.some(({ state }) => state === "preparing");
    this.#status.set(preparing ? { state: "preparing", progress: 0 } : NONE);
  }
}

function ticketTo({ id, url }: NodeLease, move: number, token: string): MediaTicket {
  const socket = new URL(MEDIA_SOCKET_PATH, url);
  socket.protocol = socket.protocol === "https:" ? "wss:" : "ws:";
  return { url: socket.href, token, node: id, move };
}
