/** A soak: many sessions for a long time on one server process, looked at from outside. */
import { fileURLToPath } from "node:url";
import { seed } from "../bench/product.ts";
import type { Orders } from "./bots.ts";
import type { Deeds, Pace } from "./conversation.ts";
import { leaks, type Sample } from "./figures.ts";
import type { Stand } from "./server.ts";

/** How large a soak is. */
export interface SoakPlan {
  readonly sessions: number;
  readonly seconds: number;
  readonly pace: Pace;
  /** How often the server is looked at, in seconds. */
  readonly every: number;
}

/** What it came to. */
export interface Soaked {
  readonly deeds: Deeds;
  readonly samples: readonly Sample[];
  /** How often the server logged what. */
  readonly events: Readonly<Record<string, number>>;
  /** Everything that was not as it should be, as sentences. */
  readonly wrong: readonly string[];
}

/** Sessions a technician holds at a time. */
const SESSIONS_A_TECHNICIAN = 10;
/** How long the end of everything may take beyond its time, in milliseconds. */
const PATIENCE_MS = 120_000;

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Starts a server and all pages, lets them live for their time and looks at the server meanwhile. */
export async function soak(plan: SoakPlan, say: (line: string) => void): Promise<Soaked> {
  await using stack = new AsyncDisposableStack();
  const folder = await Deno.makeTempDir({ prefix: "live-support-soak-" });
  stack.defer(() => Deno.remove(folder, { recursive: true }));
  const path = `${folder}/soak.kv`;
  say(`making ${plan.sessions} devices and their technicians`);
  const people = await seed(path, Math.ceil(plan.sessions / SESSIONS_A_TECHNICIAN), plan.sessions);
  const server = await WatchedServer.start(path);
  stack.defer(() => server.kill());
  const orders: Orders = { origin: server.origin, seed: people, ...plan };
  await Deno.writeTextFile(`${folder}/orders.json`, JSON.stringify(orders));
  const bots = startBots(`${folder}/orders.json`);
  const began = performance.now();
  const samples: Sample[] = [];
  const over = Promise.race([bots.done.then(() => true), expiry(plan.seconds)]);
  let ended: boolean | null = null;
  const looking = over.then((how) => ended = how);
  while (ended === null && !server.ended) {
    await Promise.race([looking, pause(plan.every * 1000)]);
    if (server.ended) break;
    const sample = await server.look((performance.now() - began) / 1000);
    samples.push(sample);
    say(lineOf(sample));
  }
  if (ended !== true) bots.kill();
  const deeds = await bots.done;
  if (!server.ended) await server.stop();
  const wrong = [...deeds.wrong, ...leaks(samples), ...server.complaints()];
  return { deeds, samples, events: server.events(), wrong };
}

/** The server in its own process. */
class WatchedServer {
  readonly origin: string;
  readonly #child: Deno.ChildProcess;
  readonly #lines: AsyncGenerator<string>;
  readonly #path: string;
  readonly #log: () => string;
  readonly #orders: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>;
  #code: number | null = null;

  private constructor(
    child: Deno.ChildProcess,
    lines: AsyncGenerator<string>,
    log: () => string,
    at: { readonly origin: string; readonly path: string },
  ) {
    this.#child = child;
    this.#lines = lines;
    this.#log = log;
    this.origin = at.origin;
    this.#path = at.path;
    this.#orders = child.stdin.getWriter();
    child.status.then(({ code }) => this.#code = code);
  }

  static async start(path: string): Promise<WatchedServer> {
    const script = fileURLToPath(new URL("./server.ts", import.meta.url));
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", "--unstable-kv", "--v8-flags=--expose-gc", script],
      cwd: ROOT,
      env: { DENO_KV_PATH: path, HOST: "127.0.0.1", PORT: "0", MEDIA: "off", LOG: "json" },
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    let log = "";
    child.stderr.pipeThrough(new TextDecoderStream()).pipeTo(
      new WritableStream({ write: (text) => void (log += text) }),
    );
    const lines = linesOf(child.stdout);
    for (;;) {
      // Not `for await`: that would close the lines with the first one.
      const { value, done } = await lines.next();
      if (done) throw new Error(`the server did not start:\n${log}`);
      const origin = /^\{"url":"([^"]+)"\}$/.exec(value)?.[1];
      if (origin !== undefined) return new WatchedServer(child, lines, () => log, { origin, path });
    }
  }

  /** It is gone, though nobody stopped it. */
  get ended(): boolean {
    return this.#code !== null;
  }

  /** How it stands now. */
  async look(at: number): Promise<Sample> {
    await this.#orders.write(new TextEncoder().encode("look\n"));
    const { value = "" } = await this.#lines.next();
    const stand: Stand = JSON.parse(value);
    return { at, ...stand, handles: this.#handles(), database: await sizeOf(this.#path) };
  }

  async stop(): Promise<void> {
    this.#child.kill("SIGTERM");
    await this.#child.status;
  }

  kill(): void {
    if (!this.ended) this.#child.kill("SIGKILL");
  }

  /** What it said that it should not have had to say, and how it ended. */
  complaints(): string[] {
    // Beside the log stands what building the client prints, and how Deno ends where it has to.
    const bad = this.#log().split("\n").filter((line) => /"level":"error"|^error: /.test(line));
    return this.#code === 0 ? bad : [...bad, `the server ended with ${this.#code}`];
  }

  /** How often it logged what. */
  events(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const [, event = ""] of this.#log().matchAll(/"event":"(\w+)"/g)) {
      counts[event] = (counts[event] ?? 0) + 1;
    }
    return counts;
  }

  #handles(): number {
    return [...Deno.readDirSync(`/proc/${this.#child.pid}/fd`)].length;
  }
}

function startBots(orders: string) {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--no-check", "--unstable-kv"],
      ...[fileURLToPath(new URL("./bots.ts", import.meta.url)), orders],
    ],
    cwd: ROOT,
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const done = child.output().then(({ code, stdout }): Deeds => {
    if (code !== 0) throw new Error(`the pages' process ended with ${code}`);
    return JSON.parse(new TextDecoder().decode(stdout));
  });
  return { done, kill: () => child.kill("SIGKILL") };
}

/** The lines of a stream, as they come. */
async function* linesOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}

/** A database file and its write-ahead log, in bytes. */
async function sizeOf(path: string): Promise<number> {
  const sizes = await Promise.all([path, `${path}-wal`].map(async (file) => {
    return (await Deno.stat(file).catch(() => null))?.size ?? 0;
  }));
  return sizes.reduce((sum, size) => sum + size, 0);
}

function expiry(seconds: number): Promise<false> {
  const { promise, resolve } = Promise.withResolvers<false>();
  Deno.unrefTimer(setTimeout(resolve, seconds * 1000 + PATIENCE_MS, false));
  return promise;
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

/** A sample as a row of a table. */
export function lineOf({ at, rss, heap, handles, database, lag }: Sample): string {
  const mib = (bytes: number) => (bytes / 1024 / 1024).toFixed(1);
  return `| ${Math.round(at)} | ${mib(rss)} | ${mib(heap)} | ${handles} | ${mib(database)} | ` +
    `${Math.round(lag)} |`;
}
