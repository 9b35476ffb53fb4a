/**
 * How loaded this process is, and what it refuses then: the dearest first, before everybody waits. Load
 * is told by a standing delay (RFC 8289, section 3.1): the delay that all recent samples had in common.
 * A burst, a pause of the garbage collector or a process that was stopped for a moment is none.
 */
import { log } from "../log/log.ts";
import type { Clock, PageCommand } from "./ports.ts";

/** How loaded a process is. "strained": nothing dear is begun; "overloaded": only the vital is done. */
export type Load = "calm" | "strained" | "overloaded";

/** What a command is worth to whoever waits for it, and costs everybody else. */
type Worth =
  /** It begins something: many reads and writes, pages that ring, pushes. */
  | "dear"
  | "ordinary"
  /** It is cheap, or ends something, or somebody is waiting at the other end of it. */
  | "vital";

const WORTH: Readonly<Record<PageCommand["type"], Worth>> = {
  "session.start": "dear",
  "session.ring": "dear",
  "session.answer": "vital",
  "session.reject": "vital",
  "session.end": "vital",
  "text.send": "ordinary",
  "text.cursor": "vital",
  "call.start": "dear",
  "call.accept": "vital",
  "call.join": "ordinary",
  "call.ticket": "ordinary",
  "call.media": "vital",
  "call.hangup": "vital",
  "equipment.ask": "dear",
  "equipment.answer": "ordinary",
  "equipment.ticket": "dear",
  "equipment.report": "ordinary",
  "notification.send": "dear",
  "notification.dismiss": "ordinary",
  "notification.received": "ordinary",
  "notification.read": "ordinary",
  "notification.answer": "ordinary",
  "push.key": "ordinary",
  "push.subscribe": "ordinary",
  "push.unsubscribe": "ordinary",
  "push.test": "dear",
};

/** How often is measured, in milliseconds. */
export const SAMPLE_MS = 200;
/** How many samples have to agree: two seconds. */
const SAMPLES = 10;

/** Standing delays from which on a process is strained or overloaded, in milliseconds. */
const STRAINED_MS = 500;
const OVERLOADED_MS = 2_000;

/** Whether a command is taken under this load. */
export function admits(load: Load, type: PageCommand["type"]): boolean {
  if (load === "calm") return true;
  return WORTH[type] === "vital" || (load === "strained" && WORTH[type] === "ordinary");
}

/** What the newest samples, in milliseconds, all had to wait: none while there are too few. */
export function standingDelay(samples: readonly number[]): number {
  return samples.length < SAMPLES ? 0 : Math.min(...samples.slice(-SAMPLES));
}

/** The load that a standing delay means. */
export function loadOf(delay: number): Load {
  if (delay >= OVERLOADED_MS) return "overloaded";
  return delay >= STRAINED_MS ? "strained" : "calm";
}

/** How loaded a process is, by what. */
export interface LoadPort {
  /** By whatever has to wait longest. */
  readonly load: Load;
  /** By how late timers are alone: a page that comes back has nothing committed, it only reads. */
  readonly loop: Load;
}

/** Measures the load of this process: how late timers are, and how long commits wait. */
export class LoadMeter implements LoadPort {
  readonly #clock: Clock;
  readonly #commitDelay: () => number;
  readonly #stop: () => void;
  #samples: number[] = [];
  #lateness: number[] = [];
  #sampledAt: number;
  #load: Load = "calm";
  #loop: Load = "calm";

  /** @param commitDelay how long the oldest step has waited to be committed, in milliseconds. */
  constructor(clock: Clock, commitDelay: () => number) {
    this.#clock = clock;
    this.#commitDelay = commitDelay;
    this.#sampledAt = clock.elapsed();
    this.#stop = clock.every(SAMPLE_MS, () => this.#sample());
  }

  get load(): Load {
    return this.#load;
  }

  get loop(): Load {
    return this.#loop;
  }

  /** Measures no more. */
  close(): void {
    this.#stop();
  }

  #sample(): void {
    const now = this.#clock.elapsed();
    const late = now - this.#sampledAt - SAMPLE_MS;
    this.#sampledAt = now;
    this.#lateness = [...this.#lateness.slice(1 - SAMPLES), late];
    this.#samples = [...this.#samples.slice(1 - SAMPLES), Math.max(late, this.#commitDelay())];
    this.#loop = loadOf(standingDelay(this.#lateness));
    const before = this.#load;
    this.#load = loadOf(standingDelay(this.#samples));
    if (before === "calm" && this.#load !== "calm") log("overload_began");
    if (before !== "calm" && this.#load === "calm") log("overload_over");
  }
}
