/** Measures one link, as long as it lasts. */
import type { types } from "mediasoup-client";
import type { NodeMeasures } from "../../protocol/media.ts";
import type { MediaSocket } from "./media_socket.ts";
import { type LinkReading, type Sample, sampleOf } from "./quality_rating.ts";
import { readStats } from "./stats.ts";

/** What is measured. */
export interface Measured {
  readonly send: types.Transport;
  readonly receive: types.Transport;
}

/** Who hears of it. */
export interface MeterEvents {
  /** Twice a second: whether anything gets through. */
  reading(reading: LinkReading): void;
  /** Every other second: how well. */
  sample(sample: Sample): void;
}

/** Silence is noticed within two seconds, so it is looked for more often. */
const READING_MS = 500;
const READINGS_PER_SAMPLE = 4;
/** What the node says later than this is said of another moment. */
const ANSWER_WITHIN_MS = 1_000;

/** Runs from its making until {@link Meter.stop}. */
export class Meter {
  readonly #paths: Measured;
  readonly #socket: MediaSocket;
  readonly #events: MeterEvents;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #before: LinkReading | null = null;
  #readings = 0;
  #asking = false;
  #stopped = false;

  constructor(paths: Measured, socket: MediaSocket, events: MeterEvents) {
    this.#paths = paths;
    this.#socket = socket;
    this.#events = events;
    this.#next();
  }

  /** Measures no more. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /** Reads now what got through, out of turn. Never rejects. */
  async look(): Promise<void> {
    const reading = await this.#read().catch(() => null);
    if (!this.#stopped && reading !== null) this.#events.reading(reading);
  }

  #next(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      // A link that broke meanwhile is heard of through `lost`.
      this.#measure().catch(() => {}).finally(() => this.#next());
    }, READING_MS);
  }

  async #measure(): Promise<void> {
    const reading = await this.#read();
    if (this.#stopped) return;
    this.#events.reading(reading);
    if (++this.#readings % READINGS_PER_SAMPLE !== 0) return;
    const before = this.#before;
    this.#before = reading;
    if (before !== null) void this.#sample(before, reading);
  }

  /** Never rejects. Readings do not wait for it. */
  async #sample(before: LinkReading, reading: LinkReading): Promise<void> {
    const node = await this.#askNode();
    if (!this.#stopped) this.#events.sample(sampleOf(before, reading, node));
  }

  async #read(): Promise<LinkReading> {
    const { send, receive } = this.#paths;
    const reports = await Promise.all([send.getStats(), receive.getStats()]);
    const [sent, received] = [readStats(reports[0]), readStats(reports[1])];
    return { at: performance.now(), send: sent, receive: received };
  }

  /**
   * Null: the node did not say, or not soon. Readings never wait for it: a picture in front of the
   * request on a thin line is no silence of the paths.
   */
  async #askNode(): Promise<NodeMeasures | null> {
    if (this.#asking) return null;
    this.#asking = true;
    const asked = this.#socket.request({ type: "measure" }).catch(() => null);
    void asked.finally(() => this.#asking = false);
    const { promise, resolve } = Promise.withResolvers<null>();
    const timer = setTimeout(() => resolve(null), ANSWER_WITHIN_MS);
    return await Promise.race([asked, promise]).finally(() => clearTimeout(timer));
  }
}
