/** Short-lived signed tokens (JWT, RFC 7519, HS256) that can each be used once. */
import { jwtVerify, SignJWT } from "jose";

/** Clocks of two machines may differ by this much, in seconds. */
const CLOCK_TOLERANCE = 5;

/** What a token is for: its `typ` header, so that one kind never passes for another (RFC 8725). */
export type TokenKind =
  | "media-ticket+jwt"
  | "media-probe+jwt"
  | "media-control+jwt"
  | "media-report+jwt";

/** What a token is for, and whom: its `typ` and `aud`, so that none passes for or at another. */
export interface TokenUse {
  readonly kind: TokenKind;
  /** The media node it is for, or {@link WEB} (RFC 7519 section 4.1.3). */
  readonly audience: string;
  /** How long it is good for, in seconds. */
  readonly seconds: number;
}

/** The audience of what is for web processes; no id of a node has a space in it. */
export const WEB = "web processes";

/** The shortest secret that HS256 takes, in characters (RFC 7518 section 3.2: 256 bits). */
export const MIN_SECRET = 32;

/** Signs `payload` for that use, once. */
export function signToken(
  secret: string,
  { kind, audience, seconds }: TokenUse,
  payload: Readonly<Record<string, unknown>>,
): Promise<string> {
  return new SignJWT({ ...payload })
    .setProtectedHeader({ alg: "HS256", typ: kind })
    .setAudience(audience)
    .setJti(crypto.randomUUID())
    .setIssuedAt()
    .setExpirationTime(`${seconds} s`)
    .sign(keyOf(secret));
}

/** The genuine and current content of a token. */
interface Verified {
  readonly jti: string;
  readonly iat: number;
  readonly exp: number;
  readonly payload: unknown;
}

/** What is in `token`, where it is genuine, current and for that use; null otherwise. */
export async function verifyToken(
  secret: string,
  { kind, audience, seconds }: TokenUse,
  token: string,
): Promise<Verified | null> {
  const key = keyOf(secret);
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ["HS256"],
      typ: kind,
      audience,
      clockTolerance: CLOCK_TOLERANCE,
      maxTokenAge: seconds,
      requiredClaims: ["jti", "iat", "exp", "aud"],
    });
    const { jti, iat, exp, aud, ...rest } = payload;
    // One audience: a list would be good at several places, once at each.
    if (jti === undefined || iat === undefined || exp === undefined || aud !== audience) {
      return null;
    }
    return { jti, iat, exp, payload: rest };
  } catch {
    return null; // Whatever jose finds wrong with it, it is not a token.
  }
}

/** A token that was used. */
interface Used {
  /** Seconds since the epoch. */
  readonly expiry: number;
  /** When nothing signed as early can be current any more, in milliseconds as `performance.now()`. */
  readonly until: number;
}

/**
 * Checks tokens of one use and remembers those that were used until they expire. The clock on the
 * wall may be set back and forward meanwhile: that refuses no token signed after it, and makes none
 * that was used good again.
 */
export class TokenChecker {
  readonly #secret: string;
  /** Used tokens by `jti`, oldest first. */
  readonly #used = new Map<string, Used>();
  /** When this checker was made, by both clocks, in milliseconds. */
  readonly #made = { wall: Date.now(), steady: performance.now() };

  /** Throws a `RangeError` where `secret` is too short. */
  constructor(secret: string, readonly purpose: TokenUse) {
    keyOf(secret);
    this.#secret = secret;
  }

  /**
   * The payload of `token` if it is genuine, current and fits `accept`, which makes it used; null
   * otherwise. `accept` returns null for a payload it does not want, which does not use the token.
   */
  async use<T>(token: string, accept: (payload: unknown) => T | null): Promise<T | null> {
    const claims = await verifyToken(this.#secret, this.purpose, token);
    if (claims === null || claims.iat < this.#since() || this.#used.has(claims.jti)) return null;
    const accepted = accept(claims.payload);
    if (accepted === null) return null;
    this.#forgetExpired();
    const until = performance.now() + (this.purpose.seconds + 2 * CLOCK_TOLERANCE) * 1000;
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
