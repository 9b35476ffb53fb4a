/**
 * The settings of Live Support: read from the environment once, at start, checked all together.
 * settings.ts is the table that README.md shows; {@link readConfig} is the only reader.
 */
import manifest from "./deno.json" with { type: "json" };
import { LOG_FORMATS, type LogFormat } from "./log/log.ts";
import { isNodeOrigin } from "./media/node_origins.ts";
import { type NodeSettings, readLocation, readNodeSettings } from "./media/settings.ts";
import { MIN_SECRET } from "./media/token.ts";
import { type AttachmentPolicy, DEFAULT_POLICY, type Kind, KINDS } from "./protocol/attachment.ts";
import { cleanEmail, MIN_PASSWORD } from "./auth/fields.ts";
import { type PushHost, readPushHost } from "./push/hosts.ts";
import type { SettingName } from "./settings.ts";

/** The version of this program, as in deno.json. */
export const VERSION: string = manifest.version;

const MIB = 1024 * 1024;

/** Where calls come from. */
export type MediaConfig =
  | { readonly kind: "off"; readonly reason: string }
  /** Media nodes elsewhere that register. */
  | {
    readonly kind: "nodes";
    /** The addresses they may have; see media/node_origins.ts. */
    readonly origins: readonly string[];
    readonly secret: string;
    /** Where this process stands, in the words of the nodes. */
    readonly location: string | null;
  }
  /** The media node in this process. Without a secret one is made and kept in the store. */
  | { readonly kind: "local"; readonly node: NodeSettings; readonly secret: string | null };

/** How notifications reach closed pages. */
export interface PushConfig {
  /** Push services besides those of the known browsers. */
  readonly hosts: readonly PushHost[];
  /** Who runs this server (RFC 8292, section 2.1): `mailto:` or `https:`. */
  readonly contact: string;
}

/** Everything the program may be told. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** What `openKv` takes: a file, ":memory:", a URL, or undefined for the platform's own. */
  readonly kvPath: string | undefined;
  /** Paths of certificate and key. */
  readonly tls: { readonly cert: string; readonly key: string } | null;
  /** Origin without a final slash. */
  readonly publicUrl: string | null;
  readonly trustProxy: boolean;
  readonly administrator: { readonly email: string; readonly password: string } | null;
  /** Milliseconds. */
  readonly ringFor: number;
  /** How long the balancer gets before pages are told to go elsewhere, in ms; 0: there is none. */
  readonly drainFor: number;
  /** What files sessions take. */
  readonly attachments: AttachmentPolicy;
  readonly media: MediaConfig;
  readonly push: PushConfig;
  readonly log: LogFormat;
  /** A demo: links that sign in. */
  readonly demo: boolean;
}

/** The settings, or one sentence for each mistake in them. */
export type ReadConfig =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly string[] };

/** An environment: what `Deno.env.toObject()` returns. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Reads all settings from `env`. Never throws; says every mistake at once. */
export function readConfig(env: Env): ReadConfig {
  const from = new Reader(env);
  const kv = kvPath(from, env);
  const config: Config = {
    port: from.integer("PORT", 8000, 0, 65535),
    host: from.text("HOST") ?? "0.0.0.0",
    kvPath: kv,
    tls: tls(from),
    publicUrl: from.origin("PUBLIC_URL"),
    trustProxy: from.onOff("TRUST_PROXY", false),
    administrator: administrator(from),
    ringFor: from.integer("RING_SECONDS", 60, 1, 3600) * 1000,
    drainFor: from.integer("DRAIN_SECONDS", 0, 0, 600) * 1000,
    attachments: attachments(from),
    media: media(from, env, kv),
    push: push(from),
    log: from.oneOf("LOG", LOG_FORMATS, "auto"),
    demo: demo(from),
  };
  return from.problems.length === 0 ? { ok: true, config } : { ok: false, problems: from.problems };
}

/** Whether this runs on Deno Deploy: no files, no child processes. */
function onDeploy(env: Env): boolean {
  return env.DENO_DEPLOYMENT_ID !== undefined;
}

function kvPath(from: Reader, env: Env): string | undefined {
  const folder = from.text("DATA_DIR");
  if (folder === ":memory:") return folder;
  const path = from.text("DENO_KV_PATH");
  if (path !== null) return path;
  if (onDeploy(env)) return undefined;
  return `${(folder ?? "./data").replace(/\/+$/, "")}/live-support.kv`;
}

function tls(from: Reader): Config["tls"] {
  const cert = from.text("TLS_CERT");
  const key = from.text("TLS_KEY");
  if (cert !== null && key !== null) return { cert, key };
  if (cert !== null) from.problem("TLS_CERT is set but TLS_KEY is not: HTTPS needs both.");
  if (key !== null) from.problem("TLS_KEY is set but TLS_CERT is not: HTTPS needs both.");
  return null;
}

function administrator(from: Reader): Config["administrator"] {
  const email = from.text("ADMIN_EMAIL");
  const password = from.text("ADMIN_PASSWORD");
  if (email === null && password === null) return null;
  if (email === null) from.problem("ADMIN_PASSWORD is set but ADMIN_EMAIL is not: set both.");
  else if (cleanEmail(email) === null) from.problem("ADMIN_EMAIL is not an e-mail address.");
  if (password === null) from.problem("ADMIN_EMAIL is set but ADMIN_PASSWORD is not: set both.");
  else if (password.length < MIN_PASSWORD) {
    from.problem(`ADMIN_PASSWORD needs at least ${MIN_PASSWORD} characters.`);
  }
  return { email: email ?? "", password: password ?? "" };
}

function attachments(from: Reader): AttachmentPolicy {
  const maxFile = from.integer("FILE_MAX_MB", DEFAULT_POLICY.maxFile / MIB, 1, 1024) * MIB;
  const maxSession = from.integer("FILES_MAX_MB", DEFAULT_POLICY.maxSession / MIB, 1, 10_240) * MIB;
  if (maxFile > maxSession) from.problem("FILE_MAX_MB must not be larger than FILES_MAX_MB.");
  return { maxFile, maxSession, kinds: kinds(from) };
}

function kinds(from: Reader): readonly Kind[] {
  const named = from.text("FILE_KINDS")?.split(",").map((kind) => kind.trim()) ?? [];
  const unknown = named.find((kind) => !KINDS.some((known) => known === kind));
  if (unknown !== undefined) {
    from.problem(`FILE_KINDS takes ${KINDS.join(", ")}, not "${unknown}".`);
  }
  return named.length === 0 ? DEFAULT_POLICY.kinds : KINDS.filter((kind) => named.includes(kind));
}

/** Without MEDIA_NODES calls are the business of this process alone, so it must be the only one. */
function media(from: Reader, env: Env, kvPath: string | undefined): MediaConfig {
  const node = readNodeSettings((name) => env[name], from.problems);
  const secret = from.text("MEDIA_SECRET");
  if (secret !== null && secret.length < MIN_SECRET) {
    from.problem(`MEDIA_SECRET needs at least ${MIN_SECRET} characters.`);
  }
  const origins = nodeOrigins(from);
  // On Deno Deploy the region is known without being told.
  const location = readLocation((name) => env[name], from.problems) ?? env.DENO_REGION ?? null;
  if (!from.onOff("MEDIA", true)) return { kind: "off", reason: "Calls are switched off (MEDIA)." };
  if (origins.length === 0 && from.text("MEDIA_URL") !== null) {
    from.problem("MEDIA_URL is a media node's own: web processes name their nodes in MEDIA_NODES.");
  }
  if (origins.length > 0 && secret !== null) return { kind: "nodes", origins, secret, location };
  if (origins.length > 0) {
    from.problem("MEDIA_NODES is set but MEDIA_SECRET is not: both sides need the same secret.");
  }
  if (onDeploy(env)) {
    return {
      kind: "off",
      reason: "Calls need media nodes here: set MEDIA_NODES and MEDIA_SECRET.",
    };
  }
  if (/^https?:/.test(kvPath ?? "")) {
    from.problem(
      "DENO_KV_PATH is a server that several processes share, and each would have a media node that " +
        "the others do not know: set MEDIA_NODES and MEDIA_SECRET, or MEDIA=off.",
    );
  }
  return { kind: "local", node, secret };
}

function nodeOrigins(from: Reader): readonly string[] {
  const named = (from.text("MEDIA_NODES") ?? "").toLowerCase().split(",")
    .map((origin) => origin.trim().replace(/\/$/, "")).filter((origin) => origin !== "");
  const wrong = named.find((origin) => !isNodeOrigin(origin));
  if (wrong !== undefined) {
    from.problem(
      `MEDIA_NODES takes addresses like https://media.example.org:8443 or ` +
        `https://*.media.example.org, not "${wrong}".`,
    );
  }
  return named;
}

function push(from: Reader): PushConfig {
  const hosts = (from.text("PUSH_HOSTS") ?? "").split(",").map((host) => host.trim())
    .filter((host) => host !== "")
    .flatMap((host) => {
      const known = readPushHost(host);
      if (known === null) {
        from.problem(`PUSH_HOSTS: "${host}" is no host name and no origin on this computer.`);
      }
      return known ?? [];
    });
  const contact = from.text("PUSH_CONTACT");
  if (contact !== null && !/^(mailto|https):/.test(URL.parse(contact)?.protocol ?? "")) {
    from.problem(`PUSH_CONTACT must start with mailto: or https:, not "${contact}".`);
  }
  const own = from.origin("PUBLIC_URL");
  // A reserved name (RFC 2606): some contact has to be named.
  return { hosts, contact: contact ?? (own?.startsWith("https:") ? own : NO_CONTACT) };
}

const NO_CONTACT = "https://live-support.invalid";

function demo(from: Reader): boolean {
  const on = from.onOff("DEMO", false);
  if (on && from.text("DATA_DIR") !== ":memory:") {
    from.problem("DEMO signs anybody in, so it needs DATA_DIR=:memory: and never keeps real data.");
  }
  return on;
}

/** Reads single settings and collects what is wrong with them. */
class Reader {
  readonly problems: string[] = [];

  constructor(private readonly env: Env) {}

  problem(sentence: string): void {
    this.problems.push(sentence);
  }

  /** The trimmed value; null where it is missing or empty. */
  text(name: SettingName): string | null {
    const value = this.env[name]?.trim() ?? "";
    return value === "" ? null : value;
  }

  integer(name: SettingName, fallback: number, from: number, to: number): number {
    const value = this.text(name);
    if (value === null) return fallback;
    const number = /^\d{1,9}$/.test(value) ? Number(value) : NaN;
    if (number >= from && number <= to) return number;
    this.problem(`${name} must be a whole number from ${from} to ${to}, not "${value}".`);
    return fallback;
  }

  onOff(name: SettingName, fallback: boolean): boolean {
    const value = this.text(name);
    if (value === null) return fallback;
    if (value === "on" || value === "off") return value === "on";
    this.problem(`${name} must be on or off, not "${value}".`);
    return fallback;
  }

  oneOf<const Choice extends string>(
    name: SettingName,
    choices: readonly Choice[],
    fallback: Choice,
  ): Choice {
    const value = this.text(name);
    const chosen = value === null ? fallback : choices.find((choice) => choice === value);
    if (chosen === undefined) this.problem(`${name} takes ${choices.join(", ")}, not "${value}".`);
    return chosen ?? fallback;
  }

  /** An http(s) URL without a path, as an origin. */
  origin(name: SettingName): string | null {
    const value = this.text(name);
    if (value === null) return null;
    const url = URL.parse(value);
    const web = url !== null && /^https?:$/.test(url.protocol) && url.username === "";
    if (web && url.pathname === "/" && url.search === "" && url.hash === "") return url.origin;
    this.problem(`${name} must look like https://support.example.org, not "${value}".`);
    return null;
  }
}

/** Where this server is reached from this computer, or PUBLIC_URL; without a final slash. */
export function localUrl(config: Pick<Config, "publicUrl" | "tls" | "host" | "port">): string {
  if (config.publicUrl !== null) return config.publicUrl;
  const everywhere = config.host === "0.0.0.0" || config.host === "::";
  const host = config.host.includes(":") ? `[${config.host}]` : config.host;
  const scheme = config.tls === null ? "http" : "https";
  return `${scheme}://${everywhere ? "localhost" : host}:${config.port}`;
}
