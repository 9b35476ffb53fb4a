/** Waiting with an end. */

/** What {@link inTime} resolves to in place of an answer. */
export const LATE: unique symbol = Symbol("late");

/** What `asked` resolves to, or {@link LATE} after `patience` milliseconds. Rejects where it does. */
export async function inTime<T>(asked: Promise<T>, patience: number): Promise<T | typeof LATE> {
  const late = Promise.withResolvers<typeof LATE>();
  const timer = setTimeout(late.resolve, patience, LATE);
  try {
    return await Promise.race([asked, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
