/**
 * Whether to look for new paths (ICE restart, RFC 8445 section 9), from what is measured and what
 * the browser says. Pure: the clock is in the events.
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
}

/** Something that bears on a path; `at` in milliseconds of a clock that never goes back. */
export type PathEvent =
  | { readonly kind: "traffic"; readonly at: number; readonly traffic: Traffic }
  /** The browser's own verdict on the path. */
  | { readonly kind: "disconnected"; readonly at: number }
  /** The device is on another network, or on one again. */
  | { readonly kind: "network"; readonly at: number };

/** What is known of a path. */
export interface PathWatch {
  readonly last: { readonly at: number; readonly traffic: Traffic } | null;
  /** Since when something sent was not answered; null: all is. */
  readonly unansweredSince: number | null;
  /** When a restart was last asked for. */
  readonly restartedAt: number | null;
  /** Restarts since something was heard. */
  readonly attempts: number;
}

/** Silence for this long, in milliseconds, although something was sent, is a broken path. */
export const SILENCE_MS = 2_000;
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
  unansweredSince: null,
  restartedAt: null,
  attempts: 0,
};

/** What is known after `event`, and whether to restart now. */
export function watchPath(
  before: PathWatch,
  event: PathEvent,
): { readonly watch: PathWatch; readonly restart: boolean } {
  switch (event.kind) {
    case "traffic": {
      const watch = measure(before, event.at, event.traffic);
      const slept = before.last !== null && event.at - before.last.at >= SLEPT_MS;
      const since = watch.unansweredSince;
      const silent = since !== null && event.at - since >= SILENCE_MS;
      return decide(watch, event.at, slept || silent, pause(watch));
    }
    case "disconnected":
      return decide(before, event.at, true, pause(before));
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
  if (traffic.heard > last.traffic.heard) return { ...after, unansweredSince: null, attempts: 0 };
  if (before.unansweredSince !== null) return after;
  // The first of many packets went out soon after the last look; a single check perhaps just now.
  if (traffic.packetsOut - last.traffic.packetsOut >= STEADY_PACKETS) {
    return { ...after, unansweredSince: last.at };
  }
  return traffic.checks > last.traffic.checks ? { ...after, unansweredSince: at } : after;
}

function decide(watch: PathWatch, at: number, wanted: boolean, pause: number) {
  const { restartedAt, attempts } = watch;
  const restart = wanted && (restartedAt === null || at - restartedAt >= pause);
  return {
    watch: restart ? { ...watch, restartedAt: at, attempts: attempts + 1 } : watch,
    restart,
  };
}

function pause({ attempts }: PathWatch): number {
  return Math.min(MAX_PAUSE_MS, PAUSE_MS * 2 ** Math.max(0, attempts - 1));
}
