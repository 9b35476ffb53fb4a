/** What one page is sent: a consumer for everything the other side sends. */
import type { types } from "mediasoup";
import type { MediaServerMessage } from "../protocol/media.ts";

/** The consumers of one page, on its receiving transport. */
export class Receiving {
  readonly #consumers = new Map<string, types.Consumer>();
  readonly #offered = new Set<string>();

  constructor(
    readonly router: types.Router,
    readonly transport: types.WebRtcTransport,
    readonly rtpCapabilities: types.RtpCapabilities,
    readonly notify: (message: MediaServerMessage) => void,
  ) {}

  /**
   * Makes a consumer of `producer`, paused until the page is ready, and tells the page. A second
   * offer, or one the page cannot play, does nothing. Rejects if either end closes meanwhile.
   */
  async offer(producer: types.Producer): Promise<void> {
    const { rtpCapabilities } = this;
    if (this.#offered.has(producer.id)) return;
    if (!this.router.canConsume({ producerId: producer.id, rtpCapabilities })) return;
    this.#offered.add(producer.id);
    const consumer = await this.transport.consume({
      producerId: producer.id,
      rtpCapabilities,
      paused: true,
    });
    this.#consumers.set(consumer.id, consumer);
    this.#watch(consumer);
    this.notify({
      type: "consumer",
      consumer: consumer.id,
      producer: producer.id,
      kind: consumer.kind,
      rtpParameters: { ...consumer.rtpParameters },
      producerPaused: consumer.producerPaused,
    });
  }

  /** Lets consumer `id` flow, a picture beginning with a key frame. False: there is none. */
  async resume(id: string): Promise<boolean> {
    const consumer = this.#consumers.get(id);
    if (consumer === undefined) return false;
    await consumer.resume();
    if (consumer.kind === "video") await consumer.requestKeyFrame();
    return true;
  }

  /** Stops consumer `id` until it is resumed. False: there is none. */
  async pause(id: string): Promise<boolean> {
    const consumer = this.#consumers.get(id);
    if (consumer === undefined) return false;
    await consumer.pause();
    return true;
  }

  /** The most that consumer `id` is to send of a picture. Its producer; null: no such picture. */
  async prefer(id: string, layers: types.ConsumerLayers): Promise<string | null> {
    const consumer = this.#consumers.get(id);
    if (consumer === undefined || consumer.kind !== "video") return null;
    await consumer.setPreferredLayers(layers);
    return consumer.producerId;
  }

  #watch(consumer: types.Consumer): void {
    const tell = (change: "paused" | "resumed" | "closed") =>
      this.notify({ type: "consumer_changed", consumer: consumer.id, change });
    consumer.on("producerpause", () => tell("paused"));
    consumer.on("producerresume", () => tell("resumed"));
    consumer.on("layerschange", (layers) => this.#tellLayers(consumer, layers));
    consumer.on("producerclose", () => {
      this.#consumers.delete(consumer.id);
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

/** Nothing is sent although there is something to send and somebody who wants it. */
function isStarved({ paused, producerPaused, score }: types.Consumer): boolean {
  return !paused && !producerPaused && score.producerScores.some((each) => each > 0);
}
