/** Signing in with e-mail address and password. */
import type { AttemptLimit, AttemptTaken } from "../store/attempts.ts";
import type { Stores } from "../store/mod.ts";
import type { Technician } from "../store/technicians.ts";
import { AtMost } from "../store/at_most.ts";
import { cleanEmail, MAX_PASSWORD } from "./fields.ts";
import { verifyPassword } from "./passwords.ts";
import { newHashedToken } from "./tokens.ts";

/**
 * A password costs a tenth of a second of the core that everybody's messages go through: one at a time,
 * and no more wait than are through within a second.
 */
const hashing = new AtMost(1, 8);

const QUARTER = 15 * 60 * 1000;

/** Attempts that fail, for one e-mail address: nobody guesses a password in them. */
export const EMAIL_LIMIT: AttemptLimit = { attempts: 10, within: QUARTER };
/** Attempts that fail, from one network address: a whole office may sit behind one. */
export const ADDRESS_LIMIT: AttemptLimit = { attempts: 50, within: QUARTER };

/** What somebody typed, and from where. */
export interface SignInAttempt {
  readonly email: string;
  readonly password: string;
  /** Network address of the browser. */
  readonly address: string;
}

/** A signed-in browser's token, or why there is none. */
export type SignInResult =
  | { readonly ok: true; readonly technician: Technician; readonly token: string }
  | { readonly ok: false; readonly code: "wrong_credentials" }
  /** Too many sign in at this moment. */
  | { readonly ok: false; readonly code: "busy" }
  /** `retryAt`: when it may be tried again, in milliseconds since the epoch. */
  | { readonly ok: false; readonly code: "too_many_attempts"; readonly retryAt: number };

/** Signs a browser in, or says why not. The time it takes does not tell whether the address is known. */
export async function signIn(
  stores: Stores,
  attempt: SignInAttempt,
  now: number,
): Promise<SignInResult> {
  const email = cleanEmail(attempt.email);
  if (email === null || attempt.password.length > MAX_PASSWORD * 2) return WRONG;
  const allowed = await takeAttempt(stores, email, attempt.address, now);
  if (!allowed.ok) return { ok: false, code: "too_many_attempts", retryAt: allowed.retryAt };
  const credentials = await stores.technicians.credentials(email);
  const verified = await hashing.tryRun(async () => {
    // Between two, all others have their turn.
    await new Promise((turn) => setTimeout(turn));
    return await verifyPassword(attempt.password, credentials?.password ?? null);
  });
  if (verified === null) {
    // Nothing was tried.
    await stores.attempts.giveBack(emailCounter(email), now);
    await stores.attempts.giveBack(addressCounter(attempt.address), now);
    return { ok: false, code: "busy" };
  }
  if (!verified.done || credentials === null) return WRONG;
  const technician = await stores.technicians.get(credentials.technician);
  if (technician === null) return WRONG;
  await Promise.all([
    stores.attempts.clear(emailCounter(email)),
    stores.attempts.giveBack(addressCounter(attempt.address), now),
  ]);
  return { ok: true, technician, token: await startSignIn(stores, technician.id, now) };
}

/** Signs a browser in as a technician who has proven who they are; returns the cookie's token. */
export async function startSignIn(
  stores: Stores,
  technician: string,
  now: number,
): Promise<string> {
  const { token, hash } = await newHashedToken();
  await stores.signIns.create(hash, technician, now);
  return token;
}

const WRONG = { ok: false, code: "wrong_credentials" } as const;

async function takeAttempt(
  stores: Stores,
  email: string,
  address: string,
  now: number,
): Promise<AttemptTaken> {
  // The network address first: who is stopped there cannot lock others' e-mail addresses.
  const byAddress = await stores.attempts.take(addressCounter(address), ADDRESS_LIMIT, now);
  return byAddress.ok
    ? await stores.attempts.take(emailCounter(email), EMAIL_LIMIT, now)
    : byAddress;
}

function emailCounter(email: string): string {
  return `email ${email}`;
}

function addressCounter(address: string): string {
  return `address ${address}`;
}
