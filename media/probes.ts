/**
 * Pages that try the ways to this node and do nothing else: WebRTC transports without media, a few per
 * device, for a few seconds. That a transport connects (ICE and DTLS) is the proof.
 */
import type { types } from "mediasoup";
import { reject, type Rejection } from "../protocol/errors.ts";
import type { Allowed } from "../protocol/media.ts";
import { type Answer, answer } from "./answer.ts";
import type { IceServers } from "./ice_servers.ts";
import type { Membership } from "./membership.ts";
import type { PeerRequest, PeerSocket } from "./peer.ts";
import type { WorkerSlot } from "./worker_slot.ts";

/** A page tries all ways at once; after this many milliseconds it knows. */
const LIFETIME = 20_000;
/** One transport for each way: UDP, TCP, TURN. */
const MAX_TRANSPORTS = 3;
/** So many devices at once on one node; more come back a little later. */
const MAX_PROBES = 64;

const NOTHING: Allowed = { voice: false, video: false };

/** The probes of one node: at most one per device. */
export class Probes {
  readonly #iceServers: IceServers;
  /** By device. */
  readonly #probes = new Map<string, Probe>();

  constructor(iceServers: IceServers) {
    this.#iceServers = iceServers;
  }

  /** Lets a page of `device` in, in the place of another one. Rejects while there is no room. */
  async enter(device: string, slot: WorkerSlot, socket: PeerSocket): Promise<Membership> {
    this.#probes.get(device)?.end("replaced");
    if (this.#probes.size >= MAX_PROBES) throw new Error("too many probes at once");
    const probe = new Probe(slot, socket, () => {
      if (this.#probes.get(device) === probe) this.#probes.delete(device);
    });
    this.#probes.set(device, probe);
    await probe.opened;
    socket.send({
      type: "joined",
      send: NOTHING,
      rtpCapabilities: {},
      iceServers: this.#iceServers(),
    });
    return { peer: probe, renew: () => Promise.resolve(false), leave: () => probe.close() };
  }

  /** Lets all of them go. */
  close(): void {
    for (const probe of [...this.#probes.values()]) probe.end("shutting_down");
  }
}

class Probe {
  readonly allowed = NOTHING;
  /** Rejects where there is no worker. */
  readonly opened: Promise<void>;
  readonly #socket: PeerSocket;
  readonly #onClosed: () => void;
  readonly #timer: ReturnType<typeof setTimeout>;
  #opened: { readonly router: types.Router; readonly server: types.WebRtcServer } | null = null;
  #transports = 0;
  #closed = false;

  constructor(slot: WorkerSlot, socket: PeerSocket, onClosed: () => void) {
    this.#socket = socket;
    this.#onClosed = onClosed;
    this.#timer = setTimeout(() => this.end("call_over"), LIFETIME);
    this.opened = this.#open(slot);
  }

  async handle(request: PeerRequest): Promise<Answer | Rejection> {
    if (request.type !== "probe") return reject("forbidden");
    const opened = this.#opened;
    if (opened === null || this.#closed || this.#transports === MAX_TRANSPORTS) {
      return reject("bad_request");
    }
    this.#transports++;
    try {
      const transport = await opened.router.createWebRtcTransport({
        webRtcServer: opened.server,
        enableUdp: true,
        enableTcp: true,
      });
      const dtlsParameters = request.dtlsParameters as unknown as types.DtlsParameters;
      await transport.connect({ dtlsParameters });
      const { iceParameters, iceCandidates, dtlsParameters: own } = transport;
      return answer({ iceParameters, iceCandidates, dtlsParameters: own });
    } catch {
      return reject("bad_request"); // mediasoup throws on parameters that make no sense.
    }
  }

  /** Ends it and tells the page why. */
  end(reason: "replaced" | "call_over" | "shutting_down"): void {
    if (this.#closed) return;
    this.close();
    this.#socket.close(reason);
  }

  /** The page is gone, or has to go. Idempotent. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#timer);
    // Its transports close with it.
    this.#opened?.router.close();
    this.#onClosed();
  }

  async #open(slot: WorkerSlot): Promise<void> {
    try {
      this.#opened = await slot.createRouter([]);
    } catch (error) {
      this.close();
      throw error;
    }
    if (this.#closed) this.#opened.router.close();
  }
}
