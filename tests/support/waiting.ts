/** Waiting in tests: for a condition or a promise, and never without end. */

/** Things settle within seconds; a slow machine gets more. In milliseconds. */
export const PATIENCE = 30_000;
/** How often a condition is looked at, in milliseconds. */
const LOOK_AGAIN = 10;
/** What a look may take at least, in milliseconds: its answer says what was seen when time was up. */
const LAST_LOOK = 2_000;

/**
 * Waits until `condition` holds of what `look` sees, and answers that. Rejects with `what`, and with
 * what was seen last, after `patience` milliseconds, even where a look itself never comes back.
 */
export function until<T, U extends T>(
  what: string,
  look: () => Promise<T> | T,
  condition: (seen: T) => seen is U,
  patience?: number,
): Promise<U>;
export function until<T>(
  what: string,
  look: () => Promise<T> | T,
  condition: (seen: T) => boolean,
  patience?: number,
): Promise<T>;
export async function until<T>(
  what: string,
  look: () => Promise<T> | T,
  condition: (seen: T) => boolean,
  patience = PATIENCE,
): Promise<T> {
  // Not Date.now: tests/faults set that.
  const end = performance.now() + patience;
  for (;;) {
    const left = Math.max(LAST_LOOK, end - performance.now());
    const seen = await within(what, Promise.resolve(look()), left);
    if (condition(seen)) return seen;
    if (performance.now() > end) throw new Error(`not so: ${what}\n${Deno.inspect(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
  }
}

/** What `promise` brings; rejects with `what` where that takes longer than `patience` milliseconds. */
export async function within<T>(
  what: string,
  promise: Promise<T>,
  patience = PATIENCE,
): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`not in time: ${what}`)), patience);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
