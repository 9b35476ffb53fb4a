/** One mediasoup worker and its port, replaced by a new one when it dies. */
import type { types } from "mediasoup";
import { log } from "../log/log.ts";
import { listenInfos, type ListenOptions } from "./listen.ts";
import { answers, endWorker, openWorker, SILENT_MS, stopForSure } from "./worker_process.ts";

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

/** The longest wait between two attempts to start a worker, in milliseconds. */
const MAX_WAIT = 30_000;

/** The owner of one worker: {@link WorkerSlot.create}. */
export class WorkerSlot {
  readonly #options: SlotOptions;
  #running: Running | null = null;
  #problem: string | null = null;
  #failures = 0;
  /** The attempt to start a worker in the place of one that died. */
  #starting: Promise<void> = Promise.resolve();
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

  /** Ends the worker, for good; resolves when it is gone. Idempotent. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    clearTimeout(this.#asking);
    const running = this.#running;
    this.#running = null;
    await Promise.all([running === null ? null : endWorker(running.worker), this.#started()]);
  }

  /** Resolves when no worker is being started any more, or one takes too long to wait for it. */
  async #started(): Promise<void> {
    const late = Promise.withResolvers<void>();
    const timer = setTimeout(late.resolve, SILENT_MS);
    await Promise.race([this.#starting, late.promise]);
    clearTimeout(timer);
  }

  #count(router: types.Router): void {
    this.#rooms++;
    router.observer.once("close", () => this.#rooms--);
  }

  async #start(): Promise<void> {
    const running = await startWorker(this.#options);
    if (this.#closed) return await endWorker(running.worker);
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
      else stopForSure(running.worker.pid);
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
    this.#starting = this.#start().then(() => {
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

async function startWorker({ workerBin, listen, index }: SlotOptions): Promise<Running> {
  const worker = await openWorker(workerBin);
  try {
    const server = await worker.createWebRtcServer({ listenInfos: listenInfos(listen, index) });
    return { worker, server, measured: { cpu: 0, at: performance.now() } };
  } catch (error) {
    await endWorker(worker);
    const port = listen.port === 0 ? "any port" : `port ${listen.port + index}`;
    const detail = error instanceof Error ? error.message : String(error);
    throw new Error(`The media worker cannot listen on ${port}: ${detail}`, { cause: error });
  }
}
