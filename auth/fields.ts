/** What people type about themselves and their devices: how it is cleaned and what is refused. */

import { type Phrase, phrase } from "../locales/phrase.ts";

/** The shortest password, in characters. */
export const MIN_PASSWORD = 10;
/** The longest password, in characters: hashing takes longer for longer ones. */
export const MAX_PASSWORD = 256;
/** The longest name of a person or device, in characters. */
export const MAX_NAME = 80;
/** The longest e-mail address, in characters (RFC 5321, 4.5.3.1.3). */
export const MAX_EMAIL = 254;

/** A name with its white space tidied; null where nothing is left or it is too long. */
export function cleanName(typed: string): string | null {
  const name = typed.normalize("NFC").replace(/[\s\p{Cc}]+/gu, " ").trim().toWellFormed();
  return name === "" || [...name].length > MAX_NAME ? null : name;
}

/** An e-mail address as it is compared and stored, in lower case; null where it is not one. */
export function cleanEmail(typed: string): string | null {
  const email = typed.normalize("NFC").trim().toLowerCase();
  // Deliberately loose: only what cannot be an address is refused.
  return email.length <= MAX_EMAIL && /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u.test(email) ? email : null;
}

/** What is wrong with a new password; null: nothing. */
export function passwordProblem(password: string): Phrase | null {
  const length = [...password].length;
  if (length < MIN_PASSWORD) return phrase("account.passwordShort", { count: MIN_PASSWORD });
  if (length > MAX_PASSWORD) return phrase("account.passwordLong", { count: MAX_PASSWORD });
  return null;
}
