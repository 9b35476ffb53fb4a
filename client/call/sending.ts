/** What this page sends of one kind over one link: brought in line with what is wanted, in order. */
import type { types } from "mediasoup-client";
import type { MediaSocket } from "./media_socket.ts";
import type { PictureFlow } from "./picture_floor.ts";
import { MAX_SIZES, SCALABILITY, sizesOf } from "./simulcast.ts";

/** Bits per second of a voice; less where the network carries no picture: headers take as much again. */
const [VOICE, THIN_VOICE] = [32_000, 16_000];

/** Opus for speech: silence costs nothing (DTX), lost packets are made good (FEC; RFC 7587). */
const AUDIO: types.ProducerOptions = {
  codecOptions: { opusDtx: true, opusFec: true, opusStereo: false, opusMaxAverageBitrate: VOICE },
};

/** Bits per second: what is sent before the network was measured, enough for all sizes of a phone. */
const VIDEO: types.ProducerOptions = {
  codecOptions: { videoGoogleStartBitrate: 1000 },
  // The own view goes on while the picture rests.
  disableTrackOnPause: false,
};

/** What cameras are asked for, where a track does not say how large it is. */
const USUAL_PIXELS = 1280;

/** Where a network has to choose, it carries the voice first (W3C webrtc-priority; RFC 8837). */
const PRIORITY: Readonly<Record<types.MediaKind, RTCPriorityType>> = {
  audio: "high",
  video: "low",
};

/** What a screen shows must be read: rather fewer frames than less to read (W3C mst-content-hint). */
const TO_BE_READ = ["detail", "text"];

/** The producer of one kind, made when there is first something to send. */
export class Sending {
  #producer: types.Producer | null = null;
  #work: Promise<void> = Promise.resolve();
  #flow: PictureFlow = "flows";
  #top = MAX_SIZES - 1;
  /** What the node was told last. */
  #toldPaused = false;

  constructor(
    readonly kind: types.MediaKind,
    readonly transport: types.Transport,
    readonly socket: MediaSocket,
  ) {}

  /** Whether there is something to send that is not paused by anybody. */
  get wanted(): boolean {
    return this.#producer !== null && !this.#producer.paused;
  }

  /** Whether the node has a producer for this. */
  get active(): boolean {
    return this.#producer !== null;
  }

  /**
   * Sends `track` (null: nothing) from now on, paused or not. After the first time nothing is
   * negotiated for that (M5). Rejects with `MediaRefused` or `MediaLost`.
   */
  set(track: MediaStreamTrack | null, paused: boolean): Promise<void> {
    return this.#next(() => this.#apply(track, paused));
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

  /**
   * The network does not carry a picture, or does again (see picture_floor.ts): a picture rests, a voice
   * takes less. Rejects like `set`.
   */
  let(flow: PictureFlow): Promise<void> {
    return this.#next(async () => {
      this.#flow = flow;
      await this.#shape();
      await this.#tell();
    });
  }

  /** The receiver cannot show more than size `top`, counted from 0, the smallest. Rejects like `set`. */
  limit(top: number): Promise<void> {
    return this.#next(async () => {
      this.#top = top;
      await this.#shape();
    });
  }

  /** One thing after the other. */
  #next(work: () => Promise<void>): Promise<void> {
    const done = this.#work.then(work);
    this.#work = done.catch(() => {});
    return done;
  }

  async #apply(track: MediaStreamTrack | null, paused: boolean): Promise<void> {
    if (this.#producer === null) return await this.#start(track);
    if (track?.readyState !== "ended") {
      await this.#producer.replaceTrack({ track });
      await this.#shape();
    }
    await this.#setPaused(paused || track === null);
  }

  /** A track that is not enabled makes a producer that is paused, here and on the node. */
  async #start(track: MediaStreamTrack | null): Promise<void> {
    if (track === null || track.readyState === "ended") return;
    const options = this.kind === "audio" ? AUDIO : { ...VIDEO, encodings: this.#encodings(track) };
    const appData = { paused: !track.enabled };
    this.#toldPaused = appData.paused;
    this.#producer = await this.transport.produce({
      ...options,
      track,
      stopTracks: false,
      appData,
    });
    await this.#shape();
    // Muted or unmuted while that took its time.
    await this.#setPaused(!track.enabled);
  }

  async #setPaused(paused: boolean): Promise<void> {
    if (paused) this.#producer?.pause();
    else this.#producer?.resume();
    await this.#tell();
  }

  /** The node passes on what is neither paused nor on trial. */
  async #tell(): Promise<void> {
    const producer = this.#producer;
    if (producer === null) return;
    const rests = this.kind === "video" && this.#flow !== "flows";
    const paused = producer.paused || rests;
    if (paused === this.#toldPaused) return;
    this.#toldPaused = paused;
    const action = paused ? "pause" : "resume";
    try {
      await this.socket.request({ type: "producer", producer: producer.id, action });
    } catch (error) {
      // Closed by the node while this was on its way: it has said so, and why.
      if (this.#producer === producer) throw error;
    }
  }

  #encodings(track: MediaStreamTrack): RTCRtpEncodingParameters[] {
    const { width, height } = track.getSettings();
    const longest = Math.max(width ?? 0, height ?? 0) || USUAL_PIXELS;
    return sizesOf(longest, this.#top, this.#flow).map((size) => ({
      ...size,
      scalabilityMode: SCALABILITY,
    }));
  }

  /** Brings what is sent in line with the track, the network and the receiver: no negotiation. */
  async #shape(): Promise<void> {
    const producer = this.#producer;
    const sender = producer?.rtpSender;
    const track = producer?.track ?? null;
    if (sender === undefined || track === null) return;
    const parameters = sender.getParameters();
    const sizes = this.kind === "video" ? this.#encodings(track) : [];
    const voice = this.kind === "audio"
      ? { maxBitrate: this.#flow === "flows" ? VOICE : THIN_VOICE }
      : {};
    const priority = PRIORITY[this.kind];
    const encodings = parameters.encodings.map((encoding, index) => ({
      ...encoding,
      ...sizes[index],
      ...voice,
      priority,
      networkPriority: priority,
    }));
    const degradationPreference = TO_BE_READ.includes(track.contentHint)
      ? "maintain-resolution"
      : "balanced";
    const hint = this.kind === "video" ? { degradationPreference } as const : {};
    // What a browser does not know it ignores; one that refuses sends as it did before.
    await sender.setParameters({ ...parameters, encodings, ...hint }).catch(() => {});
  }
}
