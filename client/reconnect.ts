/** When to try again after a connection was lost: at once, then ever more patiently, for ever. */

/** The longest pause between two tries, in milliseconds. */
export const LONGEST_PAUSE = 8_000;
/** The longest pause while somebody waits for it, as in a call. */
export const LONGEST_IN_CALL = 1_000;
const FIRST_PAUSE = 500;

/**
 * The pause before try number `attempt` (0 is the first after a loss), in milliseconds: capped
 * exponential backoff with jitter, so that a restarted server is not met by all pages at once.
 * `random` is in [0, 1).
 */
export function pauseBefore(attempt: number, random: number, longest = LONGEST_PAUSE): number {
  if (attempt <= 0) return 0;
  const ceiling = Math.min(longest, FIRST_PAUSE * 2 ** Math.min(attempt - 1, 16));
  return Math.round(ceiling / 2 + random * ceiling / 2);
}
