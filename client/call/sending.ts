/** What this page sends of one kind over one link: brought in line with what is wanted, in order. */
import type { types } from "mediasoup-client";
import type { MediaSocket } from "./media_socket.ts";

/** Opus for speech: silence costs nothing (DTX), lost packets are made good (FEC; RFC 7587). */
const AUDIO: types.ProducerOptions = {
  codecOptions: { opusDtx: true, opusFec: true, opusStereo: false },
};

/**
 * Three sizes of the picture (simulcast), so that the node can give a slow receiver less without
 * asking the sender. Bits per second.
 */
const VIDEO: types.ProducerOptions = {
  encodings: [
    { scaleResolutionDownBy: 4, maxBitrate: 150_000, scalabilityMode: "L1T3" },
    { scaleResolutionDownBy: 2, maxBitrate: 500_000, scalabilityMode: "L1T3" },
    { scaleResolutionDownBy: 1, maxBitrate: 1_500_000, scalabilityMode: "L1T3" },
  ],
  codecOptions: { videoGoogleStartBitrate: 1000 },
};

/** The producer of one kind, made when there is first something to send. */
export class Sending {
  #producer: types.Producer | null = null;
  #work: Promise<void> = Promise.resolve();

  constructor(
    readonly kind: types.MediaKind,
    readonly transport: types.Transport,
    readonly socket: MediaSocket,
  ) {}

  /** Whether the node has a producer for this. */
  get active(): boolean {
    return this.#producer !== null;
  }

  /**
   * Sends `track` (null: nothing) from now on, paused or not. After the first time nothing is
   * negotiated for that (M5). Rejects with `MediaRefused` or `MediaLost`.
   */
  set(track: MediaStreamTrack | null, paused: boolean): Promise<void> {
    const done = this.#work.then(() => this.#apply(track, paused));
    this.#work = done.catch(() => {});
    return done;
  }

  /** The node closed producer `id`. Whether that was this one. */
  closedByNode(id: string): boolean {
    if (this.#producer?.id !== id) return false;
    this.#producer.close();
    this.#producer = null;
    return true;
  }

  /** What the browser knows of what is sent; null: nothing is. */
  async stats(): Promise<RTCStatsReport | null> {
    return await this.#producer?.getStats() ?? null;
  }

  async #apply(track: MediaStreamTrack | null, paused: boolean): Promise<void> {
    if (this.#producer === null) return await this.#start(track);
    if (track?.readyState !== "ended") await this.#producer.replaceTrack({ track });
    await this.#setPaused(paused || track === null);
  }

  /** A track that is not enabled makes a producer that is paused, here and on the node. */
  async #start(track: MediaStreamTrack | null): Promise<void> {
    if (track === null || track.readyState === "ended") return;
    const options = this.kind === "audio" ? AUDIO : VIDEO;
    const appData = { paused: !track.enabled };
    this.#producer = await this.transport.produce({
      ...options,
      track,
      stopTracks: false,
      appData,
    });
    // Muted or unmuted while that took its time.
    await this.#setPaused(!track.enabled);
  }

  async #setPaused(paused: boolean): Promise<void> {
    const producer = this.#producer;
    if (producer === null || producer.paused === paused) return;
    if (paused) producer.pause();
    else producer.resume();
    const action = paused ? "pause" : "resume";
    await this.socket.request({ type: "producer", producer: producer.id, action });
  }
}
