/** The two WebRTC transports of a link, and whether anything gets through them. */
import type { Device, types } from "mediasoup-client";
import type { IceServer } from "../../protocol/media.ts";
import type { MediaAnswers, MediaSocket } from "./media_socket.ts";
import {
  type PathEvent,
  type PathVerdict,
  type PathWatch,
  SILENCE_MS,
  type Traffic,
  UNWATCHED,
  watchPath,
} from "./path_watch.ts";
import type { LinkReading } from "./quality_rating.ts";
import type { Reading } from "./stats.ts";

/** Who hears how the paths are. */
export interface PathEvents {
  /** Everything in use gets through, or not. */
  healthy(healthy: boolean): void;
  /** They cannot be mended: start all over. */
  broken(): void;
  /** Whether this page reaches its web process, as far as is known: if not, its network is gone. */
  reachable(): boolean;
}

/** Of a node that is there, the answer to a restart takes a round trip; after this, in ms, it is not. */
const RESTART_PATIENCE = 4_000;
/** A new connection takes several round trips: what was asked before it is overdue, but for this, in ms. */
const REACHED_PATIENCE = 250;

/** The way out and the way in: {@link Paths.open}. */
export class Paths {
  readonly #socket: MediaSocket;
  readonly #events: PathEvents;
  readonly #watches = new Map<types.Transport, PathWatch>();
  readonly #restarting = new Set<types.Transport>();
  /** Requests for a restart that the node has not answered yet, and of what. */
  readonly #asked = new Map<Promise<MediaAnswers["restart_ice"]>, types.Transport>();
  /** Those that have worked before. */
  readonly #proven = new Set<types.Transport>();

  /** Opens both on the node. Rejects with `MediaRefused` or `MediaLost`. */
  static async open(
    socket: MediaSocket,
    device: Device,
    servers: readonly IceServer[],
    events: PathEvents,
  ): Promise<Paths> {
    const [send, receive] = await Promise.all([
      socket.request({ type: "transport", direction: "send" }),
      socket.request({ type: "transport", direction: "receive" }),
    ]);
    const iceServers = toRtc(servers);
    return new Paths(
      socket,
      events,
      device.createSendTransport({ ...send, iceServers }),
      device.createRecvTransport({ ...receive, iceServers }),
    );
  }

  private constructor(
    socket: MediaSocket,
    events: PathEvents,
    readonly send: types.Transport,
    readonly receive: types.Transport,
  ) {
    this.#socket = socket;
    this.#events = events;
    this.#announceProducers();
    for (const transport of this.#both) this.#watch(transport);
  }

  /** This is what went through by now. */
  measured({ at, send, receive }: LinkReading): void {
    const verdicts = [
      this.#heed(this.send, { kind: "traffic", at, traffic: trafficOf(send) }),
      this.#heed(this.receive, { kind: "traffic", at, traffic: trafficOf(receive) }),
    ];
    // Little is sent on the way in, so it would be noticed late that nothing is answered there.
    if (verdicts.includes("restart")) {
      for (const transport of this.#both) this.#heed(transport, { kind: "doubted", at });
    }
    this.#tell();
  }

  /** The device is on another network: looks for new paths at once. */
  networkChanged(): void {
    const at = performance.now();
    for (const transport of this.#both) this.#heed(transport, { kind: "network", at });
  }

  /** Nothing has come over either of them for some time. */
  get silent(): boolean {
    return this.#both.every((transport) => this.#isSilent(transport));
  }

  /** Another server was reached just now: a node that was asked before and has not answered is gone. */
  reached(): void {
    for (const asked of this.#asked.keys()) {
      setTimeout(() => this.#miss(asked), REACHED_PATIENCE);
    }
  }

  /** Closes both. */
  close(): void {
    for (const transport of this.#both) transport.close();
  }

  get #both(): readonly types.Transport[] {
    return [this.send, this.receive];
  }

  #announceProducers(): void {
    this.send.on("produce", ({ kind, rtpParameters, appData }, done, failed) => {
      this.#socket.request({
        type: "produce",
        transport: this.send.id,
        kind,
        rtpParameters: { ...rtpParameters },
        paused: appData.paused === true,
      }).then(done, failed);
    });
  }

  #watch(transport: types.Transport): void {
    transport.on("connect", ({ dtlsParameters }, done, failed) => {
      this.#socket.request({
        type: "connect",
        transport: transport.id,
        dtlsParameters: { ...dtlsParameters },
      }).then(() => done(), failed);
    });
    transport.on("connectionstatechange", (state) => this.#changed(transport, state));
  }

  #changed(transport: types.Transport, state: types.ConnectionState): void {
    if (state === "failed") return this.#events.broken();
    if (state === "connected") this.#proven.add(transport);
    if (state === "disconnected") this.#heed(transport, { kind: state, at: performance.now() });
    this.#tell();
  }

  /** Only paths that worked before can be mended. */
  #heed(transport: types.Transport, event: PathEvent): PathVerdict {
    if (!this.#proven.has(transport)) return "stay";
    const { watch, verdict } = watchPath(this.#watches.get(transport) ?? UNWATCHED, event);
    this.#watches.set(transport, watch);
    if (verdict === "restart") this.#restart(transport).catch(() => this.#events.broken());
    if (verdict === "renew") this.#events.broken();
    return verdict;
  }

  /** A path that was not needed before makes nothing worse until it works. */
  #tell(): void {
    const proven = this.#both.filter((transport) => this.#proven.has(transport));
    if (proven.length === 0) return;
    this.#events.healthy(proven.every((transport) => this.#works(transport)));
  }

  #works(transport: types.Transport): boolean {
    const { last = null, unansweredSince = null } = this.#watches.get(transport) ?? {};
    const silent = last !== null && unansweredSince !== null &&
      last.at - unansweredSince >= SILENCE_MS;
    return transport.connectionState === "connected" && !silent;
  }

  /** Looks for new paths with fresh ICE servers. Rejects with `MediaRefused` or `MediaLost`. */
  async #restart(transport: types.Transport): Promise<void> {
    if (this.#restarting.has(transport)) return;
    this.#restarting.add(transport);
    try {
      const { iceParameters, iceServers } = await this.#ask(transport);
      if (transport.closed) return;
      await transport.updateIceServers({ iceServers: toRtc(iceServers) });
      await transport.restartIce({ iceParameters });
      this.#heed(transport, { kind: "agreed", at: performance.now() });
    } finally {
      this.#restarting.delete(transport);
    }
  }

  async #ask(transport: types.Transport): Promise<MediaAnswers["restart_ice"]> {
    const asked = this.#socket.request({ type: "restart_ice", transport: transport.id });
    this.#asked.set(asked, transport);
    const timer = setTimeout(() => this.#miss(asked), RESTART_PATIENCE);
    try {
      return await asked;
    } finally {
      clearTimeout(timer);
      this.#asked.delete(asked);
    }
  }

  /**
   * An answer is overdue. A page without any network keeps its paths: browsers go on checking them for
   * 15 s, and they carry again at once when the tunnel is over. A path that does needs no answer.
   */
  #miss(asked: Promise<MediaAnswers["restart_ice"]>): void {
    const transport = this.#asked.get(asked);
    if (transport === undefined || !this.#events.reachable()) return;
    if (this.#isSilent(transport)) this.#events.broken();
  }

  #isSilent(transport: types.Transport): boolean {
    const { heardAt = null } = this.#watches.get(transport) ?? {};
    return heardAt === null || performance.now() - heardAt >= SILENCE_MS;
  }
}

function trafficOf({ checks, packetsOut, answers, bytesIn }: Reading): Traffic {
  return { checks, packetsOut, heard: answers + bytesIn, media: bytesIn };
}

function toRtc(servers: readonly IceServer[]): RTCIceServer[] {
  return servers.map((server) => ({ ...server, urls: [...server.urls] }));
}
