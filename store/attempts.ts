/** Counting attempts to sign in, so that passwords cannot be tried out. */
import { peopleKeys } from "./keys.ts";

interface Attempts {
  readonly count: number;
  /** When counting starts anew, in milliseconds since the epoch. */
  readonly until: number;
}

/** How many attempts are allowed in what time. */
export interface AttemptLimit {
  readonly attempts: number;
  /** Milliseconds. */
  readonly within: number;
}

/** Whether an attempt may be made, or from when on (milliseconds since the epoch). */
export type AttemptTaken =
  | { readonly ok: true }
  | { readonly ok: false; readonly retryAt: number };

/** The attempts to sign in on one Deno KV. `who` is an e-mail address or a network address. */
export class AttemptStore {
  readonly #kv: Deno.Kv;

  constructor(kv: Deno.Kv) {
    this.#kv = kv;
  }

  /** Counts an attempt before it is made, so that many at once count as many. */
  async take(who: string, limit: AttemptLimit, now: number): Promise<AttemptTaken> {
    const key = peopleKeys.signInAttempts(who);
    for (;;) {
      const entry = await this.#kv.get<Attempts>(key);
      const current = counts(entry.value, limit, now)
        ? entry.value
        : { count: 0, until: now + limit.within };
      if (current.count >= limit.attempts) return { ok: false, retryAt: current.until };
      const next: Attempts = { count: current.count + 1, until: current.until };
      const op = this.#kv.atomic().check(entry).set(key, next, { expireIn: next.until - now });
      if ((await op.commit()).ok) return { ok: true };
    }
  }

  /** Takes one attempt back: it was a good one. */
  async giveBack(who: string, now: number): Promise<void> {
    const key = peopleKeys.signInAttempts(who);
    for (;;) {
      const entry = await this.#kv.get<Attempts>(key);
      if (entry.value === null || entry.value.until <= now) return;
      const next: Attempts = { ...entry.value, count: Math.max(0, entry.value.count - 1) };
      const op = this.#kv.atomic().check(entry).set(key, next, { expireIn: next.until - now });
      if ((await op.commit()).ok) return;
    }
  }

  /** Forgets all attempts of `who`. */
  async clear(who: string): Promise<void> {
    await this.#kv.delete(peopleKeys.signInAttempts(who));
  }
}

/** Not over yet; nor from before the clock was set back, or people would be kept out for hours. */
function counts(
  attempts: Attempts | null,
  { within }: AttemptLimit,
  now: number,
): attempts is Attempts {
  return attempts !== null && now < attempts.until && attempts.until - now <= within;
}
