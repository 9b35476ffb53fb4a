/** One call on a media node: a router and at most one page of each side. */
import type { types } from "mediasoup";
import type { CloseReason } from "../protocol/errors.ts";
import type { Allowed, TicketClaims } from "../protocol/media.ts";
import { mayTell } from "../protocol/peer_messages.ts";
import { otherSide, type Side } from "../protocol/receipts.ts";
import { INITIAL_OUTGOING_BITRATE, MAX_INCOMING_BITRATE, ROUTER_CODECS } from "./codecs.ts";
import type { IceServers } from "./ice_servers.ts";
import { Peer, type PeerPorts, type PeerSocket } from "./peer.ts";
import type { Sent } from "./sent.ts";
import type { WorkerSlot } from "./worker_slot.ts";

/** How a room is made. */
export interface RoomOptions {
  readonly slot: WorkerSlot;
  readonly iceServers: IceServers;
  /** What the administrator allows in this room now. */
  readonly allowed: () => Allowed;
  /** The last page left, or the room was closed: called once. */
  readonly onClosed: () => void;
}

/** The pages of one call: {@link Room.create}. */
export class Room {
  readonly #options: RoomOptions;
  readonly #router: types.Router;
  readonly #server: types.WebRtcServer;
  readonly #peers = new Map<Side, Peer>();
  #closed = false;

  /** Opens a room on the slot's worker. Rejects while that has none. */
  static async create(options: RoomOptions): Promise<Room> {
    const { router, server } = await options.slot.createRouter(ROUTER_CODECS);
    return new Room(options, router, server);
  }

  private constructor(options: RoomOptions, router: types.Router, server: types.WebRtcServer) {
    this.#options = options;
    this.#router = router;
    this.#server = server;
    // Its worker died between the two steps of `create`: nobody else will say so.
    if (router.closed) this.close("shutting_down");
  }

  /** How many pages are in it. */
  get size(): number {
    return this.#peers.size;
  }

  /** Whether nobody can join any more. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Whether the worker under this room is gone. */
  get lost(): boolean {
    return this.#router.closed;
  }

  /** Takes a page in. Another page of the same side leaves: "replaced". */
  join(claims: TicketClaims, socket: PeerSocket): Peer {
    const { side } = claims;
    const before = this.#peers.get(side);
    const peer = new Peer(socket, claims.send, this.#ports(side));
    this.#peers.set(side, peer);
    before?.close("replaced");
    peer.notify({
      type: "joined",
      send: peer.allowed,
      rtpCapabilities: { ...this.#router.rtpCapabilities },
      iceServers: this.#options.iceServers(),
    });
    peer.notify({ type: "peer", present: this.#peers.has(otherSide(side)) });
    this.#peers.get(otherSide(side))?.notify({ type: "peer", present: true });
    return peer;
  }

  /** The page of `peer` is gone; the last one out closes the room. */
  leave(side: Side, peer: Peer): void {
    peer.close();
    if (this.#closed) return;
    if (this.#peers.get(side) !== peer) return;
    this.#peers.delete(side);
    this.#peers.get(otherSide(side))?.notify({ type: "peer", present: false });
    if (this.#peers.size === 0) this.close("call_over");
  }

  /** Stops what may no longer be sent (M1). */
  enforce(): void {
    for (const peer of this.#peers.values()) peer.enforce();
  }

  /** Lets every page go for `reason`. Idempotent. */
  close(reason: CloseReason): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const peer of this.#peers.values()) peer.close(reason);
    this.#peers.clear();
    this.#router.close();
    this.#options.onClosed();
  }

  #ports(side: Side): PeerPorts {
    return {
      router: this.#router,
      iceServers: this.#options.iceServers,
      createTransport: () => this.#createTransport(),
      allowed: this.#options.allowed,
      produced: (sent) => this.#offer(otherSide(side), [sent]),
      receives: () => this.#offer(side, this.#peers.get(otherSide(side))?.sent ?? []),
      there: async () => await this.#peers.get(otherSide(side))?.seen() ?? null,
      wanted: (producer, spatial) => {
        const message = { type: "producer_layers", producer, spatial } as const;
        this.#peers.get(otherSide(side))?.notify(message);
      },
      mayTell: (message) => mayTell(side, message),
      tell: (message) => {
        const other = this.#peers.get(otherSide(side));
        other?.notify({ type: "told", message });
        return other !== undefined;
      },
    };
  }

  async #createTransport(): Promise<types.WebRtcTransport> {
    const transport = await this.#router.createWebRtcTransport({
      webRtcServer: this.#server,
      enableUdp: true,
      enableTcp: true,
      preferUdp: true,
      initialAvailableOutgoingBitrate: INITIAL_OUTGOING_BITRATE,
    });
    await transport.setMaxIncomingBitrate(MAX_INCOMING_BITRATE);
    return transport;
  }

  #offer(to: Side, all: Iterable<Sent>): void {
    const peer = this.#peers.get(to);
    for (const sent of all) {
      // Either end may close meanwhile; then there is nothing to offer.
      peer?.offer(sent).catch(() => {});
    }
  }
}
