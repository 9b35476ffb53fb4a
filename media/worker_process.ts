/** The process of a mediasoup worker: begun, asked whether it is there, ended for sure. */
import process from "node:process";
import { createWorker, type types } from "mediasoup";
import { log } from "../log/log.ts";

/** A worker that does not answer for this long, in milliseconds, carries no call, and does not end by itself. */
export const SILENT_MS = 1_200;
/** A timer that fires so much later, in milliseconds, says that this process itself was held up. */
const HELD_UP_MS = 200;

/** Workers whose processes may be there. */
const running = new Set<types.Worker>();

// Whatever ends this process takes them with it: one that is stopped would keep its port.
addEventListener("unload", () => {
  for (const { pid } of running) kill(pid);
});

/** Starts the worker program at `workerBin`. Rejects with a sentence where there is none. */
export async function openWorker(workerBin: string): Promise<types.Worker> {
  await mustExist(workerBin);
  const worker = await withoutSignals(() => createWorker({ workerBin, logLevel: "warn" }));
  running.add(worker);
  worker.once("subprocessclose", () => running.delete(worker));
  return worker;
}

/** Ends a worker: one that does not do so when it is asked is not asked again. Resolves when it is gone. */
export async function endWorker(worker: types.Worker): Promise<void> {
  if (worker.subprocessClosed) return;
  const gone = Promise.withResolvers<void>();
  worker.once("subprocessclose", gone.resolve);
  worker.close();
  const timer = setTimeout(() => stopForSure(worker.pid), SILENT_MS);
  await gone.promise;
  clearTimeout(timer);
}

/** Ends a worker that does not answer: one that is stopped heeds no other signal. */
export function stopForSure(pid: number): void {
  log("worker_silent", { pid });
  kill(pid);
}

/** Whether a worker answers in time; a process that was stopped itself asks again. */
export async function answers(worker: types.Worker): Promise<boolean> {
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

function kill(pid: number): void {
  try {
    Deno.kill(pid, "SIGKILL");
  } catch {
    // It is gone already, which it says by itself.
  }
}

/**
 * Runs `make`, of which no listener for the end of this process stays: mediasoup has its workers end at
 * SIGINT and SIGTERM, which cuts the calls a node that drains still carries, and a worker that is about
 * to start is awaited for ever (Worker.ts of mediasoup 3.27). Whoever owns a worker closes it.
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
