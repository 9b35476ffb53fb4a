/** The product in a process of its own, and what can happen to such a process. */
import { findFakeClock } from "../../tasks/fake_clock.ts";
import { freePort, Server } from "../e2e/server.ts";
import { DatabaseLock } from "./database_lock.ts";
import { childOf, isRunning } from "./processes.ts";

/** A limit of size would end the process by SIGXFSZ; ignored, writing fails as on a full disk. */
export const LETS_WRITES_FAIL = ["/bin/sh", "-c", `trap "" XFSZ; exec "$0" "$@"`] as const;

/** How long anything rings, in seconds: less than anybody here waits. */
export const RING_SECONDS = 4;
/** Having worked a moment ago counts for a moment (store/health.ts), in milliseconds. */
const COUNTS_FOR = 700;
/** The server finds out that the database does not answer within this, in milliseconds. */
const FOUND_WITHIN = 3_000;
/** And that it answers again. */
const READY_WITHIN = 10_000;

/** One product on one folder of data, through all its lives. */
export class Product {
  readonly port: number;
  /** What went wrong without anybody doing it, as sentences. */
  readonly broken: string[] = [];
  readonly #folder: string;
  readonly #settings: Readonly<Record<string, string>>;
  readonly #before: readonly string[];
  #server: Server;
  #ours = false;
  #printedBefore = "";

  private constructor(
    folder: string,
    port: number,
    settings: Readonly<Record<string, string>>,
    before: readonly string[],
    server: Server,
  ) {
    this.#folder = folder;
    this.#settings = settings;
    this.#before = before;
    this.port = port;
    this.#server = server;
    this.#watch();
  }

  /**
   * Starts it on the database `kvOf(folder)`; calls are off unless `settings` turn them on. `before`: a
   * command that becomes the one it is given, e.g. one that looks at it.
   */
  static async start(
    folder: string,
    settings: Readonly<Record<string, string>> = {},
    before: readonly string[] = [],
  ): Promise<Product> {
    const port = freePort();
    if (await findFakeClock() === null) {
      console.log("  libfaketime is not installed: nobody sets the server's clock");
    }
    const server = await launch(folder, port, settings, before);
    return new Product(folder, port, settings, before, server);
  }

  /** Everything it printed, in all its lives. */
  get printed(): string {
    return this.#printedBefore + this.#server.printed;
  }

  /** It is killed, and started again; what the kernel holds stays, but for what `meanwhile` does. */
  async crash(meanwhile: (pid: number) => Promise<void> = async () => {}): Promise<void> {
    this.#ours = true;
    await this.#end();
    await meanwhile(this.#server.pid);
    await this.#launchAgain();
  }

  /** An administrator's restart: it says goodbye first. */
  async restart(): Promise<void> {
    const code = await this.stop();
    if (code !== 0) this.broken.push(`stopped, the server ended with ${code}`);
    await this.#launchAgain();
  }

  /** Nothing of the process runs for `ms`, while the kernel goes on taking connections for it. */
  async freeze(ms: number): Promise<void> {
    Deno.kill(this.#server.pid, "SIGSTOP");
    await pass(ms);
    Deno.kill(this.#server.pid, "SIGCONT");
  }

  /** No file can be written for `ms`. */
  async fillDisk(ms: number): Promise<void> {
    const { pid } = this.#server;
    await this.withoutDatabase(ms, () => limitFiles(pid, "1"), () => limitFiles(pid, "unlimited"));
  }

  /** Another program holds the lock of the database for `ms`. */
  async lockDatabase(ms: number): Promise<void> {
    using lock = new DatabaseLock(kvOf(this.#folder));
    await this.withoutDatabase(ms, () => lock.take(), () => lock.release());
  }

  /** For `ms` after `harm` and until it is mended the database cannot be worked with, and /readyz says so. */
  async withoutDatabase(
    ms: number,
    harm: () => Promise<void> | void,
    mend: () => Promise<void> | void,
  ): Promise<void> {
    await harm();
    await this.#watchHealth(ms);
    await mend();
    await this.#becomesReady();
  }

  /** The media worker is killed, or stands still for `ms`; between two workers nothing happens. */
  async harmWorker(ms: number | "kill"): Promise<void> {
    const worker = await childOf(this.#server.pid, "mediasoup-worker");
    if (worker === null) return;
    if (ms === "kill") return Deno.kill(worker, "SIGKILL");
    Deno.kill(worker, "SIGSTOP");
    await pass(ms);
    // It may have been ended meanwhile, with the server.
    if (await isRunning(worker)) Deno.kill(worker, "SIGCONT");
  }

  /** What /healthz says of calls: "ready", "preparing" or "unavailable". */
  async calls(): Promise<string> {
    const answer = await fetch(`http://127.0.0.1:${this.port}/healthz`);
    return (await answer.json()).media.state;
  }

  /** The server's clock on the wall is wrong by so many seconds, about a second from now on. */
  async setClock(seconds: number): Promise<void> {
    await Deno.writeTextFile(clockOf(this.#folder), `${seconds < 0 ? "" : "+"}${seconds}`);
  }

  /** Ends it as an administrator does; returns the exit code. */
  async stop(): Promise<number> {
    this.#ours = true;
    return await this.#server.stop();
  }

  /** Ends it whatever it does. */
  async kill(): Promise<void> {
    this.#ours = true;
    await this.#end().catch(() => {});
  }

  async #launchAgain(): Promise<void> {
    this.#printedBefore += this.#server.printed;
    this.#server = await launch(this.#folder, this.port, this.#settings, this.#before);
    this.#watch();
  }

  async #end(): Promise<void> {
    await this.#server.kill();
    await forgetClock(this.#server.pid);
  }

  /** For `ms` the database cannot be worked with: who asks is told so, not anything else. */
  async #watchHealth(ms: number): Promise<void> {
    const until = performance.now() + ms;
    await pass(Math.min(ms, COUNTS_FOR));
    let told = 0;
    for (let left = ms; left > 0; left = until - performance.now()) {
      const answer = await Promise.race([this.#readiness(), pass(left).then(() => null)]);
      if (answer === null || performance.now() > until) break;
      told++;
      if (answer !== "503 database") this.broken.push(`without a database /readyz says ${answer}`);
      await pass(100);
    }
    if (told === 0 && ms > COUNTS_FOR + FOUND_WITHIN) this.broken.push("/readyz says nothing");
  }

  async #becomesReady(): Promise<void> {
    const until = performance.now() + READY_WITHIN;
    let answer = await this.#readiness();
    while (answer !== "200" && performance.now() < until) {
      await pass(100);
      answer = await this.#readiness();
    }
    if (answer !== "200") this.broken.push(`with a database again /readyz says ${answer}`);
  }

  /** What /readyz says, e.g. "200" or "503 database". */
  async #readiness(): Promise<string> {
    try {
      const signal = AbortSignal.timeout(FOUND_WITHIN);
      const answer = await fetch(`http://127.0.0.1:${this.port}/readyz`, { signal });
      const { reason } = await answer.json();
      return reason === undefined ? `${answer.status}` : `${answer.status} ${reason}`;
    } catch (error) {
      return String(error);
    }
  }

  #watch(): void {
    const server = this.#server;
    this.#ours = false;
    server.ended.then(({ code, signal }) => {
      if (server !== this.#server || this.#ours) return;
      const how = signal ?? `code ${code}`;
      this.broken.push(`the server ended by itself (${how}):\n${server.printed.slice(-2000)}`);
    });
  }
}

/** The database of a product on `folder`, in a folder of its own. */
export function kvOf(folder: string): string {
  return `${folder}/database/faults.kv`;
}

/** No file of the process can be longer than that: a number of bytes, or "unlimited". */
export async function limitFiles(pid: number, bytes: string): Promise<void> {
  const args = ["--pid", String(pid), `--fsize=${bytes}:unlimited`];
  const { success } = await new Deno.Command("prlimit", { args }).output();
  if (!success) throw new Error("prlimit (util-linux) could not limit the files of a process");
}

/** What libfaketime shares between processes is left behind by one that is killed. */
export async function forgetClock(pid: number): Promise<void> {
  for (const name of [`faketime_shm_${pid}`, `sem.faketime_sem_${pid}`]) {
    await Deno.remove(`/dev/shm/${name}`).catch(() => {});
  }
}

/** What libfaketime reads the wrong time from. */
function clockOf(folder: string): string {
  return `${folder}/clock`;
}

/** Time that is part of a fault or of a person's doing, never a wait for something to be ready. */
export function pass(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

async function launch(
  folder: string,
  port: number,
  settings: Readonly<Record<string, string>>,
  before: readonly string[],
): Promise<Server> {
  return await Server.start(folder, {
    MEDIA: "off",
    PORT: String(port),
    DENO_KV_PATH: kvOf(folder),
    RING_SECONDS: String(RING_SECONDS),
    ...await clockSettings(folder),
    ...settings,
  }, [...before, ...LETS_WRITES_FAIL]);
}

/** A process with these has the server's clock. Only that on the wall is set, timers go by another. */
export async function clockSettings(folder: string): Promise<Record<string, string>> {
  const library = await findFakeClock();
  await Deno.writeTextFile(clockOf(folder), "+0", { createNew: true }).catch(() => {});
  return library === null ? {} : {
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: clockOf(folder),
    FAKETIME_CACHE_DURATION: "1",
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
    NO_FAKE_STAT: "1",
  };
}
