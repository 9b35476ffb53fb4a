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
/** It comes back somewhat above where it went, so that it does not come and go. */
export const RETURN = 130_000;
/** Losing this much, the voice is no longer understood. */
const MAX_LOSS = 0.25;
const RETURN_LOSS = 0.1;
/** One bad measurement is an accident. */
const BAD_STREAK = 2;
const GOOD_STREAK = 2;
/** How long it rests before it is tried, in milliseconds; doubles each time it fails. */
const REST_MS = 8_000;
const MAX_REST_MS = 60_000;
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
      const streak = isGood(carried) ? Math.max(0, state.streak) + 1 : nextBad(state, carried);
      if (streak >= GOOD_STREAK) return { ...state, flow: "flows", since: at, streak: 0 };
      if (-streak >= BAD_STREAK || at - state.since >= TRIAL_MS) return rest(state, at);
      return { ...state, streak };
    }
  }
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

function isBad({ available, loss, starved }: Carried): boolean {
  return starved || (available !== null && available < FLOOR) ||
    (loss !== null && loss >= MAX_LOSS);
}

function isGood(carried: Carried): boolean {
  const { available, loss } = carried;
  return !isBad(carried) && (available === null || available >= RETURN) &&
    (loss === null || loss < RETURN_LOSS);
}
