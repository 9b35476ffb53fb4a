/** How good a way to the media node is: measurements, bars and whose network is weak. Pure. */
import type { NodeMeasures } from "../../protocol/media.ts";
import type { PathKind, PictureSize, Reading } from "./stats.ts";

/** From 0, nothing gets through, to 4, nothing to complain about. */
export type Bars = 0 | 1 | 2 | 3 | 4;

/** Both transports of a link at one moment. */
export interface LinkReading {
  /** In milliseconds of a clock that never goes back. */
  readonly at: number;
  readonly send: Reading;
  readonly receive: Reading;
}

/** This page's way to the media node and back over one period; null: not known. */
export interface Sample {
  readonly at: number;
  readonly roundTripMs: number | null;
  /** The part of what this page sent that was lost, 0 to 1. */
  readonly lossOut: number | null;
  readonly lossIn: number | null;
  /** What went out and came in, in bits per second. */
  readonly bitrateOut: number;
  readonly bitrateIn: number;
  /** What could go out and come in, in bits per second. */
  readonly availableOut: number | null;
  readonly availableIn: number | null;
  readonly jitterMs: number | null;
  readonly voiceCodec: string | null;
  readonly pictureCodec: string | null;
  readonly path: PathKind | null;
  /** The picture sent and the one received; null: none. */
  readonly pictureOut: PictureSize | null;
  readonly pictureIn: PictureSize | null;
  /** As `NodeMeasures`. */
  readonly heardThere: number | null;
}

/** What happened between two readings, with what the node measured meanwhile. */
export function sampleOf(
  before: LinkReading,
  after: LinkReading,
  node: NodeMeasures | null,
): Sample {
  const { send, receive } = after;
  const bytes = (count: (reading: LinkReading) => number) => {
    const seconds = Math.max(0.001, (after.at - before.at) / 1000);
    return Math.max(0, count(after) - count(before)) * 8 / seconds;
  };
  return {
    at: after.at,
    roundTripMs: send.roundTripMs ?? receive.roundTripMs,
    // On a line that is full the node's answer is late, what its transport reports is not.
    lossOut: node?.lossUp ?? send.voiceLost,
    lossIn: lossIn(before.receive, receive, node?.lossUpThere ?? 0),
    bitrateOut: bytes((reading) => reading.send.bytesOut + reading.receive.bytesOut),
    bitrateIn: bytes((reading) => reading.send.bytesIn + reading.receive.bytesIn),
    availableOut: send.availableOut,
    availableIn: node?.availableDown ?? null,
    jitterMs: receive.jitterMs,
    voiceCodec: send.voiceCodec ?? receive.voiceCodec,
    pictureCodec: send.pictureCodec ?? receive.pictureCodec,
    path: send.path ?? receive.path,
    pictureOut: send.picture,
    pictureIn: receive.picture,
    heardThere: node?.heardThere ?? null,
  };
}

/** What was lost on the way from the node: not what had not even arrived there. */
function lossIn(before: Reading, after: Reading, lostBefore: number): number | null {
  const lost = after.packetsLost - before.packetsLost;
  const all = lost + after.packetsIn - before.packetsIn;
  return all < ENOUGH_PACKETS ? null : Math.max(0, lost / all - lostBefore);
}

/** From how much on a measurement costs bars: one, two or three of them. */
type Steps = readonly [fair: number, weak: number, bad: number];

/** Of fewer packets than this, a lost one says nothing. */
const ENOUGH_PACKETS = 20;

/** ITU-T G.114: conversation suffers above 150 ms one way and breaks down above 400 ms. */
const ROUND_TRIP_MS: Steps = [300, 500, 800];
const JITTER_MS: Steps = [60, 100, 200];
/** Opus conceals and repairs a few percent (RFC 6716, section 2.1.7). */
const LOSS: Steps = [0.03, 0.08, 0.2];
/** Bits per second, the other way round. A picture that rests speaks for itself. */
const AVAILABLE: Steps = [-400_000, -180_000, 0];

/** What a network does to pictures. */
export interface PictureEffects {
  /** One rests because of it. */
  readonly rests: boolean;
  /** One comes in smaller than it could be shown. */
  readonly lesser: boolean;
}

/** The bars of one period. */
export function rate(sample: Sample, { rests, lesser }: PictureEffects): Bars {
  if (rests) return 1;
  const room = [
    sample.pictureOut === null ? null : sample.availableOut,
    // A node that has no more to send finds out no more than that.
    sample.pictureIn === null || !lesser ? null : sample.availableIn,
  ];
  const costs = [
    cost(sample.roundTripMs, ROUND_TRIP_MS),
    cost(sample.jitterMs, JITTER_MS),
    cost(sample.lossOut, LOSS),
    cost(sample.lossIn, LOSS),
    ...room.map((available) => cost(available === null ? null : -available, AVAILABLE)),
  ];
  return BARS[Math.max(...costs)] ?? 1;
}

const BARS: readonly Bars[] = [4, 3, 2, 1];

function cost(value: number | null, steps: Steps): number {
  return value === null ? 0 : steps.filter((step) => value >= step).length;
}

/**
 * What to show after these ratings, the newest last: the middle of three, so none jumps about. Of two
 * the better one: what is wrong has to show twice. One alone says nothing: a call that begins keeps a
 * busy machine busy.
 */
export function steady(ratings: readonly Bars[]): Bars | null {
  if (ratings.length < 2) return null;
  const last = ratings.slice(-3).toSorted((a, b) => a - b);
  return last[Math.floor(last.length / 2)] ?? null;
}

/** So many bytes from one measurement to the next are voice or a picture. */
const STEADY_BYTES = 2_000;

/**
 * Whether nothing comes from the other side any more, by what the node had of it at each measurement
 * (`Sample.heardThere`), the newest last. Voice and picture that stop altogether, without even a check
 * of the path, are enough; where both sides were silent, twice nothing.
 */
export function isSilentThere(heard: readonly (number | null)[]): boolean {
  const [now = null, last = null, ...earlier] = heard.slice(-4).reverse();
  if (now === null || now !== last) return false;
  return earlier[0] === now || earlier.some((was) => was !== null && now - was >= STEADY_BYTES);
}

/** The one thing to say of both ways. */
export type Verdict =
  | "measuring"
  | "broken_here"
  | "broken_there"
  | "weak_here"
  | "weak_there"
  | "weak_both"
  | "fair"
  | "good";

/** What to say; `other` is null while the other side has said nothing. */
export function verdictOf(own: Bars | null, other: Bars | null): Verdict {
  if (own === null) return "measuring";
  if (own === 0) return "broken_here";
  if (other === 0) return "broken_there";
  const there = other ?? 4;
  if (own <= 2) return there <= 2 ? "weak_both" : "weak_here";
  if (there <= 2) return "weak_there";
  return own === 4 && there === 4 ? "good" : "fair";
}
