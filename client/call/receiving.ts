/** What this page is sent over one link. */
import type { types } from "mediasoup-client";
import type { MediaNotice, MediaSocket } from "./media_socket.ts";

/** Told what to play: null is nothing, or a picture that is paused. */
export type OnRemote = (kind: types.MediaKind, track: MediaStreamTrack | null) => void;

type Offer = Extract<MediaNotice, { type: "consumer" }>;
type Change = Extract<MediaNotice, { type: "consumer_changed" }>;

/** The consumers of one link. */
export class Receiving {
  readonly #consumers = new Map<string, types.Consumer>();

  constructor(
    readonly transport: types.Transport,
    readonly socket: MediaSocket,
    readonly onRemote: OnRemote,
  ) {}

  /** Plays what the node offers. Rejects with `MediaLost`, or when the link closes meanwhile. */
  async take(
    { consumer: id, producer, kind, rtpParameters, producerPaused }: Offer,
  ): Promise<void> {
    const consumer = await this.transport.consume({
      id,
      producerId: producer,
      kind,
      rtpParameters: rtpParameters as unknown as types.RtpParameters,
    });
    this.#consumers.set(id, consumer);
    this.#show(consumer, producerPaused);
    // The next offer need not wait for the answer, which says nothing: a link that breaks is heard
    // of through `lost`, a consumer that is gone through `change`.
    this.socket.request({ type: "resume_consumer", consumer: id }).catch(() => {});
  }

  /** The other side paused, resumed or ended something. */
  change({ consumer: id, change }: Change): void {
    const consumer = this.#consumers.get(id);
    if (consumer === undefined) return;
    if (change !== "closed") return this.#show(consumer, change === "paused");
    consumer.close();
    this.#consumers.delete(id);
    const another = [...this.#consumers.values()].some(({ kind }) => kind === consumer.kind);
    if (!another) this.onRemote(consumer.kind, null);
  }

  /** A paused voice is silence; a paused picture would be a frozen one. */
  #show(consumer: types.Consumer, paused: boolean): void {
    const hide = paused && consumer.kind === "video";
    this.onRemote(consumer.kind, hide ? null : consumer.track);
  }
}
