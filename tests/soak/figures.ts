/** What is measured during a soak, and whether anything grows. Pure. */

/** One look at the server. */
export interface Sample {
  /** Seconds since the beginning. */
  readonly at: number;
  /** Bytes. */
  readonly rss: number;
  /** Bytes after a collection of garbage. */
  readonly heap: number;
  /** Open files and sockets. */
  readonly handles: number;
  /** Bytes of the database and its write-ahead log. */
  readonly database: number;
  /** The latest a timer was since the last look, in milliseconds. */
  readonly lag: number;
}

/** What may not grow. */
export type Growing = "rss" | "heap" | "handles";

/**
 * How much may be gained over the second half, as a part of what is there and as an amount: what
 * people do differs from minute to minute, and a process gives memory back late.
 */
const ALLOWED: Readonly<Record<Growing, { readonly part: number; readonly amount: number }>> = {
  rss: { part: 0.05, amount: 16 * 1024 * 1024 },
  heap: { part: 0.05, amount: 4 * 1024 * 1024 },
  handles: { part: 0.02, amount: 20 },
};

/** How much `what` grows over the second half, by the straight line that fits its samples best. */
export function growth(samples: readonly Sample[], what: Growing): number {
  const half = samples.slice(Math.floor(samples.length / 2));
  const [first, last] = [half[0], half.at(-1)];
  if (first === undefined || last === undefined || first === last) return 0;
  const mean = (of: (sample: Sample) => number) =>
    half.reduce((sum, sample) => sum + of(sample), 0) / half.length;
  const [at, value] = [mean((one) => one.at), mean((one) => one[what])];
  const covariance = half.reduce((sum, one) => sum + (one.at - at) * (one[what] - value), 0);
  const variance = half.reduce((sum, one) => sum + (one.at - at) ** 2, 0);
  return covariance / variance * (last.at - first.at);
}

/** What grows more than it may, as sentences. */
export function leaks(samples: readonly Sample[]): string[] {
  return (Object.keys(ALLOWED) as Growing[]).flatMap((what) => {
    const gained = growth(samples, what);
    const { part, amount } = ALLOWED[what];
    const there = samples.at(-1)?.[what] ?? 0;
    const allowed = there * part + amount;
    return gained > allowed
      ? [
        `${what} grew by ${Math.round(gained)} in the second half, more than ${
          Math.round(allowed)
        }`,
      ]
      : [];
  });
}
