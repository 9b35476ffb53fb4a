/** The two WebRTC transports of a link, and whether anything gets through them. */
import type { Device, types } from "mediasoup-client";
import type { IceServer } from "../../protocol/media.ts";
import type { MediaSocket } from "./media_socket.ts";

/** Who hears how the paths are. */
export interface PathEvents {
  /** Everything in use gets through, or not. */
  healthy(healthy: boolean): void;
  /** They cannot be mended: start all over. */
  broken(): void;
}

/** A path that is silent for this long is looked for anew, in milliseconds. */
const SILENCE = 2_000;

/** The way out and the way in: {@link Paths.open}. */
export class Paths {
  readonly #socket: MediaSocket;
  readonly #events: PathEvents;
  readonly #timers = new Map<types.Transport, ReturnType<typeof setTimeout>>();
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

  /** Looks for new paths with fresh ICE servers. Rejects with `MediaRefused` or `MediaLost`. */
  async restartIce(): Promise<void> {
    await Promise.all(this.#both.map((transport) => this.#restart(transport)));
  }

  /** Closes both. */
  close(): void {
    for (const transport of this.#both) {
      clearTimeout(this.#timers.get(transport));
      transport.close();
    }
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
    clearTimeout(this.#timers.get(transport));
    if (state === "failed") return this.#events.broken();
    if (state === "connected") this.#proven.add(transport);
    if (state === "disconnected") {
      const again = () => this.#restart(transport).catch(() => this.#events.broken());
      this.#timers.set(transport, setTimeout(again, SILENCE));
    }
    this.#tell();
  }

  /** A path that was not needed before makes nothing worse until it works. */
  #tell(): void {
    const proven = this.#both.filter((transport) => this.#proven.has(transport));
    if (proven.length === 0) return;
    this.#events.healthy(proven.every(({ connectionState }) => connectionState === "connected"));
  }

  async #restart(transport: types.Transport): Promise<void> {
    const { iceParameters, iceServers } = await this.#socket.request({
      type: "restart_ice",
      transport: transport.id,
    });
    if (transport.closed) return;
    await transport.updateIceServers({ iceServers: toRtc(iceServers) });
    await transport.restartIce({ iceParameters });
  }
}

function toRtc(servers: readonly IceServer[]): RTCIceServer[] {
  return servers.map((server) => ({ ...server, urls: [...server.urls] }));
}
