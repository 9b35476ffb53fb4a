/** New ids for notifications: ULIDs (https://github.com/ulid/spec), sortable by the time they were made. */

/** Crockford's Base32: no I, L, O, U. */
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** 48 bits of time, 80 random ones; five bits a letter. */
const [TIME_LETTERS, RANDOM_LETTERS] = [10, 16];

/** A ULID for this moment, in milliseconds since the epoch. */
export function newUlid(now: number): string {
  let [time, left] = ["", Math.floor(now)];
  for (let n = 0; n < TIME_LETTERS; n++) {
    time = LETTERS.charAt(left % 32) + time;
    left = Math.floor(left / 32);
  }
  const random = crypto.getRandomValues(new Uint8Array(RANDOM_LETTERS));
  return time + Array.from(random, (byte) => LETTERS.charAt(byte % 32)).join("");
}
