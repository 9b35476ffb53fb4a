/** Passwords: Argon2id (RFC 9106) with the parameters OWASP's password storage sheet asks for. */
import { timingSafeEqual } from "node:crypto";
import { argon2id } from "hash-wasm";
import type { PasswordHash } from "../store/technicians.ts";

/** Memory in KiB, passes, lanes: OWASP's first choice for Argon2id is 19 MiB, 2 and 1. */
const COST = { memorySize: 19_456, iterations: 2, parallelism: 1 } as const;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** Hashes a new password. Takes about 0.1 s of one core, on purpose. */
export async function hashPassword(password: string): Promise<PasswordHash> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  return { algorithm: "argon2id", ...COST, salt, digest: await derive(password, salt, COST) };
}

/**
 * Whether `password` is the one behind `hash`, compared in constant time. Without a hash (nobody
 * has that e-mail address) the answer is no after the same work, so that the time tells nothing.
 */
export async function verifyPassword(
  password: string,
  hash: PasswordHash | null,
): Promise<boolean> {
  const against = hash ?? NOBODY;
  const digest = await derive(password, against.salt, against);
  const equal = digest.length === against.digest.length && timingSafeEqual(digest, against.digest);
  return hash !== null && equal;
}

const NOBODY: PasswordHash = {
  algorithm: "argon2id",
  ...COST,
  salt: new Uint8Array(SALT_BYTES),
  digest: new Uint8Array(HASH_BYTES),
};

function derive(
  password: string,
  salt: Uint8Array,
  cost: Pick<PasswordHash, "memorySize" | "iterations" | "parallelism">,
): Promise<Uint8Array> {
  const { memorySize, iterations, parallelism } = cost;
  return argon2id({
    // The same password typed on two keyboards may come in two Unicode forms (NIST SP 800-63B).
    // hash-wasm refuses an empty one, which nobody can have: it costs the same as any wrong one.
    password: password.normalize("NFKC") || "\0",
    salt,
    memorySize,
    iterations,
    parallelism,
    hashLength: HASH_BYTES,
    outputType: "binary",
  });
}
