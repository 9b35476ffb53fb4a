/** What this page is sent over one link. */
import type { types } from "mediasoup-client";
import type { MediaNotice, MediaSocket } from "./media_socket.ts";
import { ReceivedPicture, type Wanted } from "./received_picture.ts";
import type { PictureSize } from "./stats.ts";

/** Told what to play: null is nothing, or a picture that is paused. */
export type OnRemote = (kind: types.MediaKind, track: MediaStreamTrack | null) => void;

type Offer = Extract<MediaNotice, { type: "consumer" }>;
type Change = Extract<MediaNotice, { type: "consumer_changed" }>;
type LayersChange = Extract<MediaNotice, { type: "consumer_layers" }>;

/** A consumer; a voice is played as it comes. */
interface Received {
  readonly consumer: types.Consumer;
  readonly picture: ReceivedPicture | null;
}

/** The consumers of one link. */
export class Receiving {
  readonly #received = new Map<string, Received>();
  #wanted: Wanted;

  constructor(
    readonly transport: types.Transport,
    readonly socket: MediaSocket,
    wanted: Wanted,
    readonly onRemote: OnRemote,
  ) {
    this.#wanted = wanted;
  }

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
    if (kind === "video") {
      const start = { wanted: this.#wanted, producerPaused };
      const picture = new ReceivedPicture(consumer, this.socket, start, (track) => {
        this.onRemote(kind, track);
      });
      this.#received.set(id, { consumer, picture });
      return;
    }
    this.#received.set(id, { consumer, picture: null });
    this.onRemote(kind, consumer.track);
    // The next offer need not wait for the answer, which says nothing: a link that breaks is heard
    // of through `lost`, a consumer that is gone through `change`.
    this.socket.request({ type: "resume_consumer", consumer: id }).catch(() => {});
  }

  /** The other side paused, resumed or ended something. A paused voice is silence. */
  change({ consumer: id, change }: Change): void {
    const received = this.#received.get(id);
    if (received === undefined) return;
    const { consumer, picture } = received;
    if (change !== "closed") {
      picture?.producerChanged(change === "paused");
      return;
    }
    consumer.close();
    this.#received.delete(id);
    const another = [...this.#received.values()].some((other) =>
      other.consumer.kind === consumer.kind
    );
    if (!another) this.onRemote(consumer.kind, null);
  }

  /** The node sends other layers of a picture. */
  layersChanged({ consumer, layers }: LayersChange): void {
    this.#received.get(consumer)?.picture?.layersChanged(layers);
  }

  /** This is how pictures are wanted from now on. */
  want(wanted: Wanted): void {
    this.#wanted = wanted;
    for (const picture of this.#pictures) picture.want(wanted);
  }

  /** Whether a picture should be coming in. */
  get expectsPicture(): boolean {
    return this.#pictures.some(({ expected }) => expected);
  }

  /** Whether the node has no picture small enough for this network. */
  get starved(): boolean {
    return this.#pictures.some(({ expected, starved }) => expected && starved);
  }

  /** Whether a picture comes in smaller than this page could show it. */
  get lesser(): boolean {
    return this.#pictures.some(({ expected, lesser }) => expected && lesser);
  }

  /** The picture that came in over the last period is that large. */
  measured(size: PictureSize): void {
    for (const picture of this.#pictures) picture.measured(size);
  }

  get #pictures(): ReceivedPicture[] {
    return [...this.#received.values()].flatMap(({ picture }) => picture ?? []);
  }
}
