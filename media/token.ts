/** Short-lived signed tokens (JWT, RFC 7519, HS256) that can each be used once. */
import { jwtVerify, SignJWT } from "jose";

/** Clocks of two machines may differ by this much, in seconds. */
const CLOCK_TOLERANCE = 5;

/** What a token is for: its `typ` header, so that one kind never passes for another (RFC 8725). */
export type TokenKind = "media-ticket+jwt" | "media-probe+jwt" | "media-control+jwt";

/** The shortest secret that HS256 takes, in characters (RFC 7518 section 3.2: 256 bits). */
export const MIN_SECRET = 32;

/** Signs `payload` for one use within `seconds`. */
export function signToken(
  secret: string,
  kind: TokenKind,
  payload: Readonly<Record<string, unknown>>,
  seconds: number,
): Promise<string> {
  return new SignJWT({ ...payload })
    .setProtectedHeader({ alg: "HS256", typ: kind })
    .setJti(crypto.randomUUID())
    .setIssuedAt()
    .setExpirationTime(`${seconds} s`)
    .sign(keyOf(secret));
}

/** A token that was used. */
interface Used {
  /** Seconds since the epoch. */
  readonly expiry: number;
  /** When nothing signed as early can be current any more, in milliseconds as `performance.now()`. */
  readonly until: number;
}

/**
 * Checks tokens of one kind and remembers those that were used until they expire. The clock on the
 * wall may be set back and forward meanwhile: that refuses no token signed after it, and makes none
 * that was used good again.
 */
export class TokenChecker {
  readonly #key: Uint8Array;
  /** Used tokens by `jti`, oldest first. */
  readonly #used = new Map<string, Used>();
  /** When this checker was made, by both clocks, in milliseconds. */
  readonly #made = { wall: Date.now(), steady: performance.now() };

  constructor(secret: string, readonly kind: TokenKind, readonly seconds: number) {
    this.#key = keyOf(secret);
  }

  /**
   * The payload of `token` if it is genuine, current and fits `accept`, which makes it used; null
   * otherwise. `accept` returns null for a payload it does not want, which does not use the token.
   */
  async use<T>(token: string, accept: (payload: unknown) => T | null): Promise<T | null> {
    const claims = await this.#verify(token);
    if (claims === null || claims.iat < this.#since() || this.#used.has(claims.jti)) return null;
    const accepted = accept(claims.payload);
    if (accepted === null) return null;
    this.#forgetExpired();
    const until = performance.now() + (this.seconds + 2 * CLOCK_TOLERANCE) * 1000;
    this.#used.set(claims.jti, { expiry: claims.exp + CLOCK_TOLERANCE, until });
    return accepted;
  }

  /**
   * Nothing older than this checker, in seconds since the epoch: what a predecessor saw used is not
   * known here. By a clock that was set back meanwhile the checker was made earlier, too.
   */
  #since(): number {
    const { wall, steady } = this.#made;
    const set = Date.now() - (wall + performance.now() - steady);
    return Math.floor((wall + Math.min(0, set)) / 1000);
  }

  async #verify(token: string) {
    try {
      const { payload } = await jwtVerify(token, this.#key, {
        algorithms: ["HS256"],
        typ: this.kind,
        clockTolerance: CLOCK_TOLERANCE,
        maxTokenAge: this.seconds,
        requiredClaims: ["jti", "iat", "exp"],
      });
      const { jti, iat, exp, ...rest } = payload;
      if (jti === undefined || iat === undefined || exp === undefined) return null;
      return { jti, iat, exp, payload: rest };
    } catch {
      return null; // Whatever jose finds wrong with it, it is not a token.
    }
  }

  #forgetExpired(): void {
    const [now, steady] = [Date.now() / 1000, performance.now()];
    for (const [jti, { expiry, until }] of this.#used) {
      if (expiry > now || until > steady) return;
      this.#used.delete(jti);
    }
  }
}

function keyOf(secret: string): Uint8Array {
  const key = new TextEncoder().encode(secret);
  if (key.length < MIN_SECRET) throw new RangeError(`a secret needs ${MIN_SECRET} bytes or more`);
  return key;
}
