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

/** Checks tokens of one kind and remembers those that were used until they expire. */
export class TokenChecker {
  readonly #key: Uint8Array;
  /** Used tokens by `jti`, with their expiry in seconds since the epoch, oldest first. */
  readonly #used = new Map<string, number>();
  /** Nothing older than this checker: what a predecessor saw used is not known here. */
  readonly #since = Math.floor(Date.now() / 1000);

  constructor(secret: string, readonly kind: TokenKind, readonly seconds: number) {
    this.#key = keyOf(secret);
  }

  /**
   * The payload of `token` if it is genuine, current and fits `accept`, which makes it used; null
   * otherwise. `accept` returns null for a payload it does not want, which does not use the token.
   */
  async use<T>(token: string, accept: (payload: unknown) => T | null): Promise<T | null> {
    const claims = await this.#verify(token);
    if (claims === null || claims.iat < this.#since || this.#used.has(claims.jti)) return null;
    const accepted = accept(claims.payload);
    if (accepted === null) return null;
    this.#forgetExpired();
    this.#used.set(claims.jti, claims.exp + CLOCK_TOLERANCE);
    return accepted;
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
    const now = Date.now() / 1000;
    for (const [jti, expiry] of this.#used) {
      if (expiry > now) return;
      this.#used.delete(jti);
    }
  }
}

function keyOf(secret: string): Uint8Array {
  const key = new TextEncoder().encode(secret);
  if (key.length < MIN_SECRET) throw new RangeError(`a secret needs ${MIN_SECRET} bytes or more`);
  return key;
}
