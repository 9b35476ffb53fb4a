/** What a page sends of one kind, and whether it is passed on. */
import type { types } from "mediasoup";

/**
 * How long after one request for a key frame the next is made, in milliseconds. Browsers ignore one
 * within 300 ms of the one before (libwebrtc's `EncoderRtcpFeedback`), and the worker then waits a
 * second before it asks again. The rest is for requests that do not take equally long.
 */
const KEY_FRAME_REST = 400;

/** How it begins, as a page asks for it. */
export interface SentOptions {
  readonly kind: types.MediaKind;
  readonly rtpParameters: types.RtpParameters;
  readonly paused: boolean;
}

/**
 * A producer. A picture waits until somebody can take it: a key frame that is asked for before that is
 * lost, and spoils the one that is needed (see {@link KEY_FRAME_REST}).
 */
export class Sent {
  readonly #listeners = new Set<(paused: boolean) => void>();
  #paused: boolean;
  #waits: boolean;

  private constructor(readonly producer: types.Producer, paused: boolean) {
    this.#paused = paused;
    this.#waits = producer.kind === "video";
  }

  /** Begins on `transport`. Rejects where that makes no sense to mediasoup. */
  static async begin(
    transport: types.Transport,
    { kind, rtpParameters, paused }: SentOptions,
  ): Promise<Sent> {
    const producer = await transport.produce({
      kind,
      rtpParameters,
      paused: paused || kind === "video",
      keyFrameRequestDelay: KEY_FRAME_REST,
    });
    return new Sent(producer, paused);
  }

  /** Names it to pages. */
  get id(): string {
    return this.producer.id;
  }

  /** Whether its page has paused it. */
  get paused(): boolean {
    return this.#paused;
  }

  /** `listener` hears whenever its page has paused or resumed it, until the returned function is called. */
  onPaused(listener: (paused: boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Its page pauses or resumes it. Rejects once it is closed. */
  async pause(paused: boolean): Promise<void> {
    if (paused === this.#paused) return;
    this.#paused = paused;
    await this.#apply();
    for (const listener of this.#listeners) listener(paused);
  }

  /** Somebody can take it from now on: a picture begins with a key frame. Rejects once it is closed. */
  async awaited(): Promise<void> {
    if (!this.#waits) return;
    this.#waits = false;
    await this.#apply();
  }

  /** Ends it. */
  close(): void {
    this.producer.close();
  }

  #apply(): Promise<void> {
    return this.#paused || this.#waits ? this.producer.pause() : this.producer.resume();
  }
}
