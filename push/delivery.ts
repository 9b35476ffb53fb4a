/** What an answer of a push service means (RFC 8030, section 5). Pure. */

/** How often a message is tried, the first time included. */
export const MAX_TRIES = 3;

/** The longest wait a push service may ask for, in milliseconds. */
const LONGEST_WAIT_MS = 60_000;

/** What to do after one try. */
export type AfterTry =
  | { readonly kind: "taken" }
  /** The browser is not subscribed any more: the subscription is dead. */
  | { readonly kind: "gone" }
  /** Try again after so many milliseconds. */
  | { readonly kind: "again"; readonly wait: number }
  | { readonly kind: "failed" };

/** One try as it came out. */
export interface Try {
  /** The HTTP status; null: no answer came. */
  readonly status: number | null;
  /** The `Retry-After` header (RFC 9110, section 10.2.3). */
  readonly retryAfter: string | null;
  /** Which try it was, counted from 1. */
  readonly number: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** When the message is worth nothing any more. */
  readonly until: number;
}

/** What follows from one try. */
export function afterTry({ status, retryAfter, number, now, until }: Try): AfterTry {
  if (status !== null && status >= 200 && status < 300) return { kind: "taken" };
  if (status === 404 || status === 410) return { kind: "gone" };
  const passing = status === null || status === 429 || status >= 500;
  if (!passing || number >= MAX_TRIES) return { kind: "failed" };
  const asked = retryAfter === null ? null : waitFrom(retryAfter, now);
  // 1 s, 4 s: a push service that stumbles is soon back.
  const wait = Math.max(0, asked ?? 1000 * 4 ** (number - 1));
  if (wait > LONGEST_WAIT_MS || now + wait > until) return { kind: "failed" };
  return { kind: "again", wait };
}

function waitFrom(header: string, now: number): number | null {
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : at - now;
}
