/** One picture this page is sent: how much of it is asked for, and whether it is shown. */
import type { types } from "mediasoup-client";
import type { MediaNotice, MediaSocket } from "./media_socket.ts";
import type { PictureFlow } from "./picture_floor.ts";
import type { PictureSize } from "./stats.ts";
import { layerFor, type View } from "./view_watch.ts";

type Layers = Extract<MediaNotice, { type: "consumer_layers" }>["layers"];

/** What the page wants of its pictures at the moment. */
export interface Wanted {
  readonly view: View;
  readonly flow: PictureFlow;
}

/** What cameras are asked for; the real size is learned from what comes. */
const USUAL_PIXELS = 1280;
/** Every size comes with all its frames: a person moves at any size. */
const ALL_FRAMES = 2;

/** A consumer of the kind video. The node has it paused until it is first asked for. */
export class ReceivedPicture {
  readonly #consumer: types.Consumer;
  readonly #socket: MediaSocket;
  readonly #show: (track: MediaStreamTrack | null) => void;
  readonly #sizes: number;
  #wanted: Wanted;
  #producerPaused: boolean;
  #layers: Layers | undefined;
  /** The layer of the measurement before. */
  #measured: number | null = null;
  #full = USUAL_PIXELS;
  #shown: boolean | null = null;
  #toldPaused = true;
  #toldLayer: number | null = null;
  #work: Promise<void> = Promise.resolve();

  constructor(
    consumer: types.Consumer,
    socket: MediaSocket,
    start: { readonly wanted: Wanted; readonly producerPaused: boolean },
    show: (track: MediaStreamTrack | null) => void,
  ) {
    this.#consumer = consumer;
    this.#socket = socket;
    this.#show = show;
    this.#sizes = sizesOf(consumer.rtpParameters.encodings?.[0]?.scalabilityMode);
    this.#wanted = start.wanted;
    this.#producerPaused = start.producerPaused;
    this.#apply();
  }

  /** Whether there is something to receive that this page wants to see. */
  get expected(): boolean {
    return !this.#producerPaused && this.#wanted.view.kind === "shown";
  }

  /** The node has no layer small enough for this network. */
  get starved(): boolean {
    return this.#layers === null;
  }

  /** The node sends a smaller one than this page could show. */
  get lesser(): boolean {
    const { spatial } = this.#layers ?? { spatial: null };
    return this.starved || (spatial !== null && spatial < (this.#toldLayer ?? 0));
  }

  /** The page wants to see it like that from now on. */
  want(wanted: Wanted): void {
    this.#wanted = wanted;
    this.#apply();
  }

  /** The other side paused or resumed it. */
  producerChanged(paused: boolean): void {
    this.#producerPaused = paused;
    this.#layers = undefined;
    this.#apply();
  }

  /** The node sends other layers from now on. */
  layersChanged(layers: Layers): void {
    this.#layers = layers;
    this.#measured = null;
  }

  /** What came in over a whole period is that large. */
  measured({ width, height }: PictureSize): void {
    const layer = this.#layers?.spatial ?? null;
    // Just after a change the size may still be that of the layer before.
    if (layer !== null && layer === this.#measured) {
      this.#full = Math.max(width, height) * 2 ** (this.#sizes - 1 - layer);
      this.#apply();
    }
    this.#measured = layer;
  }

  #apply(): void {
    const shown = !this.#producerPaused && this.#wanted.flow === "flows";
    if (shown !== this.#shown) this.#show(shown ? this.#consumer.track : null);
    this.#shown = shown;
    this.#work = this.#work.then(() => this.#tell()).catch(() => {
      // The consumer is gone, or the link is, which is heard of through `lost`.
    });
  }

  async #tell(): Promise<void> {
    const { id: consumer } = this.#consumer;
    const { view, flow } = this.#wanted;
    const layer = layerFor(view, this.#sizes, this.#full);
    // The node does one after the other: a picture that begins need not wait for two answers.
    const asked: Promise<unknown>[] = [];
    if (this.#sizes > 1 && layer !== this.#toldLayer && view.kind === "shown") {
      this.#toldLayer = layer;
      const layers = { spatial: layer, temporal: ALL_FRAMES };
      asked.push(this.#socket.request({ type: "layers", consumer, ...layers }));
    }
    const paused = view.kind === "hidden" || flow === "rests";
    if (paused !== this.#toldPaused) {
      this.#toldPaused = paused;
      this.#layers = undefined;
      const type = paused ? "pause_consumer" : "resume_consumer";
      asked.push(this.#socket.request({ type, consumer }));
    }
    await Promise.all(asked);
  }
}

/** How many sizes a picture comes in (W3C webrtc-svc, scalabilityMode, as mediasoup uses it). */
function sizesOf(mode: string | undefined): number {
  return Number(/^[LS](\d)T\d/.exec(mode ?? "")?.[1] ?? 1);
}
