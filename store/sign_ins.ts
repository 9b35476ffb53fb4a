/** Signed-in browsers of technicians, by the hash of their token. */
import { peopleKeys } from "./keys.ts";

/** How long a browser stays signed in without a request, in milliseconds: a working day. */
export const SIGN_IN_IDLE_MS = 12 * 60 * 60 * 1000;
/** How long a browser stays signed in at most, in milliseconds. */
export const SIGN_IN_MAX_MS = 30 * 24 * 60 * 60 * 1000;
/** A sign-in used again within this time is not written again, in milliseconds. */
const RENEW_AFTER_MS = 10 * 60 * 1000;

/** A signed-in browser. Times in milliseconds since the epoch. */
export interface SignIn {
  readonly technician: string;
  readonly createdAt: number;
  readonly usedAt: number;
}

/** The signed-in browsers on one Deno KV. */
export class SignInStore {
  readonly #kv: Deno.Kv;

  constructor(kv: Deno.Kv) {
    this.#kv = kv;
  }

  /** Signs a browser in. */
  async create(tokenHash: string, technician: string, now: number): Promise<void> {
    const signIn: SignIn = { technician, createdAt: now, usedAt: now };
    await this.#kv.set(peopleKeys.signIn(tokenHash), signIn, { expireIn: SIGN_IN_IDLE_MS });
  }

  /** The sign-in of a browser, which keeps it alive; null: not signed in (any more). */
  async use(tokenHash: string, now: number): Promise<SignIn | null> {
    const key = peopleKeys.signIn(tokenHash);
    const entry = await this.#kv.get<SignIn>(key);
    if (entry.value === null) return null;
    const { createdAt, usedAt } = entry.value;
    // `expireIn` erases late: the record itself says until when it holds.
    if (now - usedAt >= SIGN_IN_IDLE_MS || now - createdAt >= SIGN_IN_MAX_MS) {
      // Whoever watches it learns at once, too: an open console is closed (A1).
      await this.#kv.atomic().check(entry).delete(key).commit();
      return null;
    }
    if (now - usedAt >= RENEW_AFTER_MS) {
      // Checked, so that a sign-out at this moment is not undone.
      await this.#kv.atomic().check(entry)
        .set(key, { ...entry.value, usedAt: now }, { expireIn: SIGN_IN_IDLE_MS })
        .commit();
    }
    return entry.value;
  }

  /** Signs a browser out. */
  async remove(tokenHash: string): Promise<void> {
    await this.#kv.delete(peopleKeys.signIn(tokenHash));
  }
}
