/** What one page is sent: a consumer for everything the other side sends. */
import type { types } from "mediasoup";
import type { MediaServerMessage } from "../protocol/media.ts";
import type { Sent } from "./sent.ts";

/** Something one page is sent. */
interface Received {
  readonly consumer: types.Consumer;
  readonly sent: Sent;
}

/** The consumers of one page, on its receiving transport. */
export class Receiving {
  readonly #received = new Map<string, Received>();
  readonly #offered = new Set<string>();
  /** Resolves once what is sent can arrive. */
  readonly #connected: Promise<void>;

  constructor(
    readonly router: types.Router,
    readonly transport: types.WebRtcTransport,
    readonly rtpCapabilities: types.RtpCapabilities,
    readonly notify: (message: MediaServerMessage) => void,
  ) {
    this.#connected = connected(transport);
  }

  /**
   * Makes a consumer of what is `sent`, paused until the page is ready, and tells the page. A second
   * offer, or one the page cannot play, does nothing. Rejects if either end closes meanwhile.
   */
  async offer(sent: Sent): Promise<void> {
    const { rtpCapabilities } = this;
    const { id: producerId } = sent;
    if (this.#offered.has(producerId)) return;
    if (!this.router.canConsume({ producerId, rtpCapabilities })) return;
    this.#offered.add(producerId);
    const consumer = await this.transport.consume({ producerId, rtpCapabilities, paused: true });
    this.#received.set(consumer.id, { consumer, sent });
    this.#watch(consumer, sent);
    this.notify({
      type: "consumer",
      consumer: consumer.id,
      producer: producerId,
      kind: consumer.kind,
      rtpParameters: { ...consumer.rtpParameters },
      producerPaused: sent.paused,
    });
  }

  /** Lets consumer `id` flow, a picture beginning with a key frame. False: there is none. */
  async resume(id: string): Promise<boolean> {
    const received = this.#received.get(id);
    if (received === undefined) return false;
    const { consumer, sent } = received;
    // The worker asks for a key frame where it has none to go on with.
    await consumer.resume();
    // It may have closed meanwhile.
    this.#connected.then(() => sent.awaited()).catch(() => {});
    return true;
  }

  /** Stops consumer `id` until it is resumed. False: there is none. */
  async pause(id: string): Promise<boolean> {
    const received = this.#received.get(id);
    if (received === undefined) return false;
    await received.consumer.pause();
    return true;
  }

  /** The most that consumer `id` is to send of a picture. Its producer; null: no such picture. */
  async prefer(id: string, layers: types.ConsumerLayers): Promise<string | null> {
    const { consumer } = this.#received.get(id) ?? {};
    if (consumer === undefined || consumer.kind !== "video") return null;
    await consumer.setPreferredLayers(layers);
    return consumer.producerId;
  }

  #watch(consumer: types.Consumer, sent: Sent): void {
    const tell = (change: "paused" | "resumed" | "closed") =>
      this.notify({ type: "consumer_changed", consumer: consumer.id, change });
    const stop = sent.onPaused((paused) => tell(paused ? "paused" : "resumed"));
    consumer.observer.once("close", stop);
    consumer.on("layerschange", (layers) => this.#tellLayers(consumer, layers));
    consumer.on("producerclose", () => {
      this.#received.delete(consumer.id);
      this.#offered.delete(consumer.producerId);
      tell("closed");
    });
  }

  #tellLayers(consumer: types.Consumer, current: types.ConsumerLayers | undefined): void {
    if (current === undefined && !isStarved(consumer)) return;
    const layers = current === undefined
      ? null
      : { spatial: current.spatialLayer, temporal: current.temporalLayer ?? 0 };
    this.notify({ type: "consumer_layers", consumer: consumer.id, layers });
  }
}

/** Resolves once this page has agreed on keys (DTLS) over `transport`; before that nothing is sent to it. */
function connected(transport: types.WebRtcTransport): Promise<void> {
  return new Promise((resolve) => {
    if (transport.dtlsState === "connected") return resolve();
    transport.on("dtlsstatechange", (state) => {
      if (state === "connected") resolve();
    });
  });
}

/** Nothing is sent although there is something to send and somebody who wants it. */
function isStarved({ paused, producerPaused, score }: types.Consumer): boolean {
  return !paused && !producerPaused && score.producerScores.some((each) => each > 0);
}
