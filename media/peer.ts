/** One side of a call on a media node: its transports, what it sends and what it is sent. */
import type { types } from "mediasoup";
import * as ortc from "mediasoup/ortc";
import { type CloseReason, reject, type Rejection, unreachable } from "../protocol/errors.ts";
import type { Allowed, MediaRequest, MediaServerMessage, NodeMeasures } from "../protocol/media.ts";
import { needsVideo, type PeerMessage } from "../protocol/peer_messages.ts";
import type { IceServers } from "./ice_servers.ts";
import { Receiving } from "./receiving.ts";
import { type Answer, answer } from "./answer.ts";
import { availableOn, type Seen, seenOf } from "./seen.ts";
import { Sent } from "./sent.ts";

/** The way to a page; nothing here knows WebSockets. */
export interface PeerSocket {
  send(message: MediaServerMessage): void;
  close(reason: CloseReason): void;
}

/** What a peer needs of its room. */
export interface PeerPorts {
  readonly router: types.Router;
  readonly iceServers: IceServers;
  createTransport(): Promise<types.WebRtcTransport>;
  /** What the administrator allows in this room now. */
  allowed(): Allowed;
  /** This peer sends something new: offer it to the other side. */
  produced(sent: Sent): void;
  /** {@link Peer.seen} of the other side's page; null: it is not there. */
  there(): Promise<Seen | null>;
  /** This peer cannot show more of the other side's `producer` than this layer. */
  wanted(producer: string, spatial: number): void;
  /** This peer can receive now: offer it what the other side sends. */
  receives(): void;
  /** Passes something on to the other side's page; false: it is not there. */
  tell(message: PeerMessage): boolean;
  /** Whether this side may say that. */
  mayTell(message: PeerMessage): boolean;
}

/** What a page may ask of its peer: `renew` is the node's to answer. */
export type PeerRequest = Exclude<MediaRequest, { type: "renew" }>;
type RequestOf<T extends PeerRequest["type"]> = Extract<PeerRequest, { type: T }>;
type Kind = types.MediaKind;

/** A participant: {@link Peer.handle} answers its page's requests one after the other. */
export class Peer {
  readonly #socket: PeerSocket;
  readonly #ports: PeerPorts;
  readonly #sent = new Map<Kind, Sent>();
  #send: types.WebRtcTransport | null = null;
  #receive: types.WebRtcTransport | null = null;
  #capabilities: types.RtpCapabilities | null = null;
  #receiving: Receiving | null = null;
  #rights: Allowed;
  #requests = 0;
  #closed = false;

  constructor(socket: PeerSocket, rights: Allowed, ports: PeerPorts) {
    this.#socket = socket;
    this.#rights = rights;
    this.#ports = ports;
  }

  /** Whether this page is gone. */
  get closed(): boolean {
    return this.#closed;
  }

  /** What this side may send now: its ticket and the administrator allow it (M1). */
  get allowed(): Allowed {
    const { voice, video } = this.#ports.allowed();
    return { voice: this.#rights.voice && voice, video: this.#rights.video && video };
  }

  /** What this side sends now. */
  get sent(): Iterable<Sent> {
    return this.#sent.values();
  }

  /** What comes from this page. */
  seen(): Promise<Seen> {
    return seenOf(this.#send, this.#receive, this.#requests);
  }

  /** Tells the page something. */
  notify(message: MediaServerMessage): void {
    if (!this.#closed) this.#socket.send(message);
  }

  /**
   * Does what the page asks; nothing of a refused request stays. Never rejects: mediasoup throws on
   * objects that make no sense, which is a bad request.
   */
  async handle(request: PeerRequest): Promise<Answer | Rejection> {
    if (this.#closed) return reject("bad_request");
    this.#requests++;
    try {
      return await this.#obey(request);
    } catch {
      return reject("bad_request");
    }
  }

  #obey(request: PeerRequest): Promise<Answer | Rejection> | Answer | Rejection {
    switch (request.type) {
      case "capabilities":
        return this.#takeCapabilities(request);
      case "transport":
        return this.#openTransport(request);
      case "connect":
        return this.#connect(request);
      case "restart_ice":
        return this.#restartIce(request);
      case "produce":
        return this.#produce(request);
      case "producer":
        return this.#changeProducer(request);
      case "resume_consumer":
        return this.#changeConsumer(this.#receiving?.resume(request.consumer));
      case "pause_consumer":
        return this.#changeConsumer(this.#receiving?.pause(request.consumer));
      case "layers":
        return this.#preferLayers(request);
      case "measure":
        return this.#measure();
      case "tell":
        return this.#tell(request);
      case "probe":
        return reject("forbidden");
      default:
        return unreachable(request);
    }
  }

  /** A fresh ticket says what this page may send from now on; what it may no longer stops. */
  renew(rights: Allowed): void {
    this.#rights = rights;
    this.enforce();
  }

  /** Closes what may no longer be sent and tells the page. */
  enforce(): void {
    for (const [kind, sent] of this.#sent) {
      if (this.#mayProduce(kind)) continue;
      sent.close();
      this.#sent.delete(kind);
      this.notify({ type: "producer_closed", producer: sent.id });
    }
  }

  /** Offers what the other side sends, once, if this page can receive it already. */
  async offer(sent: Sent): Promise<void> {
    await this.#receiving?.offer(sent);
  }

  /** Ends this side's part; `reason`: the page is told so, else it left by itself. Idempotent. */
  close(reason?: CloseReason): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#send?.close();
    this.#receive?.close();
    this.#sent.clear();
    if (reason !== undefined) this.#socket.close(reason);
  }

  #takeCapabilities({ rtpCapabilities }: RequestOf<"capabilities">): Answer | Rejection {
    if (this.#capabilities !== null) return reject("bad_request");
    const capabilities = rtpCapabilities as types.RtpCapabilities;
    ortc.validateAndNormalizeRtpCapabilities(capabilities);
    this.#capabilities = capabilities;
    this.#startReceiving();
    return answer({});
  }

  async #openTransport({ direction }: RequestOf<"transport">): Promise<Answer | Rejection> {
    if ((direction === "send" ? this.#send : this.#receive) !== null) return reject("bad_request");
    const transport = await this.#ports.createTransport();
    if (this.#closed) transport.close();
    else if (direction === "send") this.#send = transport;
    else {
      this.#receive = transport;
      this.#startReceiving();
    }
    const { id, iceParameters, iceCandidates, dtlsParameters } = transport;
    return answer({ id, iceParameters, iceCandidates, dtlsParameters });
  }

  #startReceiving(): void {
    if (this.#receive === null || this.#capabilities === null || this.#receiving !== null) return;
    this.#receiving = new Receiving(
      this.#ports.router,
      this.#receive,
      this.#capabilities,
      (message) => this.notify(message),
    );
    // A consumer takes the worker a while: the page hears the answer to its request first.
    this.#ports.receives();
  }

  async #connect(request: RequestOf<"connect">): Promise<Answer | Rejection> {
    const transport = this.#transport(request.transport);
    if (transport === null) return reject("bad_request");
    const dtlsParameters = request.dtlsParameters as unknown as types.DtlsParameters;
    await transport.connect({ dtlsParameters });
    return answer({});
  }

  async #restartIce(request: RequestOf<"restart_ice">): Promise<Answer | Rejection> {
    const transport = this.#transport(request.transport);
    if (transport === null) return reject("bad_request");
    const iceParameters = await transport.restartIce();
    return answer({ iceParameters, iceServers: this.#ports.iceServers() });
  }

  async #produce(request: RequestOf<"produce">): Promise<Answer | Rejection> {
    const { kind, paused } = request;
    if (!this.#mayProduce(kind)) return reject(kind === "audio" ? "voice_off" : "video_off");
    if (this.#send === null || this.#send.id !== request.transport) return reject("bad_request");
    if (this.#sent.has(kind)) return reject("bad_request");
    const rtpParameters = request.rtpParameters as unknown as types.RtpParameters;
    const sent = await Sent.begin(this.#send, { kind, rtpParameters, paused });
    this.#sent.set(kind, sent);
    // The rules may have changed while the worker was asked.
    if (!this.#mayProduce(kind)) this.enforce();
    else this.#ports.produced(sent);
    return answer({ id: sent.id });
  }

  async #changeProducer(request: RequestOf<"producer">): Promise<Answer | Rejection> {
    const found = [...this.#sent].find(([, { id }]) => id === request.producer);
    if (found === undefined) return reject("bad_request");
    const [kind, sent] = found;
    switch (request.action) {
      case "pause":
      case "resume":
        await sent.pause(request.action === "pause");
        return answer({});
      case "close":
        sent.close();
        this.#sent.delete(kind);
        return answer({});
      default:
        return unreachable(request.action);
    }
  }

  async #preferLayers(request: RequestOf<"layers">): Promise<Answer | Rejection> {
    const { spatial: spatialLayer, temporal: temporalLayer } = request;
    const layers = { spatialLayer, temporalLayer };
    const producer = await this.#receiving?.prefer(request.consumer, layers);
    if (producer === undefined || producer === null) return reject("bad_request");
    this.#ports.wanted(producer, spatialLayer);
    return answer({});
  }

  async #changeConsumer(done: Promise<boolean> | undefined): Promise<Answer | Rejection> {
    return await done === true ? answer({}) : reject("bad_request");
  }

  async #measure(): Promise<Answer> {
    const [here, there, availableDown] = await Promise.all([
      this.seen(),
      this.#ports.there(),
      availableOn(this.#receive),
    ]);
    const measures: NodeMeasures = {
      lossUp: here.lossUp,
      lossUpThere: there?.lossUp ?? null,
      availableDown,
      heardThere: there?.heard ?? null,
    };
    return answer({ ...measures });
  }

  #tell({ message }: RequestOf<"tell">): Answer | Rejection {
    if (!this.#ports.mayTell(message)) return reject("forbidden");
    if (needsVideo(message) && !this.#ports.allowed().video) return reject("video_off");
    return answer({ delivered: this.#ports.tell(message) });
  }

  #transport(id: string): types.WebRtcTransport | null {
    if (this.#send?.id === id) return this.#send;
    return this.#receive?.id === id ? this.#receive : null;
  }

  #mayProduce(kind: Kind): boolean {
    return kind === "audio" ? this.allowed.voice : this.allowed.video;
  }
}
