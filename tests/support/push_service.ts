/**
 * A push service on this computer, with the browsers behind it: takes messages as RFC 8030 says, checks
 * who sends them (RFC 8292), and opens them with the keys it made for its subscriptions (RFC 8291).
 */
import { importJWK, jwtVerify } from "jose";
import { until } from "./waiting.ts";

/** A message that arrived, opened. */
export interface Received {
  readonly subscription: string;
  /** What the service worker would get. */
  readonly text: string;
  readonly ttl: number;
  readonly urgency: string | null;
  readonly topic: string | null;
}

/** One browser's subscription. */
interface Subscription {
  readonly keys: CryptoKeyPair;
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly auth: Uint8Array<ArrayBuffer>;
}

/** An answer instead of 201, e.g. 410 for a browser that is gone. */
export interface Answer {
  readonly status: number;
  readonly headers?: Record<string, string>;
}

/** The push service; `await using` stops it. */
export class PushService {
  readonly received: Received[] = [];
  /** Why messages were refused: nothing a correct sender causes. */
  readonly complaints: string[] = [];
  /** The answers to the next requests, the first one first. */
  readonly answers: Answer[] = [];
  /** How many requests came, whatever became of them. */
  requests = 0;
  readonly #subscriptions = new Map<string, Subscription>();
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  constructor() {
    const listening = { hostname: "127.0.0.1", port: 0, onListen: () => {} };
    this.#server = Deno.serve(listening, (request) => this.#take(request));
  }

  /** Its address, as PUSH_HOSTS takes it. */
  get origin(): string {
    return `http://127.0.0.1:${this.#server.addr.port}`;
  }

  /** What `PushManager.subscribe()` would give a browser. */
  async subscribe(): Promise<{ endpoint: string; keys: { p256dh: string; auth: string } }> {
    const keys = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, [
      "deriveBits",
    ]);
    const publicKey = new Uint8Array(await crypto.subtle.exportKey("raw", keys.publicKey));
    const auth = crypto.getRandomValues(new Uint8Array(16));
    const id = crypto.randomUUID();
    this.#subscriptions.set(id, { keys, publicKey, auth });
    return {
      endpoint: `${this.origin}/push/${id}`,
      keys: { p256dh: base64url(publicKey), auth: base64url(auth) },
    };
  }

  /** Resolves with the first message of this kind, once it has arrived; the first `after` do not count. */
  async find(kind: string, after = 0): Promise<Received> {
    return await until(
      `a push of the kind ${kind} arrives`,
      () => this.received.slice(after).find(({ text }) => JSON.parse(text).kind === kind),
      (found) => found !== undefined,
    );
  }

  async [Symbol.asyncDispose]() {
    await this.#server.shutdown();
  }

  async #take(request: Request): Promise<Response> {
    this.requests++;
    const body = new Uint8Array(await request.arrayBuffer());
    const special = this.answers.shift();
    if (special !== undefined) {
      return new Response(null, { status: special.status, headers: special.headers });
    }
    const id = URL.parse(request.url)?.pathname.split("/").at(-1) ?? "";
    const subscription = this.#subscriptions.get(id);
    if (subscription === undefined) return new Response(null, { status: 404 });
    try {
      await this.#checkSender(request);
      const { headers } = request;
      if (request.method !== "POST") throw new Error(`method ${request.method}`);
      if (headers.get("content-encoding") !== "aes128gcm") throw new Error("not aes128gcm");
      const ttl = Number(headers.get("ttl") ?? NaN);
      if (!Number.isInteger(ttl) || ttl < 0) throw new Error("no TTL");
      const topic = headers.get("topic");
      if (topic !== null && !/^[A-Za-z0-9_-]{1,32}$/.test(topic)) throw new Error(`topic ${topic}`);
      const text = new TextDecoder().decode(await open(body, subscription));
      const urgency = headers.get("urgency");
      this.received.push({ subscription: id, text, ttl, urgency, topic });
    } catch (error) {
      this.complaints.push(String(error));
      return new Response(null, { status: 400 });
    }
    return new Response(null, { status: 201, headers: { location: `${this.origin}/m/1` } });
  }

  /** RFC 8292: a JWT for this origin, good for at most a day, signed with the key it names. */
  async #checkSender(request: Request): Promise<void> {
    const [, token, key] =
      /^vapid t=([^,]+), ?k=([^,]+)$/.exec(request.headers.get("authorization") ?? "") ?? [];
    if (token === undefined || key === undefined) throw new Error("no vapid authorization");
    const point = fromBase64url(key);
    const jwk = {
      kty: "EC",
      crv: "P-256",
      x: base64url(point.slice(1, 33)),
      y: base64url(point.slice(33)),
    };
    const { payload } = await jwtVerify(token, await importJWK(jwk, "ES256"), {
      algorithms: ["ES256"],
      audience: this.origin,
      requiredClaims: ["exp", "sub"],
    });
    if ((payload.exp ?? 0) > Date.now() / 1000 + 24 * 60 * 60) throw new Error("exp is too far");
    if (!/^(mailto|https):/.test(payload.sub ?? "")) throw new Error(`sub ${payload.sub}`);
  }
}

/** RFC 8291, section 3.4, over RFC 8188, section 2, for one record. */
async function open(
  body: Uint8Array<ArrayBuffer>,
  { keys, publicKey, auth }: Subscription,
): Promise<ArrayBuffer> {
  const [salt, keyLength] = [body.slice(0, 16), body[20] ?? 0];
  const sender = body.slice(21, 21 + keyLength);
  const theirs = await crypto.subtle.importKey(
    "raw",
    sender,
    { name: "ECDH", namedCurve: "P-256" },
    false,
    [],
  );
  const secret = await crypto.subtle.deriveBits(
    { name: "ECDH", public: theirs },
    keys.privateKey,
    256,
  );
  const info = new Uint8Array([...bytes("WebPush: info\0"), ...publicKey, ...sender]);
  const input = await hkdf(auth, secret, info, 32);
  const cek = await hkdf(salt, input, bytes("Content-Encoding: aes128gcm\0"), 16);
  const iv = await hkdf(salt, input, bytes("Content-Encoding: nonce\0"), 12);
  const aes = await crypto.subtle.importKey("raw", cek, "AES-GCM", false, ["decrypt"]);
  const record = body.slice(21 + keyLength);
  const plain = new Uint8Array(
    await crypto.subtle.decrypt({ name: "AES-GCM", iv }, aes, record),
  );
  const end = plain.lastIndexOf(2);
  if (end < 0 || plain.slice(end + 1).some((byte) => byte !== 0)) throw new Error("no last record");
  return plain.slice(0, end).buffer;
}

async function hkdf(
  salt: Uint8Array<ArrayBuffer>,
  input: BufferSource,
  info: Uint8Array<ArrayBuffer>,
  length: number,
): Promise<ArrayBuffer> {
  const key = await crypto.subtle.importKey("raw", input, "HKDF", false, ["deriveBits"]);
  return await crypto.subtle.deriveBits(
    { name: "HKDF", hash: "SHA-256", salt, info },
    key,
    length * 8,
  );
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function base64url(of: Uint8Array): string {
  return of.toBase64({ alphabet: "base64url", omitPadding: true });
}

function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.fromBase64(text, { alphabet: "base64url" });
}
