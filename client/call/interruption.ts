/**
 * When a carrier call, or anything else that interrupts the sound of the whole device, interrupts
 * this call too, and when it goes on (rule M4). Pure: signs and the time come in.
 *
 *     active -> interrupted -> resumable -> resuming -> active
 *
 * No browser tells about carrier calls. Each sign alone may be missing or mistaken, so how soon one
 * counts depends on the others. Going on always takes a tap: systems give microphones back muted,
 * and nobody wants to be heard again without having decided so.
 */
import { unreachable } from "../../protocol/errors.ts";

/** What hints at an interruption. */
export type Sign =
  /** `navigator.audioSession.state` is "interrupted" (W3C Audio Session). */
  | "session"
  /** An AudioContext's state is "interrupted" (Web Audio API). */
  | "context"
  /** The microphone's track is muted by the system, or was ended by it in the background. */
  | "track"
  /** The page is hidden and its microphone, which gave sound before, gives none at all. */
  | "silence";

/** Where the call stands. While it is not "active" both directions are silent. */
export type InterruptionPhase = "active" | "interrupted" | "resumable" | "resuming";

/** A call's state; begin with {@link UNINTERRUPTED}. */
export interface Interruption {
  readonly phase: InterruptionPhase;
  /** Since when which signs are there, in milliseconds. */
  readonly signs: Readonly<Partial<Record<Sign, number>>>;
  /** Since when the page is in view; null: it is not. */
  readonly visibleSince: number | null;
}

/** What can happen to it. */
export type InterruptionEvent =
  | { readonly kind: "sign"; readonly sign: Sign; readonly present: boolean }
  | { readonly kind: "visible"; readonly visible: boolean }
  /** The person wants to go on. */
  | { readonly kind: "tapped" }
  /** Then everything was done to get sound back: in vain if its signs are still there. */
  | { readonly kind: "reacquired" }
  /** The time of {@link due} has come. */
  | { readonly kind: "clock" };

/** A call at its beginning, on a page in view. */
export const UNINTERRUPTED: Interruption = { phase: "active", signs: {}, visibleSince: 0 };

/**
 * Systems mute a track for a moment when headsets come and go. (LiveKit waits 5 s before it stops
 * sending; a technician who talks into a silent call for 5 s costs more than a needless tap.)
 */
const TRACK_MUTED_FOR = 2_000;
/** iOS interrupts every AudioContext in the background, and gives it back right after. */
const CONTEXT_GONE_FOR = 1_000;

/** The state after `event`, which happened at `now` (in milliseconds, of any clock). */
export function interruptionStep(
  state: Interruption,
  event: InterruptionEvent,
  now: number,
): Interruption {
  switch (event.kind) {
    case "sign":
      return settle(withSign(state, event.sign, event.present, now), now);
    case "visible":
      return settle(seen(state, event.visible, now), now);
    case "tapped": {
      const { phase } = state;
      return phase === "active" ? state : { ...state, phase: "resuming" };
    }
    case "reacquired":
      return state.phase === "resuming" ? reacquired(state, now) : state;
    case "clock":
      return settle(state, now);
    default:
      return unreachable(event);
  }
}

/** When "clock" has to happen next; null: nothing is in doubt. */
export function due(state: Interruption): number | null {
  return state.phase === "active" || state.phase === "resumable" ? certainAt(state) : null;
}

function settle(state: Interruption, now: number): Interruption {
  const certain = certainAt(state);
  switch (state.phase) {
    case "active":
    case "resumable":
      return certain !== null && certain <= now ? { ...state, phase: "interrupted" } : state;
    case "interrupted":
      return isClear(state) ? { ...state, phase: "resumable" } : state;
    case "resuming":
      return state;
    default:
      return unreachable(state.phase);
  }
}

/** From when on the signs leave no doubt; null: they do not suffice. */
function certainAt({ signs, visibleSince }: Interruption): number | null {
  const { session, context, track, silence } = signs;
  const sure = [session, silence];
  if (track !== undefined) sure.push(track + TRACK_MUTED_FOR);
  if (context !== undefined) {
    // Two that confirm each other.
    if (track !== undefined) sure.push(Math.max(context, track));
    // Alone it proves nothing about a page in the background.
    if (visibleSince !== null) sure.push(Math.max(context, visibleSince) + CONTEXT_GONE_FOR);
  }
  const times = sure.filter((time) => time !== undefined);
  return times.length === 0 ? null : Math.min(...times);
}

function withSign(state: Interruption, sign: Sign, present: boolean, now: number): Interruption {
  const { [sign]: since, ...others } = state.signs;
  if (present === (since !== undefined)) return state;
  return { ...state, signs: present ? { ...others, [sign]: now } : others };
}

/**
 * Whoever comes back to the page may want to go on, even where the system forgot to give the
 * microphone back (iOS 18 and 26 do): then it has to be opened anew, in the tap.
 */
function seen(state: Interruption, visible: boolean, now: number): Interruption {
  if (visible === (state.visibleSince !== null)) return state;
  if (!visible) return { ...state, visibleSince: null };
  if (state.phase === "active") return { ...state, visibleSince: now };
  const { track: _track, silence: _silence, ...others } = state.signs;
  return { ...state, signs: others, visibleSince: now };
}

/** A context takes a moment to run again: it is given that from now on. */
function reacquired(state: Interruption, now: number): Interruption {
  const { session, track, context } = state.signs;
  if (session !== undefined || track !== undefined) return { ...state, phase: "interrupted" };
  return { ...state, phase: "active", signs: context === undefined ? {} : { context: now } };
}

function isClear({ signs }: Interruption): boolean {
  return Object.keys(signs).length === 0;
}
