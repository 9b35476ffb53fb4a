/**
 * One process at a time: an advisory lock on a file, which the system lifts when its holder ends, in
 * whatever way. What the file says (who, how far) is only for those who wait.
 */
import type { OnProgress, Progress } from "./progress.ts";

/** A lock that is held until `release`. */
export interface HeldLock {
  /** Tells those who wait how far the holder is. */
  report(progress: Progress): void;
  release(): void;
}

/** How often those who wait look again, in milliseconds. */
const LOOK_AGAIN = 300;

/**
 * Takes the lock on the file `path`, waiting for whoever holds it and passing its progress on.
 * Rejects when `signal` is aborted.
 */
export async function takeLock(
  path: string,
  onWait: OnProgress,
  signal?: AbortSignal,
): Promise<HeldLock> {
  const file = await Deno.open(path, { create: true, read: true, write: true });
  try {
    while (!(await file.tryLock(true))) {
      onWait({ step: "waiting", progress: await holderProgress(path) });
      await pause(LOOK_AGAIN, signal);
    }
  } catch (error) {
    file.close();
    throw error;
  }
  write(file, 0);
  return {
    report: ({ progress }) => write(file, progress),
    release: () => {
      file.truncateSync();
      file.close();
    },
  };
}

function write(file: Deno.FsFile, progress: number): void {
  const text = JSON.stringify({ pid: Deno.pid, progress: Math.round(progress * 1000) / 1000 });
  file.truncateSync();
  file.seekSync(0, Deno.SeekMode.Start);
  file.writeSync(new TextEncoder().encode(text));
}

async function holderProgress(path: string): Promise<number> {
  try {
    const said: unknown = JSON.parse(await Deno.readTextFile(path));
    if (typeof said !== "object" || said === null || !("progress" in said)) return 0;
    return typeof said.progress === "number" ? said.progress : 0;
  } catch {
    return 0; // Read while it was written: there is a next time.
  }
}

function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, rejected) => {
    signal?.throwIfAborted();
    const stop = () => {
      clearTimeout(timer);
      rejected(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", stop, { once: true });
  });
}
