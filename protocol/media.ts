/**
 * The signalling between a page and a media node: JSON text frames over a socket of its own, opened
 * with a ticket. Requests carry an id and are answered; the rest are notices. RTP and ICE objects
 * are mediasoup's own and pass through unread here (mediasoup-client API, mediasoup API).
 */
import * as v from "valibot";
import type { ErrorCode } from "./errors.ts";
import { IdSchema } from "./id.ts";
import { type PeerMessage, PeerMessageSchema } from "./peer_messages.ts";
import type { Side } from "./receipts.ts";

/** How long a ticket is good for, in seconds. */
export const TICKET_SECONDS = 60;

/** The largest frame a page may send to a node, in UTF-16 units: RTP capabilities take about 10 K. */
export const MAX_MEDIA_FRAME = 64 * 1024;

/** How often a node says to a page that it is there, in milliseconds. */
export const BEAT_MS = 400;

/** Where a media node's socket is found, on the node or on the web process that hosts one. */
export const MEDIA_SOCKET_PATH = "/media/socket";

/** What may be sent: in a ticket, or in a room (M1). */
export interface Allowed {
  readonly voice: boolean;
  readonly video: boolean;
}

/** One stay of a call on a node: which call of its session, after how many moves. */
export type Place = Pick<TicketClaims, "call" | "move">;

/** Negative: `a` was before `b`; 0: they are the same. */
export function comparePlaces(a: Place, b: Place): number {
  return a.call - b.call || a.move - b.move;
}

/** What a ticket says, signed by the web process (RFC 7519, HS256). */
export interface TicketClaims {
  readonly session: string;
  /** The call inside the session: a ticket never outlives its call. */
  readonly call: number;
  /** How often the call had moved to another node: a ticket never outlives its stay here. */
  readonly move: number;
  readonly side: Side;
  readonly client: string;
  /** What this side may send (M1). */
  readonly send: Allowed;
  /** The node it is for. */
  readonly node: string;
}

const Positive = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
/** An object of mediasoup's; mediasoup checks it itself and throws on nonsense. */
const Opaque = v.record(v.string(), v.unknown());
const Token = v.pipe(v.string(), v.maxLength(4096));
/** A layer of a scalable picture, from 0: no page sends more than three sizes and three rates. */
const Layer = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(2));
const request = { id: Positive };

const MediaClientMessageSchema = v.variant("type", [
  /** First frame. Answered by `joined` or by closing with "bad_ticket". */
  v.strictObject({ type: v.literal("join"), token: Token }),
  /** A fresh ticket for the same place. Answered with `send`: what this page may send now. */
  v.strictObject({ type: v.literal("renew"), ...request, token: Token }),
  /** What this page can receive; from here on the node offers consumers. */
  v.strictObject({ type: v.literal("capabilities"), ...request, rtpCapabilities: Opaque }),
  /** Opens a WebRTC transport. Answered with mediasoup's `TransportOptions` fields. */
  v.strictObject({
    type: v.literal("transport"),
    ...request,
    direction: v.picklist(["send", "receive"]),
  }),
  v.strictObject({
    type: v.literal("connect"),
    ...request,
    transport: IdSchema,
    dtlsParameters: Opaque,
  }),
  /** Answered with new `iceParameters` and fresh `iceServers`. */
  v.strictObject({ type: v.literal("restart_ice"), ...request, transport: IdSchema }),
  /** Sends something: at most one of each kind, and only what the ticket allows. Answered with `id`. */
  v.strictObject({
    type: v.literal("produce"),
    ...request,
    transport: IdSchema,
    kind: v.picklist(["audio", "video"]),
    rtpParameters: Opaque,
    paused: v.boolean(),
  }),
  v.strictObject({
    type: v.literal("producer"),
    ...request,
    producer: IdSchema,
    action: v.picklist(["pause", "resume", "close"]),
  }),
  /** The page is ready to play this consumer: let it flow. */
  v.strictObject({ type: v.literal("resume_consumer"), ...request, consumer: IdSchema }),
  /** For the other page. Answered with `delivered`: whether it was there to hear it. */
  v.strictObject({ type: v.literal("tell"), ...request, message: PeerMessageSchema }),
  /**
   * With a ticket to try the ways here, and nothing else with it: opens a WebRTC transport for a page
   * with these DTLS parameters. Answered with the fields of {@link ProbeAnswer}.
   */
  v.strictObject({ type: v.literal("probe"), ...request, dtlsParameters: Opaque }),
  /** The page does not show this consumer now: do not send it. */
  v.strictObject({ type: v.literal("pause_consumer"), ...request, consumer: IdSchema }),
  /** The most the page can show of a picture; the node sends less where bandwidth wants that. */
  v.strictObject({
    type: v.literal("layers"),
    ...request,
    consumer: IdSchema,
    spatial: Layer,
    temporal: Layer,
  }),
  /** How the page's network looks from the node. Answered with {@link NodeMeasures}. */
  v.strictObject({ type: v.literal("measure"), ...request }),
]);

/** Everything a page may send to a media node. */
export type MediaClientMessage = v.InferOutput<typeof MediaClientMessageSchema>;
/** A request: anything but `join`. */
export type MediaRequest = Exclude<MediaClientMessage, { type: "join" }>;
type RequestOf<M> = M extends unknown ? Omit<M, "id"> : never;
/** A request without its number: what a page's code hands to its media socket. */
export type MediaCommand = RequestOf<MediaRequest>;

/** An ICE server for the browser's `RTCPeerConnection` (W3C WebRTC, RTCIceServer). */
export interface IceServer {
  readonly urls: readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

/** What a page needs of a transport to reach it (mediasoup's WebRtcTransport; RFC 8445, RFC 8122). */
export interface ProbeAnswer {
  readonly iceParameters: { readonly usernameFragment: string; readonly password: string };
  readonly iceCandidates: readonly ProbeCandidate[];
  readonly dtlsParameters: { readonly fingerprints: readonly DtlsFingerprint[] };
}

/** An address where the node listens. */
export interface ProbeCandidate {
  readonly foundation: string;
  readonly priority: number;
  readonly address: string;
  readonly protocol: "udp" | "tcp";
  readonly port: number;
  /** Only of TCP: the node waits to be called (RFC 6544). */
  readonly tcpType?: "passive";
}

/** The hash of a DTLS certificate (RFC 8122). */
export interface DtlsFingerprint {
  readonly algorithm: string;
  readonly value: string;
}

/** How a page's network looks from the node; null: not known (yet). */
export interface NodeMeasures {
  /** The part of the page's packets that did not arrive at the node, 0 to 1. */
  readonly lossUp: number | null;
  /** The same of the other side's page: what was lost before the node sent it on. */
  readonly lossUpThere: number | null;
  /** What the page's network is taken to receive, in bits per second, while it is sent a picture. */
  readonly availableDown: number | null;
  /**
   * What the node has had of the other side's page so far, in bytes of media and checks, a request
   * counting as one: once that grows no more, nothing gets through from there.
   */
  readonly heardThere: number | null;
}

/** Everything a media node may send. */
export type MediaServerMessage =
  /**
   * The answer to `join`: the router's RTP capabilities, and what this page may send now; nothing of
   * either for a page that only tries the ways here.
   */
  | {
    readonly type: "joined";
    readonly send: Allowed;
    readonly rtpCapabilities: Readonly<Record<string, unknown>>;
    readonly iceServers: readonly IceServer[];
  }
  | {
    readonly type: "answer";
    readonly id: number;
    readonly data: Readonly<Record<string, unknown>>;
  }
  | {
    readonly type: "refused";
    readonly id: number | null;
    readonly code: ErrorCode;
    readonly message: string;
  }
  /** The other side sends something: a consumer, paused until `resume_consumer`. */
  | {
    readonly type: "consumer";
    readonly consumer: string;
    readonly producer: string;
    readonly kind: "audio" | "video";
    readonly rtpParameters: Readonly<Record<string, unknown>>;
    readonly producerPaused: boolean;
  }
  | {
    readonly type: "consumer_changed";
    readonly consumer: string;
    readonly change: "paused" | "resumed" | "closed";
  }
  /**
   * Which layers of a picture this page is sent from now on; null: none, although the other side
   * sends them and this page wants them, since its network does not carry the least of them.
   */
  | {
    readonly type: "consumer_layers";
    readonly consumer: string;
    readonly layers: { readonly spatial: number; readonly temporal: number } | null;
  }
  /** The receiver of this producer cannot show a larger layer than this: sending it is in vain. */
  | { readonly type: "producer_layers"; readonly producer: string; readonly spatial: number }
  /** The administrator switched this off: the producer is gone (M1). */
  | { readonly type: "producer_closed"; readonly producer: string }
  /** The node is there: every {@link BEAT_MS}, whatever else it says. */
  | { readonly type: "beat" }
  /** The other side's page joined or left the node. */
  | { readonly type: "peer"; readonly present: boolean }
  /** The other side's page says something. */
  | { readonly type: "told"; readonly message: PeerMessage };

/** A parsed frame, or why it could not be parsed, with the request's id where it has one. */
export type ParsedMediaFrame =
  | { readonly ok: true; readonly message: MediaClientMessage }
  | { readonly ok: false; readonly code: ErrorCode; readonly id: number | null };

/** Parses one frame from a page. Never throws. */
export function parseMediaFrame(data: unknown): ParsedMediaFrame {
  if (typeof data !== "string") return { ok: false, code: "bad_frame", id: null };
  if (data.length > MAX_MEDIA_FRAME) return { ok: false, code: "frame_too_large", id: null };
  const json = parseJson(data);
  const parsed = v.safeParse(MediaClientMessageSchema, json);
  if (parsed.success) return { ok: true, message: parsed.output };
  const id = v.safeParse(v.looseObject(request), json);
  return { ok: false, code: "bad_frame", id: id.success ? id.output.id : null };
}

/**
 * Reads a frame from the node, which is trusted: only that it is a tagged object is checked.
 * Null: not one.
 */
export function readMediaFrame(data: unknown): MediaServerMessage | null {
  const json = typeof data === "string" ? parseJson(data) : undefined;
  if (typeof json !== "object" || json === null || !("type" in json)) return null;
  return json as MediaServerMessage;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
