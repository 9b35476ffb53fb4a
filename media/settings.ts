/** The MEDIA_* settings, read from the environment once, with a sentence for every mistake. */
import * as v from "valibot";
import { LOG_FORMATS, type LogFormat } from "../log/log.ts";
import { isId } from "../protocol/id.ts";
import type { IceServer } from "../protocol/media.ts";
import { LocationSchema } from "../protocol/media_node.ts";
import type { TurnSettings } from "./ice_servers.ts";
import type { ListenOptions } from "./listen.ts";
import { MIN_SECRET } from "./token.ts";

/** Looks up an environment variable. */
export type Env = (name: string) => string | undefined;

/** What every process with a media node in it can be told. */
export interface NodeSettings {
  /** MEDIA_LISTEN_IP, MEDIA_ANNOUNCED_ADDRESS, MEDIA_PORT. */
  readonly listen: ListenOptions;
  /** MEDIA_WORKERS: how many cores media may use. */
  readonly workers: number;
  /** MEDIA_ICE_SERVERS: what pages are told to find a way through NAT. */
  readonly iceServers: readonly IceServer[];
  /** TURN_URLS, TURN_SECRET, TURN_CREDENTIAL_SECONDS; null: no TURN servers share a secret with it. */
  readonly turn: TurnSettings | null;
  /** MEDIASOUP_WORKER_BIN: a ready worker. */
  readonly workerBin: string | undefined;
}

/** What a node that runs alone (`deno task media`) can be told as well. */
export interface StandaloneSettings extends NodeSettings {
  /** PORT, for HTTP and WebSockets. */
  readonly port: number;
  /** HOST: the address to serve on. */
  readonly host: string;
  /** TLS_CERT and TLS_KEY: paths of PEM files; null: plain HTTP. */
  readonly tls: { readonly cert: string; readonly key: string } | null;
  /** MEDIA_SECRET, the same as the web processes'. */
  readonly secret: string;
  /** MEDIA_NODE_ID. */
  readonly id: string;
  /** LOG. */
  readonly log: LogFormat;
  /** MEDIA_URL: the origin pages and web processes reach this node at. */
  readonly url: string;
  /** WEB_URL: origins of the web processes it registers with. */
  readonly webUrls: readonly string[];
  /** MEDIA_LOCATION. */
  readonly location: string | null;
  /** DRAIN_SECONDS, in milliseconds: how long its calls have to go to other nodes at its end. */
  readonly drainFor: number;
}

/** The first of a node's media ports where MEDIA_PORT says nothing; UDP and TCP. */
export const DEFAULT_MEDIA_PORT = 44_444;
const DEFAULT_PORT = 8443;
const MAX_WORKERS = 64;
/** A call moves within a second or two; a page that is away for a moment follows within ten. */
const DEFAULT_DRAIN = 12;
/** As for web processes. */
const MAX_DRAIN = 600;
const DEFAULT_CREDENTIAL_SECONDS = 3600;
const DAY = 86_400;
/** RFC 7065, section 3.1, as far as browsers take it. */
const TURN_URL = /^turns?:([\w.-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?(\?transport=(udp|tcp))?$/;

const IceServersSchema = v.array(v.strictObject({
  urls: v.pipe(
    v.union([v.string(), v.array(v.string())]),
    v.transform((urls) => typeof urls === "string" ? [urls] : urls),
    v.array(v.pipe(v.string(), v.regex(/^(stun|stuns|turn|turns):\S+$/))),
    v.minLength(1),
  ),
  username: v.optional(v.string()),
  credential: v.optional(v.string()),
}));

/** Reads the settings of a media node; adds a sentence to `mistakes` for each that is wrong. */
export function readNodeSettings(env: Env, mistakes: string[]): NodeSettings {
  return {
    listen: {
      ip: readAddress(env, "MEDIA_LISTEN_IP", mistakes),
      announcedAddress: set(env("MEDIA_ANNOUNCED_ADDRESS")),
      port: readNumber(env, "MEDIA_PORT", [0, 65_535], DEFAULT_MEDIA_PORT, mistakes),
    },
    workers: readNumber(env, "MEDIA_WORKERS", [1, MAX_WORKERS], 1, mistakes),
    iceServers: readIceServers(env, mistakes),
    turn: readTurn(env, mistakes),
    workerBin: set(env("MEDIASOUP_WORKER_BIN")),
  };
}

/** Reads the settings of a node that runs alone, or what is wrong with them. */
export function readStandaloneSettings(
  env: Env,
): { readonly settings: StandaloneSettings } | { readonly mistakes: readonly string[] } {
  const mistakes: string[] = [];
  const settings: StandaloneSettings = {
    ...readNodeSettings(env, mistakes),
    port: readNumber(env, "PORT", [0, 65_535], DEFAULT_PORT, mistakes),
    host: set(env("HOST")) ?? "0.0.0.0",
    tls: readTls(env, mistakes),
    secret: readSecret(env, mistakes),
    id: readId(env, mistakes),
    log: readLog(env, mistakes),
    url: readUrl(env, mistakes),
    webUrls: readWebUrls(env, mistakes),
    location: readLocation(env, mistakes),
    drainFor: readNumber(env, "DRAIN_SECONDS", [0, MAX_DRAIN], DEFAULT_DRAIN, mistakes) * 1000,
  };
  return mistakes.length === 0 ? { settings } : { mistakes };
}

/**
 * The value without the spaces and line ends that files and shells leave around it: both kinds of
 * process must read the same secret. An empty variable is one that is not set.
 */
function set(value: string | undefined): string | undefined {
  const trimmed = value?.trim();
  return trimmed === "" ? undefined : trimmed;
}

function readNumber(
  env: Env,
  name: string,
  [min, max]: readonly [number, number],
  fallback: number,
  mistakes: string[],
): number {
  const value = set(env(name));
  if (value === undefined) return fallback;
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= min && number <= max) return number;
  mistakes.push(`${name} must be a whole number from ${min} to ${max}, but is "${value}".`);
  return fallback;
}

function readAddress(env: Env, name: string, mistakes: string[]): string | undefined {
  const value = set(env(name));
  if (value === undefined || /^(\d{1,3}\.){3}\d{1,3}$|^[0-9A-Fa-f:]*:[0-9A-Fa-f:.]+$/.test(value)) {
    return value;
  }
  mistakes.push(`${name} must be an IP address of this machine, but is "${value}".`);
  return undefined;
}

function readIceServers(env: Env, mistakes: string[]): readonly IceServer[] {
  const value = set(env("MEDIA_ICE_SERVERS"));
  if (value === undefined) return [];
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), IceServersSchema), value);
  if (parsed.success) return parsed.output;
  mistakes.push(
    'MEDIA_ICE_SERVERS must be JSON like [{"urls":["turn:turn.example.org:3478"],' +
      '"username":"u","credential":"c"}].',
  );
  return [];
}

function readTurn(env: Env, mistakes: string[]): TurnSettings | null {
  const range = [1, DAY] as const;
  const fallback = DEFAULT_CREDENTIAL_SECONDS;
  const seconds = readNumber(env, "TURN_CREDENTIAL_SECONDS", range, fallback, mistakes);
  const urls = (set(env("TURN_URLS")) ?? "").split(",").map((url) => url.trim())
    .filter((url) => url !== "");
  const wrong = urls.find((url) => !TURN_URL.test(url));
  if (wrong !== undefined) {
    mistakes.push(
      `TURN_URLS must be like turn:turn.example.org:3478,turns:turn.example.org:443?transport=tcp, ` +
        `not "${wrong}".`,
    );
  }
  const secret = set(env("TURN_SECRET"));
  if (urls.length > 0 && secret !== undefined) return { urls, secret, seconds };
  if (urls.length > 0) mistakes.push("TURN_URLS is set but TURN_SECRET is not: set both.");
  if (secret !== undefined) mistakes.push("TURN_SECRET is set but TURN_URLS is not: set both.");
  return null;
}

function readTls(env: Env, mistakes: string[]): { cert: string; key: string } | null {
  const [cert, key] = [set(env("TLS_CERT")), set(env("TLS_KEY"))];
  if (cert !== undefined && key !== undefined) return { cert, key };
  if (cert !== undefined || key !== undefined) {
    mistakes.push("TLS_CERT and TLS_KEY go together: set both or neither.");
  }
  return null;
}

function readSecret(env: Env, mistakes: string[]): string {
  const secret = set(env("MEDIA_SECRET")) ?? "";
  if (secret.length < MIN_SECRET) {
    mistakes.push(
      `MEDIA_SECRET must have ${MIN_SECRET} characters or more, and match that of the web processes.`,
    );
  }
  return secret;
}

/** Reads MEDIA_LOCATION; adds a sentence to `mistakes` where it is wrong. */
export function readLocation(env: Env, mistakes: string[]): string | null {
  const location = set(env("MEDIA_LOCATION"));
  if (location === undefined || v.is(LocationSchema, location)) return location ?? null;
  mistakes.push(
    `MEDIA_LOCATION may have up to 40 letters, digits, ".", "_" and "-", but is "${location}".`,
  );
  return null;
}

function readUrl(env: Env, mistakes: string[]): string {
  const url = set(env("MEDIA_URL")) ?? "";
  const origin = originOf(url);
  if (origin !== null) return origin;
  mistakes.push(
    `MEDIA_URL must be where pages reach this node, like https://media.example.org:8443, ` +
      `but is "${url}".`,
  );
  return "";
}

function readWebUrls(env: Env, mistakes: string[]): readonly string[] {
  const urls = (set(env("WEB_URL")) ?? "").split(",").map((url) => url.trim());
  const origins = urls.map(originOf);
  if (origins.every((origin) => origin !== null)) return origins;
  mistakes.push(
    `WEB_URL must be the PUBLIC_URL of the web processes, like https://support.example.org, ` +
      `or several with commas between, but is "${urls.join(",")}".`,
  );
  return [];
}

/** The origin of an http(s) URL that is nothing else; null: it is not. */
function originOf(text: string): string | null {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== "") return null;
  return url.pathname === "/" && url.search === "" && url.hash === "" ? url.origin : null;
}

function readLog(env: Env, mistakes: string[]): LogFormat {
  const value = set(env("LOG")) ?? "auto";
  const format = LOG_FORMATS.find((format) => format === value);
  if (format === undefined) {
    mistakes.push(`LOG takes ${LOG_FORMATS.join(", ")}, not "${value}".`);
  }
  return format ?? "auto";
}

function readId(env: Env, mistakes: string[]): string {
  const id = set(env("MEDIA_NODE_ID")) ?? crypto.randomUUID();
  if (!isId(id)) {
    mistakes.push(`MEDIA_NODE_ID may have up to 64 letters, digits, _ and -, but is "${id}".`);
  }
  return id;
}
