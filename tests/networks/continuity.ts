/** How well a tone was heard: pure, from what an ear (ear.ts) wrote down. */

/** What an ear says for each {@link WINDOW_MS} it listened: whether the tone was there. */
export type Heard = readonly boolean[];

/** One look of an ear, in milliseconds. */
export const WINDOW_MS = 20;

/** A person takes a shorter one for a hitch, not for silence, in milliseconds. */
const NOTICED_GAP_MS = 300;

/** A sound, as one number each. */
export interface Continuity {
  /** The part of the time it was heard, 0 to 1. */
  readonly share: number;
  /** The longest time it was not, in milliseconds. */
  readonly longestGapMs: number;
  /**
   * How long it took until it was heard again for good, in milliseconds: the end of the last gap that
   * people notice; 0: there was none.
   */
  readonly recoveredMs: number;
}

/** How it was from the change of a network on. `heard` must not be empty. */
export function continuityOf(heard: Heard): Continuity {
  const gaps = gapsOf(heard);
  const lengths = gaps.map(({ from, to }) => to - from);
  const noticed = gaps.findLast(({ from, to }) => (to - from) * WINDOW_MS >= NOTICED_GAP_MS);
  return {
    share: heard.filter((there) => there).length / heard.length,
    longestGapMs: Math.max(0, ...lengths) * WINDOW_MS,
    recoveredMs: (noticed?.to ?? 0) * WINDOW_MS,
  };
}

/** Where it was not heard; windows `from` to before `to`. */
function gapsOf(heard: Heard): { from: number; to: number }[] {
  const gaps: { from: number; to: number }[] = [];
  let from: number | null = null;
  for (const [at, there] of [...heard, true].entries()) {
    if (!there) from ??= at;
    else if (from !== null) {
      gaps.push({ from, to: at });
      from = null;
    }
  }
  return gaps;
}
