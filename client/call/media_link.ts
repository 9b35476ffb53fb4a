/** One stay of this page on a media node: from a ticket until the way there breaks. */
import { Device, type types } from "mediasoup-client";
import { unreachable } from "../../protocol/errors.ts";
import type { Allowed } from "../../protocol/media.ts";
import type { PeerMessage } from "../../protocol/peer_messages.ts";
import type { MediaTicket } from "../../protocol/messages.ts";
import { type MediaNotice, MediaRefused, MediaSocket } from "./media_socket.ts";
import { Meter } from "./meter.ts";
import { Paths } from "./paths.ts";
import type { PictureFlow } from "./picture_floor.ts";
import type { LinkSample } from "./quality.ts";
import type { Sample } from "./quality_rating.ts";
import type { Wanted } from "./received_picture.ts";
import { type OnRemote, Receiving } from "./receiving.ts";
import { Sending } from "./sending.ts";
import { WHOLE } from "./view_watch.ts";

/** Voice or picture. */
export type Kind = types.MediaKind;

/** Who hears of what happens on a link. */
export interface LinkEvents {
  readonly remote: OnRemote;
  /** The node stopped what this page sends: it was switched off (M1). */
  stopped(kind: Kind, why: MediaRefused): void;
  /** The other side's page is there, or not. */
  peer(present: boolean): void;
  /** The other side's page says something. */
  told(message: PeerMessage): void;
  /** The link was measured. */
  sampled(sample: LinkSample): void;
  /** Nothing comes from the node, which may still carry media. */
  silent(): void;
  /** Whether this page reaches its web process, as far as is known. */
  reachable(): boolean;
  /** Whether media gets through. */
  healthy(healthy: boolean): void;
  /** The link is over, by itself; `reason` as in `CLOSE_REASONS`, or empty. */
  lost(reason: string): void;
}

/** A joined page: {@link MediaLink.open}. */
export class MediaLink {
  readonly #socket: MediaSocket;
  readonly #paths: Paths;
  readonly #events: LinkEvents;
  readonly #sending: Readonly<Record<Kind, Sending>>;
  readonly #receiving: Receiving;
  /** As the node said last. Asking for what is not allowed costs a negotiation in vain. */
  #allowed: Readonly<Record<Kind, boolean>>;
  readonly #meter: Meter;
  readonly #heeded = Promise.withResolvers<void>();
  #notices: Promise<void> = this.#heeded.promise;
  #closed = false;

  /**
   * Joins with a ticket. Rejects with `MediaLost` or `MediaRefused` (a fresh ticket may help) or
   * mediasoup's `UnsupportedError` (this browser cannot).
   */
  static async open(ticket: MediaTicket, events: LinkEvents): Promise<MediaLink> {
    // What happens before everything is set up waits for that.
    const { promise, resolve, reject } = Promise.withResolvers<MediaLink>();
    const later = (then: (link: MediaLink) => void) => void promise.then(then, () => {});
    const device = await Device.factory();
    const { socket, joined } = await MediaSocket.open(ticket, {
      notice: (notice) => later((link) => link.#hear(notice)),
      silent: () => later(() => events.silent()),
      reachable: () => events.reachable(),
      lost: (reason) => later((link) => link.#lost(reason)),
    });
    try {
      await device.load({ routerRtpCapabilities: joined.rtpCapabilities as types.RtpCapabilities });
      const rtpCapabilities = { ...device.recvRtpCapabilities };
      const opening = Paths.open(socket, device, joined.iceServers, {
        healthy: (healthy) => events.healthy(healthy),
        broken: () => later((link) => link.#lost("")),
        reachable: () => events.reachable(),
      });
      // Without a link nobody else closes them; browsers allow a page only so many connections.
      promise.catch(() => opening.then((paths) => paths.close(), () => {}));
      const told = socket.request({ type: "capabilities", rtpCapabilities });
      const [paths] = await Promise.all([opening, told]);
      const link = new MediaLink(socket, paths, events, joined.send);
      resolve(link);
      return link;
    } catch (error) {
      socket.close();
      reject(error);
      throw error;
    }
  }

  private constructor(socket: MediaSocket, paths: Paths, events: LinkEvents, send: Allowed) {
    this.#allowed = byKind(send);
    this.#socket = socket;
    this.#paths = paths;
    this.#events = events;
    this.#sending = {
      audio: new Sending("audio", paths.send, socket),
      video: new Sending("video", paths.send, socket),
    };
    const wanted: Wanted = { view: WHOLE, flow: "flows" };
    this.#receiving = new Receiving(paths.receive, socket, wanted, (kind, track) => {
      if (!this.#closed) events.remote(kind, track);
    });
    this.#meter = new Meter(paths, socket, {
      reading: (reading) => paths.measured(reading),
      sample: (sample) => this.#sampled(sample),
    });
  }

  /** From now on what the node says is obeyed, in its order: whoever hears of it has this link. */
  heed(): void {
    this.#heeded.resolve();
  }

  /** Whether anything is sent, paused or not. */
  get sends(): boolean {
    return Object.values(this.#sending).some(({ active }) => active);
  }

  /** Whether the node lets this page send `kind`, as far as is known; {@link renew} finds out. */
  allows(kind: Kind): boolean {
    return this.#allowed[kind];
  }

  /** Sends `track` from now on (null: nothing). Rejects with `MediaRefused` or `MediaLost`. */
  async set(kind: Kind, track: MediaStreamTrack | null, paused: boolean): Promise<void> {
    if (track !== null && !this.allows(kind)) throw switchedOff(kind);
    try {
      await this.#sending[kind].set(track, paused);
    } catch (error) {
      if (error instanceof MediaRefused) this.#forbid(kind);
      throw error;
    }
  }

  /** Shows the node a fresh ticket: what this page may send has changed. Rejects like `set`. */
  async renew({ token }: MediaTicket): Promise<void> {
    const { send } = await this.#socket.request({ type: "renew", token });
    this.#allowed = byKind(send);
  }

  /** The energy of all that the own voice was so far; null: none is sent. Never rejects. */
  async energy(): Promise<number | null> {
    const stats = await this.#sending.audio.stats().catch(() => null);
    for (const one of stats?.values() ?? []) {
      // W3C webrtc-stats, RTCAudioSourceStats; not in every browser.
      if (one.type === "media-source" && typeof one.totalAudioEnergy === "number") {
        return one.totalAudioEnergy;
      }
    }
    return null;
  }

  /** Says something to the other side's page; false: it was not there, or the link is broken. */
  async tell(message: PeerMessage): Promise<boolean> {
    const answer = await this.#socket.request({ type: "tell", message }).catch(() => null);
    return answer?.delivered === true;
  }

  /** Pictures are wanted like that from now on. */
  want(wanted: Wanted): void {
    this.#receiving.want(wanted);
  }

  /** How the own picture is to flow. Never rejects: a broken link is heard of through `lost`. */
  async let(flow: PictureFlow): Promise<void> {
    const both = Object.values(this.#sending);
    await Promise.all(both.map((sending) => sending.let(flow).catch(() => {})));
  }

  /** Looks for new paths after a change of network; a node that is gone ends the link. */
  networkChanged(): void {
    this.#paths.networkChanged();
  }

  /**
   * Another server was reached just now: media comes again, or the node answers what it was asked
   * before, or it is given up. Never rejects.
   */
  async reached(): Promise<void> {
    await this.#meter.look();
    if (this.#closed) return;
    this.#socket.reached(!this.#paths.silent);
    this.#paths.reached();
  }

  /** Leaves the node without a word to `lost`. Idempotent. */
  close(): void {
    this.#closed = true;
    this.#meter.stop();
    this.#paths.close();
    this.#socket.close();
  }

  #lost(reason: string): void {
    if (this.#closed) return;
    this.close();
    this.#events.lost(reason);
  }

  #hear(notice: MediaNotice): void {
    // In the order they came; a consumer takes a while to be made.
    this.#notices = this.#notices.then(() => this.#obey(notice)).catch(() => {
      // Its link or its consumer closed meanwhile; a broken link is heard of through `lost`.
    });
  }

  #obey(notice: MediaNotice): void | Promise<void> {
    if (this.#closed) return;
    switch (notice.type) {
      case "consumer":
        return this.#receiving.take(notice);
      case "consumer_changed":
        return this.#receiving.change(notice);
      case "consumer_layers":
        return this.#receiving.layersChanged(notice);
      case "producer_layers":
        return this.#sending.video.limit(notice.spatial).catch(() => {});
      case "producer_closed":
        return this.#stopped(notice.producer);
      case "peer":
        return this.#events.peer(notice.present);
      case "told":
        return this.#events.told(notice.message);
      default:
        return unreachable(notice);
    }
  }

  #sampled(sample: Sample): void {
    if (sample.pictureIn !== null) this.#receiving.measured(sample.pictureIn);
    const { expectsPicture, starved, lesser } = this.#receiving;
    const sends = this.#sending.video.wanted;
    this.#events.sampled({ sample, sends, receives: expectsPicture, starved, lesser });
  }

  #stopped(producer: string): void {
    for (const sending of Object.values(this.#sending)) {
      if (!sending.closedByNode(producer)) continue;
      this.#forbid(sending.kind);
      this.#events.stopped(sending.kind, switchedOff(sending.kind));
    }
  }

  #forbid(kind: Kind): void {
    this.#allowed = { ...this.#allowed, [kind]: false };
  }
}

function byKind({ voice, video }: Allowed): Record<Kind, boolean> {
  return { audio: voice, video };
}

/** What is not allowed was switched off (M1). */
function switchedOff(kind: Kind): MediaRefused {
  return new MediaRefused(kind === "audio" ? "voice_off" : "video_off");
}
