/** Secrets that stand for a person or device: 256 random bits; only their hash is ever stored. */

const TOKEN_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** A new secret, URL-safe. It is shown or sent once; keep `hashToken` of it. */
export function newToken(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(TOKEN_BYTES)));
}

/** The key a token is stored under (SHA-256); null for what cannot be a token at all. */
export async function hashToken(token: string): Promise<string | null> {
  return TOKEN.test(token) ? await digest(token) : null;
}

/** A new token together with its hash. */
export async function newHashedToken(): Promise<{ token: string; hash: string }> {
  const token = newToken();
  return { token, hash: await digest(token) };
}

async function digest(token: string): Promise<string> {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token));
  return base64Url(new Uint8Array(bytes));
}

function base64Url(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}
