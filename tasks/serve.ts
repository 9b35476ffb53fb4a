/** Serving the built app in this process: what `deno task start` and `deno task demo` share. */
import { type Config, localUrl, readConfig } from "../config.ts";
import { isBuilt } from "./build_note.ts";

/** Says a line to the person at the terminal. */
export type Say = (line: string) => void;

/** A server that runs. */
export interface Running {
  readonly config: Config;
  /** Where it is reached from this computer, without a final slash. */
  readonly url: string;
}

/** What keeps a server from starting, as sentences for the person who started it. */
export class CannotStart extends Error {
  override readonly name = "CannotStart";

  constructor(readonly sentences: readonly string[]) {
    super(sentences.join("\n"));
  }
}

/**
 * Reads the settings, builds the client where its sources changed, listens, then opens the app:
 * what is wrong with settings or port shows before anything is opened. Throws {@link CannotStart}.
 */
export async function serve(say: Say): Promise<Running> {
  const { config, tls } = await readSettings();
  await build(say);
  const app = Promise.withResolvers<Deno.ServeHandler>();
  const server = listen(config, tls, async (request, info) => (await app.promise)(request, info));
  // PORT=0 has become a port: main.ts has to know it, for the links it prints.
  Deno.env.set("PORT", String(server.addr.port));
  const built = new URL("../_fresh/server.js", import.meta.url).href;
  const { default: entry }: { default: { fetch: Deno.ServeHandler } } = await import(built);
  app.resolve(entry.fetch);
  return { config, url: localUrl({ ...config, port: server.addr.port }) };
}

/** Runs `task` and, where it cannot start, says why and exits with 1. */
export async function orSayWhy(task: () => Promise<void>): Promise<void> {
  try {
    await task();
  } catch (error) {
    if (!(error instanceof CannotStart)) throw error;
    for (const sentence of error.sentences) console.error(sentence);
    Deno.exit(1);
  }
}

interface Tls {
  readonly cert: string;
  readonly key: string;
}

async function readSettings(): Promise<{ config: Config; tls: Tls | null }> {
  const read = readConfig(Deno.env.toObject());
  if (!read.ok) throw new CannotStart(read.problems);
  const { config } = read;
  if (config.tls === null) return { config, tls: null };
  const problems: string[] = [];
  const cert = await readPem("TLS_CERT", config.tls.cert, problems);
  const key = await readPem("TLS_KEY", config.tls.key, problems);
  if (problems.length > 0) throw new CannotStart(problems);
  return { config, tls: { cert, key } };
}

async function readPem(name: string, path: string, problems: string[]): Promise<string> {
  try {
    const text = await Deno.readTextFile(path);
    if (!text.includes("-----BEGIN ")) problems.push(`${name}: ${path} is not a PEM file.`);
    return text;
  } catch (error) {
    const missing = error instanceof Deno.errors.NotFound;
    problems.push(`${name}: ${path} ${missing ? "does not exist" : "cannot be read"}.`);
    return "";
  }
}

async function build(say: Say): Promise<void> {
  if (await isBuilt()) return;
  say("Building the client …");
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--unstable-kv", "dev.ts", "build"],
    cwd: new URL("../", import.meta.url),
    stdin: "null",
    stdout: "piped",
  });
  const child = command.spawn();
  // Beside its errors: standard output belongs to whoever reads `--json`.
  await child.stdout.pipeTo(Deno.stderr.writable, { preventClose: true });
  const { success } = await child.status;
  if (!success) throw new CannotStart(["The client could not be built; see above."]);
}

function listen(
  config: Config,
  tls: Tls | null,
  handler: Deno.ServeHandler<Deno.NetAddr>,
): Deno.HttpServer<Deno.NetAddr> {
  const { host: hostname, port } = config;
  try {
    return Deno.serve({ hostname, port, ...tls, onListen: () => {} }, handler);
  } catch (error) {
    throw new CannotStart([whyNotListening(error, config)]);
  }
}

function whyNotListening(error: unknown, { host, port, tls }: Config): string {
  if (error instanceof Deno.errors.AddrInUse) {
    return `Port ${port} is in use by another program. Stop it, or set PORT to another one.`;
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return `This user may not listen on port ${port}. Set PORT to one above 1023.`;
  }
  if (error instanceof Deno.errors.AddrNotAvailable) {
    return `HOST is ${host}, which is not an address of this computer.`;
  }
  const reason = error instanceof Error ? error.message : String(error);
  if (tls !== null) return `TLS_CERT or TLS_KEY cannot be used: ${reason}.`;
  return `The server cannot listen on ${host}, port ${port}: ${reason}`;
}
