/** A page's socket to a media node: the ticket first, then requests and their answers. */
import type { types } from "mediasoup-client";
import { CLOSE_CODE, type ErrorCode } from "../../protocol/errors.ts";
import {
  type Allowed,
  BEAT_MS,
  type IceServer,
  type MediaCommand,
  type MediaServerMessage,
  type NodeMeasures,
  type ProbeAnswer,
  readMediaFrame,
} from "../../protocol/media.ts";
import type { MediaTicket } from "../../protocol/messages.ts";

/** What the node answers to each kind of request. */
export interface MediaAnswers {
  readonly renew: { readonly send: Allowed };
  readonly capabilities: unknown;
  readonly transport: Pick<
    types.TransportOptions,
    "id" | "iceParameters" | "iceCandidates" | "dtlsParameters"
  >;
  readonly connect: unknown;
  readonly restart_ice: {
    readonly iceParameters: types.IceParameters;
    readonly iceServers: readonly IceServer[];
  };
  readonly produce: { readonly id: string };
  readonly producer: unknown;
  readonly resume_consumer: unknown;
  readonly tell: { readonly delivered: boolean };
  readonly probe: ProbeAnswer;
  readonly pause_consumer: unknown;
  readonly layers: unknown;
  readonly measure: NodeMeasures;
}

type Joined = Extract<MediaServerMessage, { type: "joined" }>;
/** What the node says by itself. */
export type MediaNotice = Exclude<
  MediaServerMessage,
  { type: "joined" } | { type: "answer" } | { type: "refused" } | { type: "beat" }
>;

/** The node refused a request: the call can go on without it. */
export class MediaRefused extends Error {
  override readonly name = "MediaRefused";

  constructor(readonly code: ErrorCode) {
    super(code);
  }
}

/** The way to the node is broken; `reason` is the node's, or empty where it had none. */
export class MediaLost extends Error {
  override readonly name = "MediaLost";

  constructor(readonly reason: string) {
    super(reason === "" ? "the connection to the media node is lost" : reason);
  }
}

/** Who hears of what the node does by itself. */
export interface MediaSocketEvents {
  notice(notice: MediaNotice): void;
  /** Nothing has come for some time, not even that the node is there; said again while it lasts. */
  silent(): void;
  /** Whether this page reaches its web process, as far as is known: if not, its network is gone. */
  reachable(): boolean;
  /** It is over, after it was joined; called once, unless `close` was called before. */
  lost(reason: string): void;
}

/**
 * A node that owes an answer and gives none at all for this long is not there, in milliseconds. One
 * that answers others first is: on a thin line a picture is in front of the next request for longer.
 */
const PATIENCE = 8_000;
/** Two beats that did not come, in milliseconds; a thin network may hold them up as long. */
const SILENT_MS = 2.2 * BEAT_MS;
/** It is not asked for again before so many milliseconds. */
const STILL_SILENT_MS = 1_500;
/** While there is no network, no answer is missed; so often, in ms, it is looked whether there is one. */
const LOOK_AGAIN_MS = 1_000;

interface Waiting {
  readonly resolve: (data: unknown) => void;
  readonly reject: (error: Error) => void;
  timer: ReturnType<typeof setTimeout>;
}

/** An open, joined socket: {@link MediaSocket.open}. */
export class MediaSocket {
  readonly #socket: WebSocket;
  readonly #events: MediaSocketEvents;
  readonly #waiting = new Map<number, Waiting>();
  readonly #joined = Promise.withResolvers<Joined>();
  #lastId = 0;
  /** When the node last answered anything, or could again, by a clock that never goes back. */
  #answeredAt = 0;
  #hasJoined = false;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #isSilent = false;
  #over = false;

  /** Opens the socket and joins. Rejects with {@link MediaLost}. */
  static async open(
    ticket: MediaTicket,
    events: MediaSocketEvents,
  ): Promise<{ socket: MediaSocket; joined: Joined }> {
    const socket = new MediaSocket(ticket, events);
    return { socket, joined: await socket.#joined.promise };
  }

  private constructor({ url, token }: MediaTicket, events: MediaSocketEvents) {
    this.#events = events;
    const address = new URL(url, location.href);
    address.protocol = address.protocol.replace("http", "ws");
    this.#socket = new WebSocket(address);
    const timer = setTimeout(() => this.#end(""), PATIENCE);
    this.#joined.promise.then(() => clearTimeout(timer), () => clearTimeout(timer));
    this.#socket.addEventListener("open", () => this.#send({ type: "join", token }));
    this.#socket.addEventListener("message", ({ data }) => this.#take(data));
    this.#socket.addEventListener("close", ({ code, reason }) => {
      this.#end(code === CLOSE_CODE ? reason : "");
    });
  }

  /**
   * Asks the node for something. Rejects with {@link MediaRefused}, or with {@link MediaLost} when
   * there is a network and still no answer, to this or anything else, for {@link PATIENCE}, which ends
   * the socket.
   */
  request<T extends MediaCommand["type"]>(
    command: Extract<MediaCommand, { type: T }>,
  ): Promise<MediaAnswers[T]> {
    if (this.#over) return Promise.reject(new MediaLost(""));
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const timer = this.#expect(id, PATIENCE, performance.now());
      // The node is trusted to answer what was asked (see MediaAnswers).
      this.#waiting.set(id, { resolve: resolve as (data: unknown) => void, reject, timer });
      this.#send({ ...command, id });
    });
  }

  /** Leaves without a word to `lost`. Idempotent. */
  close(): void {
    this.#finish("");
  }

  /** Looks `inMs` from now whether the node has answered nothing for too long since it was asked. */
  #expect(id: number, inMs: number, askedAt: number) {
    return setTimeout(() => {
      const left = Math.max(askedAt, this.#answeredAt) + PATIENCE - performance.now();
      if (left <= 0 && this.#events.reachable()) return this.#end("");
      const waiting = this.#waiting.get(id);
      if (waiting === undefined) return;
      waiting.timer = this.#expect(id, left > 0 ? left : LOOK_AGAIN_MS, askedAt);
    }, inMs);
  }

  #send(frame: Readonly<Record<string, unknown>>): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  #take(data: unknown): void {
    const message = readMediaFrame(data);
    if (message === null || this.#over) return;
    if (this.#hasJoined) this.#listen(SILENT_MS);
    switch (message.type) {
      case "beat":
        return;
      case "joined":
        this.#hasJoined = true;
        this.#listen(SILENT_MS);
        return this.#joined.resolve(message);
      case "answer":
        return this.#settle(message.id, ({ resolve }) => resolve(message.data));
      case "refused":
        return this.#settle(message.id, ({ reject }) => {
          reject(new MediaRefused(message.code));
        });
      default:
        return this.#events.notice(message);
    }
  }

  /**
   * Another server was reached just now, which `media` from this node was not: a node that is silent
   * here, too, is not there. TCP that was cut for long takes as long to go on (RFC 6298, section 5.5).
   */
  reached(media: boolean): void {
    if (this.#isSilent && !media) return this.#end("");
    this.#answeredAt = performance.now();
  }

  /** Waits for the next sign of the node. */
  #listen(patience: number): void {
    clearTimeout(this.#silence);
    this.#isSilent = patience !== SILENT_MS;
    this.#silence = setTimeout(() => {
      this.#listen(STILL_SILENT_MS);
      this.#events.silent();
    }, patience);
  }

  #settle(id: number | null, how: (waiting: Waiting) => void): void {
    this.#answeredAt = performance.now();
    const waiting = id === null ? undefined : this.#waiting.get(id);
    if (id === null || waiting === undefined) return;
    this.#waiting.delete(id);
    clearTimeout(waiting.timer);
    how(waiting);
  }

  #end(reason: string): void {
    if (this.#finish(reason) && this.#hasJoined) this.#events.lost(reason);
  }

  /** Closes and lets everybody down who still waits. False: that was done before. */
  #finish(reason: string): boolean {
    if (this.#over) return false;
    this.#over = true;
    clearTimeout(this.#silence);
    const error = new MediaLost(reason);
    this.#joined.reject(error);
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(error);
    }
    this.#waiting.clear();
    this.#socket.close();
    return true;
  }
}
