/**
 * Whether a network carries a picture beside the voice, in one direction. Below a floor the picture
 * rests, so that the voice has the network for itself, and comes back by itself. Pure.
 *
 * A network that carries little cannot be told from one that is asked for little. So a resting
 * picture is tried from time to time: it flows, unseen, until it is known to get through.
 */

/** What was measured in one direction over the last period; null: not known. */
export interface Carried {
  /** In milliseconds of a clock that never goes back. */
  readonly at: number;
  /** What the way is taken to carry, voice included, in bits per second. */
  readonly available: number | null;
  /** The part of the packets that was lost, 0 to 1. */
  readonly loss: number | null;
  readonly roundTripMs: number | null;
  /** Frames a second that got through. */
  readonly rate: number | null;
  /** The node has nothing small enough to send. */
  readonly starved: boolean;
}

/** "flows": seen; "rests": not sent; "tried": sent, not seen. */
export type PictureFlow = "flows" | "rests" | "tried";

/** A picture in one direction. */
export interface PictureState {
  readonly flow: PictureFlow;
  /** Since when. */
  readonly since: number;
  /** Measurements in a row that speak for a change. */
  readonly streak: number;
  /** How often in a row it had to rest. */
  readonly rests: number;
}

/** Voice needs about 40 kbit/s with its headers; what is left must make a picture worth seeing. */
export const FLOOR = 80_000;
/** Losing this much, the voice is no longer understood. */
const MAX_LOSS = 0.25;
/** With room for this much, a picture of few frames tells of a busy camera or computer. */
const ROOM = 3 * FLOOR;
/** A network that is used up loses packets, keeps them waiting, or lets few frames through. */
const TROUBLE = { loss: 0.05, roundTripMs: 500, rate: 5 } as const;
/** One bad measurement is an accident. */
const BAD_STREAK = 2;
/** A picture that has just begun to flow again may take a moment. */
const FAILED_STREAK = 3;
const GOOD_STREAK = 3;
/** How long it rests before it is tried, in milliseconds; doubles each time it fails. */
const REST_MS = 8_000;
const MAX_REST_MS = 30_000;
/** A trial that is neither good nor bad for this long is not good. */
const TRIAL_MS = 20_000;
/** Flowing for this long, the past is forgiven. */
const FORGIVEN_MS = 60_000;

/** A picture that flows. */
export function flowing(at: number): PictureState {
  return { flow: "flows", since: at, streak: 0, rests: 0 };
}

/** What becomes of a picture after one more measurement. */
export function nextPicture(state: PictureState, carried: Carried): PictureState {
  const { at } = carried;
  switch (state.flow) {
    case "flows": {
      const streak = isBad(carried) ? state.streak + 1 : 0;
      if (streak >= BAD_STREAK) return rest(state, at);
      const rests = at - state.since >= FORGIVEN_MS ? 0 : state.rests;
      return { ...state, streak, rests };
    }
    case "rests":
      if (at - state.since < restFor(state)) return state;
      return { ...state, flow: "tried", since: at, streak: 0 };
    case "tried": {
      if (isUnbearable(carried)) return rest(state, at);
      const streak = isGood(carried) ? Math.max(0, state.streak) + 1 : nextBad(state, carried);
      if (streak >= GOOD_STREAK) return { ...state, flow: "flows", since: at, streak: 0 };
      if (-streak >= FAILED_STREAK || at - state.since >= TRIAL_MS) return rest(state, at);
      return { ...state, streak };
    }
  }
}

/** The other direction of the same network carries again: this one may as well. */
export function encourage(state: PictureState, at: number): PictureState {
  return state.flow === "rests" ? { ...state, flow: "tried", since: at, streak: 0 } : state;
}

/** In a trial, bad measurements count downwards; what is neither counts for nothing. */
function nextBad({ streak }: PictureState, carried: Carried): number {
  return isBad(carried) ? Math.min(0, streak) - 1 : 0;
}

function rest({ rests }: PictureState, at: number): PictureState {
  return { flow: "rests", since: at, streak: 0, rests: rests + 1 };
}

function restFor({ rests }: PictureState): number {
  return Math.min(MAX_REST_MS, REST_MS * 2 ** (rests - 1));
}

function isBad(carried: Carried): boolean {
  const { available, starved } = carried;
  if (starved || isUnbearable(carried)) return true;
  // A quiet picture makes estimates low that nothing else speaks for.
  return available !== null && available < FLOOR && isTroubled(carried);
}

/** The voice suffers with it. */
function isUnbearable({ loss }: Carried): boolean {
  return loss !== null && loss >= MAX_LOSS;
}

function isGood(carried: Carried): boolean {
  return !isBad(carried) && !isTroubled(carried);
}

function isTroubled({ available, loss, roundTripMs, rate }: Carried): boolean {
  const hasRoom = available !== null && available >= ROOM;
  return (loss !== null && loss >= TROUBLE.loss) ||
    (roundTripMs !== null && roundTripMs >= TROUBLE.roundTripMs) ||
    (rate !== null && rate < TROUBLE.rate && !hasRoom);
}
