/** Whether a microphone hears anything: a pure state machine over measured levels. */
import type { EquipmentReport } from "../../protocol/equipment.ts";
import { unreachable } from "../../protocol/errors.ts";
import type { Refused } from "./open_device.ts";

/** Where the test of a microphone stands. */
export type Hearing =
  | { readonly kind: "idle" }
  | { readonly kind: "asking" }
  | {
    readonly kind: "listening";
    /** When it began, in milliseconds of any clock. */
    readonly since: number;
    /** Now, from 0 (nothing) to 1 (as loud as it gets). */
    readonly level: number;
    /** How many levels in all were those of a voice. */
    readonly loud: number;
    /** Null: too early to say. A silent one may still be heard later. */
    readonly verdict: "ok" | "silent" | null;
  }
  | { readonly kind: "refused"; readonly why: Refused };

/** What happens to it. */
export type HearingEvent =
  | { readonly kind: "asked" }
  | { readonly kind: "opened"; readonly at: number }
  /** `rms`: root mean square of the samples, 0 to 1 (full scale). */
  | { readonly kind: "measured"; readonly rms: number; readonly at: number }
  | { readonly kind: "refused"; readonly why: Refused }
  /** It was unplugged. */
  | { readonly kind: "gone" };

/** Quieter than this is a room, louder a voice, in decibels below full scale. */
const VOICE = -45;
/** The level below which nothing is shown, in decibels. */
const FLOOR = -60;
/** A click is no voice: so many loud levels are. */
const ENOUGH = 4;
/** Who has said nothing for so long was not heard, in milliseconds. */
const PATIENCE = 6_000;

/** Before the test. */
export const NOT_TRIED: Hearing = { kind: "idle" };

/** The state after `event`. */
export function hear(state: Hearing, event: HearingEvent): Hearing {
  switch (event.kind) {
    case "asked":
      return { kind: "asking" };
    case "opened":
      return { kind: "listening", since: event.at, level: 0, loud: 0, verdict: null };
    case "measured":
      return state.kind === "listening" ? measured(state, event) : state;
    case "refused":
      return { kind: "refused", why: event.why };
    case "gone":
      return state.kind === "listening" ? { kind: "refused", why: "missing" } : state;
    default:
      return unreachable(event);
  }
}

/** What is reported of it. */
export function heardResult(state: Hearing): EquipmentReport["microphone"] {
  if (state.kind === "refused") return state.why;
  return state.kind === "listening" ? state.verdict ?? "untested" : "untested";
}

function measured(
  state: Extract<Hearing, { kind: "listening" }>,
  { rms, at }: { readonly rms: number; readonly at: number },
): Hearing {
  const decibels = 20 * Math.log10(Math.max(rms, 1e-6));
  const level = Math.min(1, Math.max(0, (decibels - FLOOR) / -FLOOR));
  const loud = state.loud + (decibels > VOICE ? 1 : 0);
  const silent = at - state.since >= PATIENCE ? "silent" : null;
  return { ...state, level, loud, verdict: loud >= ENOUGH ? "ok" : silent };
}
