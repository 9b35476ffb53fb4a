/**
 * A media node: workers, the rooms on them and the pages in those. It reads no session: all it knows
 * of one is in the tickets that pages bring and in what web processes tell it.
 */
import type { CloseReason } from "../protocol/errors.ts";
import { type Allowed, comparePlaces, type Place, type TicketClaims } from "../protocol/media.ts";
import type { NodeLoad } from "../protocol/media_node.ts";
import type { MediaStatus } from "../protocol/service.ts";
import type { IceServers } from "./ice_servers.ts";
import type { ListenOptions } from "./listen.ts";
import type { Membership } from "./membership.ts";
import { SessionMemory } from "./memory.ts";
import type { Peer, PeerSocket } from "./peer.ts";
import { Probes } from "./probes.ts";
import { Room } from "./room.ts";
import { type Lobby, serveUpgrade } from "./socket.ts";
import { StatusSource } from "./status.ts";
import { TicketChecker } from "./ticket.ts";
import { WorkerSlot } from "./worker_slot.ts";

/** How a node is made. */
export interface MediaNodeOptions {
  /** The mediasoup-worker executable, from `obtainWorker`. */
  readonly workerBin: string;
  readonly listen: ListenOptions;
  /** What tickets for this node are signed with; 32 characters or more. */
  readonly secret: string;
  /** What tickets and sessions call this node. */
  readonly id: string;
  /** What pages are told to find a way through NAT. */
  readonly iceServers: IceServers;
  /** How many workers, each with a core and a port of its own. Default 1. */
  readonly workers?: number;
}

/** How long pages have to leave a room by themselves whose call has moved, in milliseconds. */
const LEAVE_MS = 5_000;

/** A room, or the one being opened: everybody who joins waits for the same. */
interface Entry {
  readonly place: Place;
  readonly room: Promise<Room>;
}

/** The owner of workers and rooms: {@link MediaNode.create}. */
export class MediaNode {
  readonly #options: MediaNodeOptions;
  readonly #tickets: TicketChecker;
  readonly #rooms = new Map<string, Entry>();
  readonly #memory = new SessionMemory((session) => this.#rooms.has(session));
  readonly #status = new StatusSource({ state: "preparing", progress: 1 });
  readonly #probes: Probes;
  readonly #lobby: Lobby = new Set();
  #slots: readonly WorkerSlot[] = [];
  /** Who waits for the last room to close. */
  #onEmpty: (() => void)[] = [];
  #closed = false;

  /** Starts the workers. Rejects with a sentence when one cannot be started or cannot listen. */
  static async create(options: MediaNodeOptions): Promise<MediaNode> {
    const node = new MediaNode(options);
    await node.#start();
    return node;
  }

  private constructor(options: MediaNodeOptions) {
    this.#options = options;
    this.#tickets = new TicketChecker(options.secret, options.id);
    this.#probes = new Probes(options.iceServers);
  }

  /** What tickets and sessions call this node. */
  get id(): string {
    return this.#options.id;
  }

  /** The process ids of the workers that run. */
  get workerPids(): number[] {
    return this.#slots.flatMap(({ pid }) => pid ?? []);
  }

  /** Whether calls can be made now: while one worker runs, they can. */
  status(): MediaStatus {
    return this.#status.get();
  }

  /** Calls `listener` at every change of status; returns what stops that. */
  onStatus(listener: (status: MediaStatus) => void): () => void {
    return this.#status.listen(listener);
  }

  /** Serves the WebSocket of a page. */
  handle(request: Request): Response {
    return serveUpgrade(request, (token, socket) => this.join(token, socket), this.#lobby);
  }

  /**
   * Takes a page into the room its ticket names. Null: the ticket is not good for that. Rejects
   * while there is no worker to open the room on; the page may come again.
   */
  async join(token: string, socket: PeerSocket): Promise<Membership | null> {
    if (this.#closed) throw new Error("this node is closed");
    const claims = await this.#tickets.use(token, (claims) => this.#isCurrent(claims));
    if (claims === null) return await this.#probe(token, socket);
    while (this.#isCurrent(claims)) {
      const room = await this.#entryFor(claims).room;
      // The last page may have left, or the call may have ended, while this one waited.
      if (!room.closed && this.#isCurrent(claims)) return this.#enter(room, claims, socket);
    }
    return null;
  }

  /** Lets a page in that only tries the ways here; null: its token is no ticket for that either. */
  async #probe(token: string, socket: PeerSocket): Promise<Membership | null> {
    const claims = await this.#tickets.useProbe(token);
    if (claims === null) return null;
    const slot = this.#leastBusySlot();
    if (slot === null) throw new Error("there is no worker now");
    return await this.#probes.enter(claims.device, slot, socket);
  }

  /** Only `allowed` may be sent in the session's room from now on. */
  restrict(session: string, allowed: Allowed): void {
    this.#memory.restrict(session, allowed);
    this.#whenOpen(session, (room) => room.enforce());
  }

  /** Ends calls up to `call` (default: the one going on) and lets their pages go. */
  closeRoom(session: string, call = this.#rooms.get(session)?.place.call): void {
    if (call === undefined) return;
    // Whatever tickets of this call say, it moves no more.
    this.#endPlaces(session, { call, move: Number.MAX_SAFE_INTEGER }, "call_over");
  }

  /** The call goes on elsewhere: nobody comes in any more, and whoever stays is let go soon. */
  leaveRoom(session: string, place: Place): void {
    this.#memory.end(session, place);
    const timer = setTimeout(() => this.#endPlaces(session, place, "moved"), LEAVE_MS);
    Deno.unrefTimer(timer);
  }

  #endPlaces(session: string, last: Place, reason: CloseReason): void {
    this.#memory.end(session, last);
    const entry = this.#rooms.get(session);
    if (entry === undefined || comparePlaces(entry.place, last) > 0) return;
    this.#rooms.delete(session);
    closeWhenOpen(entry, reason);
    this.#mayBeEmpty();
  }

  /** Resolves once no call is here. */
  empty(): Promise<void> {
    return new Promise((resolve) => {
      this.#onEmpty.push(resolve);
      this.#mayBeEmpty();
    });
  }

  #mayBeEmpty(): void {
    if (this.#rooms.size > 0) return;
    for (const resolve of this.#onEmpty.splice(0)) resolve();
  }

  /** How busy this node is. */
  async load(): Promise<NodeLoad> {
    const opened = await Promise.allSettled([...this.#rooms.values()].map(({ room }) => room));
    const rooms = opened.flatMap((one) => one.status === "fulfilled" ? one.value : []);
    const used = await Promise.all(this.#slots.map((slot) => slot.use()));
    return {
      rooms: rooms.length,
      peers: rooms.reduce((sum, room) => sum + room.size, 0),
      cpu: Math.min(1, used.reduce((sum, one) => sum + one, 0) / this.#slots.length),
      cores: this.#slots.length,
    };
  }

  /** Lets every page go ("shutting_down") and ends the workers; resolves when they are gone. Idempotent. */
  async close(): Promise<void> {
    this.#closed = true;
    const told = [...this.#rooms.values()].map((entry) => closeWhenOpen(entry, "shutting_down"));
    this.#rooms.clear();
    this.#memory.clear();
    this.#probes.close();
    await Promise.all([...told, ...this.#slots.map((slot) => slot.close())]);
  }

  async #start(): Promise<void> {
    const { workerBin, listen, workers = 1 } = this.#options;
    const starting = Array.from({ length: workers }, (_, index) => {
      const onDeath = () => this.#workerDied();
      return WorkerSlot.create({ workerBin, listen, index, onDeath, onChange: () => this.#tell() });
    });
    const started = await Promise.allSettled(starting);
    this.#slots = started.flatMap((one) => one.status === "fulfilled" ? one.value : []);
    const failed = started.find((one) => one.status === "rejected");
    if (failed !== undefined) {
      await this.close();
      throw failed.reason;
    }
    this.#tell();
  }

  /** Rooms on a dead worker let their pages go; those come back with fresh tickets. */
  #workerDied(): void {
    this.#tell();
    for (const session of this.#rooms.keys()) {
      this.#whenOpen(session, (room) => {
        if (room.lost) room.close("shutting_down");
      });
    }
  }

  #tell(): void {
    if (this.#slots.some(({ alive }) => alive)) return this.#status.set({ state: "ready" });
    const reason = this.#slots.find(({ problem }) => problem !== null)?.problem;
    if (reason) this.#status.set({ state: "unavailable", reason });
    else this.#status.set({ state: "preparing", progress: 1 });
  }

  /** A ticket of a call that is over, or was followed by another, opens nothing. */
  #isCurrent(claims: TicketClaims): boolean {
    if (this.#memory.isOver(claims.session, claims)) return false;
    const entry = this.#rooms.get(claims.session);
    return entry === undefined || comparePlaces(claims, entry.place) >= 0;
  }

  #enter(room: Room, claims: TicketClaims, socket: PeerSocket): Membership {
    const peer = room.join(claims, socket);
    return {
      peer,
      renew: (fresh) => this.#renew(claims, peer, fresh),
      leave: () => room.leave(claims.side, peer),
    };
  }

  #entryFor({ session, call, move }: TicketClaims): Entry {
    const place = { call, move };
    const entry = this.#rooms.get(session);
    if (entry !== undefined) {
      if (comparePlaces(entry.place, place) === 0) return entry;
      closeWhenOpen(entry, entry.place.call === call ? "moved" : "call_over");
    }
    const opened: Entry = { place, room: this.#open(session, () => forget()) };
    const forget = () => {
      if (this.#rooms.get(session) !== opened) return;
      this.#rooms.delete(session);
      this.#mayBeEmpty();
    };
    opened.room.catch(forget);
    this.#rooms.set(session, opened);
    return opened;
  }

  #open(session: string, onClosed: () => void): Promise<Room> {
    const slot = this.#leastBusySlot();
    if (slot === null) return Promise.reject(new Error("there is no worker now"));
    return Room.create({
      slot,
      iceServers: this.#options.iceServers,
      allowed: () => this.#memory.allowed(session),
      onClosed,
    });
  }

  #leastBusySlot(): WorkerSlot | null {
    return this.#slots.filter(({ alive }) => alive)
      .reduce<WorkerSlot | null>((a, b) => a === null || b.rooms < a.rooms ? b : a, null);
  }

  async #renew(claims: TicketClaims, peer: Peer, token: string): Promise<boolean> {
    const fresh = await this.#tickets.use(token, (other) => samePlace(claims, other));
    if (fresh === null) return false;
    peer.renew(fresh.send);
    return true;
  }

  #whenOpen(session: string, work: (room: Room) => void): void {
    this.#rooms.get(session)?.room.then(work, () => {});
  }
}

function closeWhenOpen(entry: Entry, reason: CloseReason): Promise<void> {
  return entry.room.then((room) => room.close(reason), () => {});
}

function samePlace(a: TicketClaims, b: TicketClaims): boolean {
  return a.session === b.session && comparePlaces(a, b) === 0 && a.side === b.side &&
    a.client === b.client;
}
