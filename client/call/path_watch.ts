/**
 * Whether to look for new paths (ICE restart, RFC 8445 section 9) or to start all over, from what is
 * measured and what the browser says. Pure: the clock is in the events.
 *
 * A restart is cheap and disturbs nothing, but a browser may hold on to a path that is dead: Chromium
 * sends on it for 3.5 s, and tells the node of another one up to 2.5 s later. So where media came all
 * the time and does not come soon after a restart, starting all over is quicker.
 */
import { unreachable } from "../../protocol/errors.ts";

/** What one transport has sent and heard by now; counters only grow. */
export interface Traffic {
  /** What is answered within a round trip: STUN checks. */
  readonly checks: number;
  /** Packets of voice and picture sent: the node acknowledges those several times a second. */
  readonly packetsOut: number;
  /** Anything that came in. */
  readonly heard: number;
  /** What came in but for answers to checks: voice, picture, and what is said about ours. */
  readonly media: number;
}

/** Something that bears on a path; `at` in milliseconds of a clock that never goes back. */
export type PathEvent =
  | { readonly kind: "traffic"; readonly at: number; readonly traffic: Traffic }
  /** The browser's own verdict on the path. */
  | { readonly kind: "disconnected"; readonly at: number }
  /** The other path over the same network is looked for anew. */
  | { readonly kind: "doubted"; readonly at: number }
  /** The node has agreed to a restart: it can be reached. */
  | { readonly kind: "agreed"; readonly at: number }
  /** The device is on another network, or on one again. */
  | { readonly kind: "network"; readonly at: number };

/** What is known of a path. */
export interface PathWatch {
  readonly last: { readonly at: number; readonly traffic: Traffic } | null;
  /** When anything was last heard; null: never. */
  readonly heardAt: number | null;
  /** Measurements in a row in which media came. */
  readonly streak: number;
  /** When media last came steadily; null: never. */
  readonly steadyAt: number | null;
  /** Since when media is to come back, after a restart; null: nothing is waited for. */
  readonly mendingSince: number | null;
  /** Since when something sent was not answered; null: all is. */
  readonly unansweredSince: number | null;
  /** When a restart was last asked for. */
  readonly restartedAt: number | null;
  /** Restarts since something was heard. */
  readonly attempts: number;
}

/** What to do: nothing, look for new paths, or start all over. */
export type PathVerdict = "stay" | "restart" | "renew";

/** Silence for this long, in milliseconds, although something was sent, is a broken path. */
export const SILENCE_MS = 1_500;
/** With the other path silent, less is enough. */
const DOUBT_MS = 750;
/** Media that was steady is back so soon after a restart, or the restart was in vain. */
const EFFECT_MS = 1_000;
/** So many measurements in a row with media are no accident. */
const STEADY_STREAK = 3;
/** What was steady at most this long ago, in milliseconds, is missed. */
const RECENT_MS = 6_000;
/** Measured this much later than the time before: the page has slept. */
const SLEPT_MS = 8_000;
/** The shortest time between two restarts: checks need some to get through. */
const PAUSE_MS = 4_000;
const MAX_PAUSE_MS = 16_000;
/** News of the network come in bunches. */
const BUNCH_MS = 1_000;
/** So many packets between two measurements cannot all have been sent just now. */
const STEADY_PACKETS = 10;

/** A path nothing is known of yet. */
export const UNWATCHED: PathWatch = {
  last: null,
  heardAt: null,
  streak: 0,
  steadyAt: null,
  mendingSince: null,
  unansweredSince: null,
  restartedAt: null,
  attempts: 0,
};

/** What is known after `event`, and what to do now. */
export function watchPath(
  before: PathWatch,
  event: PathEvent,
): { readonly watch: PathWatch; readonly verdict: PathVerdict } {
  switch (event.kind) {
    case "traffic": {
      const watch = measure(before, event.at, event.traffic);
      const { mendingSince } = watch;
      if (mendingSince !== null && event.at - mendingSince >= EFFECT_MS) {
        return { watch: { ...watch, mendingSince: null }, verdict: "renew" };
      }
      const slept = before.last !== null && event.at - before.last.at >= SLEPT_MS;
      const since = watch.unansweredSince;
      const silent = since !== null && event.at - since >= SILENCE_MS;
      return decide(watch, event.at, slept || silent, pause(watch));
    }
    case "disconnected":
      return decide(before, event.at, true, pause(before));
    case "doubted": {
      const silent = before.heardAt !== null && event.at - before.heardAt >= DOUBT_MS;
      return decide(before, event.at, silent, pause(before));
    }
    case "agreed": {
      const { steadyAt } = before;
      const missed = steadyAt !== null && event.at - steadyAt < RECENT_MS;
      return { watch: { ...before, mendingSince: missed ? event.at : null }, verdict: "stay" };
    }
    case "network":
      return decide(before, event.at, true, BUNCH_MS);
    default:
      return unreachable(event);
  }
}

function measure(before: PathWatch, at: number, traffic: Traffic): PathWatch {
  const { last } = before;
  const after = { ...before, last: { at, traffic } };
  if (last === null) return after;
  // Counters of paths that were given up are gone: nothing can be told from that.
  if (traffic.heard < last.traffic.heard) return after;
  const flowing = traffic.media > last.traffic.media ? flow(after, at) : { ...after, streak: 0 };
  if (traffic.heard > last.traffic.heard) {
    return { ...flowing, heardAt: at, unansweredSince: null, attempts: 0 };
  }
  if (before.unansweredSince !== null) return flowing;
  // The first of many packets went out soon after the last look; a single check perhaps just now.
  if (traffic.packetsOut - last.traffic.packetsOut >= STEADY_PACKETS) {
    return { ...flowing, unansweredSince: last.at };
  }
  return traffic.checks > last.traffic.checks ? { ...flowing, unansweredSince: at } : flowing;
}

function flow(watch: PathWatch, at: number): PathWatch {
  const streak = watch.streak + 1;
  const steadyAt = streak >= STEADY_STREAK ? at : watch.steadyAt;
  return { ...watch, streak, steadyAt, mendingSince: null };
}

function decide(watch: PathWatch, at: number, wanted: boolean, pause: number) {
  const { restartedAt, attempts } = watch;
  const restart = wanted && (restartedAt === null || at - restartedAt >= pause);
  return {
    watch: restart ? { ...watch, restartedAt: at, attempts: attempts + 1 } : watch,
    verdict: restart ? "restart" as const : "stay" as const,
  };
}

function pause({ attempts }: PathWatch): number {
  return Math.min(MAX_PAUSE_MS, PAUSE_MS * 2 ** Math.max(0, attempts - 1));
}
