/** One mediasoup worker and its port, replaced by a new one when it dies. */
import process from "node:process";
import { createWorker, type types } from "mediasoup";
import { log } from "../log/log.ts";
import { listenInfos, type ListenOptions } from "./listen.ts";

/** How a slot is made. */
export interface SlotOptions {
  /** The mediasoup-worker executable. */
  readonly workerBin: string;
  readonly listen: ListenOptions;
  /** Which worker of the node this is, from 0: its port is that much higher. */
  readonly index: number;
  /** The worker died: everything on it is gone. Called before a new one is tried. */
  readonly onDeath: () => void;
  /** There is a new worker, or there is none and `problem` says why. */
  readonly onChange: () => void;
}

/** A worker and what it listens with. */
interface Running {
  readonly worker: types.Worker;
  readonly server: types.WebRtcServer;
  /** CPU time it had used, and when that was, in milliseconds. */
  measured: { readonly cpu: number; readonly at: number };
}

/** How often a worker is asked whether it is there, in milliseconds. */
const ASK_AGAIN_MS = 500;
/** One that does not answer for this long, in milliseconds, carries no call: it is replaced. */
const SILENT_MS = 1_200;
/** A timer that fires so much later, in milliseconds, says that this process itself was held up. */
const HELD_UP_MS = 200;

/** The longest wait between two attempts to start a worker, in milliseconds. */
const MAX_WAIT = 30_000;

/** The owner of one worker: {@link WorkerSlot.create}. */
export class WorkerSlot {
  readonly #options: SlotOptions;
  #running: Running | null = null;
  #problem: string | null = null;
  #failures = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #closed = false;
  #asking: ReturnType<typeof setTimeout> | undefined;
  #rooms = 0;

  /** Starts a worker. Rejects with a sentence when there is no executable or the port is taken. */
  static async create(options: SlotOptions): Promise<WorkerSlot> {
    const slot = new WorkerSlot(options);
    await slot.#start();
    return slot;
  }

  private constructor(options: SlotOptions) {
    this.#options = options;
  }

  /** Whether rooms can be opened here now. */
  get alive(): boolean {
    return this.#running !== null;
  }

  /** Why the last attempt to start a worker failed; null while none has. */
  get problem(): string | null {
    return this.#problem;
  }

  /** The process id of the worker; null between two workers. */
  get pid(): number | null {
    return this.#running?.worker.pid ?? null;
  }

  /** How many routers are open here. */
  get rooms(): number {
    return this.#rooms;
  }

  /** The part of a core this worker has used since it was asked last, or was started; 0 to 1. */
  async use(): Promise<number> {
    const running = this.#running;
    if (running === null) return 0;
    const usage = await running.worker.getResourceUsage().catch(() => null);
    if (usage === null) return 0;
    // Milliseconds of CPU time, and of time.
    const [cpu, at] = [usage.ru_utime + usage.ru_stime, performance.now()];
    const { cpu: cpuBefore, at: before } = running.measured;
    running.measured = { cpu, at };
    return at <= before ? 0 : Math.min(1, Math.max(0, (cpu - cpuBefore) / (at - before)));
  }

  /** A router and the server its transports listen with. Rejects while there is no worker. */
  async createRouter(
    mediaCodecs: types.RouterRtpCodecCapability[],
  ): Promise<{ router: types.Router; server: types.WebRtcServer }> {
    if (this.#running === null) throw new Error("there is no worker now");
    const { worker, server } = this.#running;
    const router = await worker.createRouter({ mediaCodecs });
    if (!router.closed) this.#count(router);
    return { router, server };
  }

  /** Ends the worker, for good. Idempotent. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    clearTimeout(this.#asking);
    this.#running?.worker.close();
    this.#running = null;
  }

  #count(router: types.Router): void {
    this.#rooms++;
    router.observer.once("close", () => this.#rooms--);
  }

  async #start(): Promise<void> {
    const running = await startWorker(this.#options);
    if (this.#closed) return running.worker.close();
    this.#running = running;
    this.#problem = null;
    running.worker.once("died", () => this.#died(running));
    this.#watch(running);
    // It may have died while its port was opened: mediasoup does not say so twice.
    if (running.worker.closed) this.#died(running);
  }

  /** Asks the worker again and again; one that does not answer is ended, and so replaced. */
  #watch(running: Running): void {
    clearTimeout(this.#asking);
    this.#asking = setTimeout(async () => {
      const there = await answers(running.worker);
      if (this.#running !== running) return;
      if (there) this.#watch(running);
      else endForSure(running.worker.pid);
    }, ASK_AGAIN_MS);
    Deno.unrefTimer(this.#asking);
  }

  #died(running: Running): void {
    if (this.#running !== running) return;
    clearTimeout(this.#asking);
    this.#running = null;
    log("worker_died", { pid: running.worker.pid ?? null });
    this.#options.onDeath();
    this.#restart();
  }

  #restart(): void {
    this.#start().then(() => {
      this.#failures = 0;
      this.#options.onChange();
    }, (error: unknown) => this.#failed(error));
  }

  #failed(error: unknown): void {
    if (this.#closed) return;
    this.#problem = error instanceof Error ? error.message : String(error);
    this.#options.onChange();
    const wait = Math.min(MAX_WAIT, 500 * 2 ** this.#failures++);
    this.#retry = setTimeout(() => this.#restart(), wait);
  }
}

/** Whether a worker answers in time; a process that was stopped itself asks again. */
async function answers(worker: types.Worker): Promise<boolean> {
  for (;;) {
    const asked = performance.now();
    const late = Promise.withResolvers<false>();
    const timer = setTimeout(late.resolve, SILENT_MS, false);
    // A worker that dies meanwhile says so by itself.
    const answer = worker.getResourceUsage().then(() => true, () => true);
    const answered = await Promise.race([answer, late.promise]);
    clearTimeout(timer);
    if (answered || performance.now() - asked < SILENT_MS + HELD_UP_MS) return answered;
  }
}

/** A worker that is stopped heeds no other signal. */
function endForSure(pid: number): void {
  log("worker_silent", { pid });
  try {
    Deno.kill(pid, "SIGKILL");
  } catch {
    // It is gone already, which it says by itself.
  }
}

async function startWorker({ workerBin, listen, index }: SlotOptions): Promise<Running> {
  await mustExist(workerBin);
  const worker = await withoutSignals(() => createWorker({ workerBin, logLevel: "warn" }));
  try {
    const server = await worker.createWebRtcServer({ listenInfos: listenInfos(listen, index) });
    return { worker, server, measured: { cpu: 0, at: performance.now() } };
  } catch (error) {
    worker.close();
    const port = listen.port === 0 ? "any port" : `port ${listen.port + index}`;
    const detail = error instanceof Error ? error.message : String(error);
    throw new Error(`The media worker cannot listen on ${port}: ${detail}`, { cause: error });
  }
}

/**
 * Runs `make`, of which no listener for the end of this process stays: mediasoup has its workers end at
 * SIGINT and SIGTERM, which cuts the calls a node that drains still carries, and a worker that is about
 * to start is waited for without end (Worker.ts of mediasoup 3.27). Whoever owns a worker closes it.
 */
function withoutSignals<T>(make: () => T): T {
  const signals = ["SIGINT", "SIGTERM"] as const;
  const before = new Set(signals.flatMap((signal) => process.listeners(signal)));
  const made = make();
  for (const signal of signals) {
    for (const listener of process.listeners(signal)) {
      if (!before.has(listener)) process.removeListener(signal, listener);
    }
  }
  return made;
}

/** A missing executable would be an uncaught error in Deno: look before. */
async function mustExist(workerBin: string): Promise<void> {
  const found = await Deno.stat(workerBin).catch(() => null);
  if (found?.isFile !== true) throw new Error(`There is no media worker at ${workerBin}.`);
}
