/**
 * Obtaining mediasoup's worker, the executable a media node runs: a ready one, the cached one, a
 * downloaded one, or one built here, in this order.
 */
import { built, RECIPE } from "./obtain/built.ts";
import { cacheKey, defaultCacheFolder, systemName } from "./obtain/cache.ts";
import { takeLock } from "./obtain/lock.ts";
import { prebuilt } from "./obtain/prebuilt.ts";
import { type OnProgress, overall } from "./obtain/progress.ts";
import { smokeTest } from "./obtain/smoke.ts";
import type { Source } from "./obtain/source.ts";

/** How to obtain a worker; every field has a default. */
export interface WorkerBinaryOptions {
  /** A ready executable (MEDIASOUP_WORKER_BIN): taken as it is. */
  readonly bin?: string;
  /** Default: live-support in the user's cache folder. */
  readonly cacheFolder?: string;
  /** Stops waiting, downloading and building. */
  readonly signal?: AbortSignal;
  /** Where a new one comes from, first choice first. */
  readonly sources?: readonly Source[];
  /** Rejects for an executable that does not work on this machine. */
  readonly check?: (bin: string) => Promise<void>;
}

/** The unpacked npm package: its main module is two folders below. */
const PACKAGE_ROOT = new URL("../../", import.meta.resolve("mediasoup"));

/**
 * The path of a working mediasoup-worker. One process of a machine obtains it, others wait for that
 * and hear of its progress. Rejects with a sentence for an administrator.
 */
export async function obtainWorker(
  options: WorkerBinaryOptions = {},
  onProgress: OnProgress = () => {},
): Promise<string> {
  if (options.bin !== undefined) return await givenWorker(options.bin);
  const folder = `${options.cacheFolder ?? defaultCacheFolder()}/${await workerKey()}`;
  const bin = `${folder}/mediasoup-worker`;
  if (await isFile(bin)) return bin;
  await makeFolder(folder);
  const lock = await takeLock(`${folder}/lock`, onProgress, options.signal);
  try {
    if (await isFile(bin)) return bin;
    const report: OnProgress = (progress) => {
      lock.report(progress);
      onProgress(progress);
    };
    await fill(folder, bin, options, report);
    return bin;
  } finally {
    lock.release();
  }
}

/** The name of the cache folder for the worker of this code on this machine. */
export async function workerKey(): Promise<string> {
  const { version } = JSON.parse(await Deno.readTextFile(new URL("package.json", PACKAGE_ROOT)));
  return await cacheKey(String(version), RECIPE, systemName());
}

async function givenWorker(bin: string): Promise<string> {
  if (await isFile(bin)) return bin;
  throw new Error(`MEDIASOUP_WORKER_BIN names ${bin}, and there is no such file.`);
}

/** Tries one source after the other; what works moves into its place in one step. */
async function fill(
  folder: string,
  bin: string,
  { sources = [prebuilt, built], check = smokeTest, signal }: WorkerBinaryOptions,
  report: OnProgress,
): Promise<void> {
  const problems: string[] = [];
  for (const source of sources) {
    signal?.throwIfAborted();
    const found = await inScratch(`${folder}/scratch`, async (scratch) => {
      const result = await source({
        folder: scratch,
        packageRoot: PACKAGE_ROOT,
        signal,
        report: (step, done) => report(overall(step, done)),
      });
      if ("problem" in result) return result.problem;
      report(overall("checking", 0));
      const problem = await check(result.bin).then(() => null, messageOf);
      if (problem === null) await Deno.rename(result.bin, bin);
      return problem;
    });
    if (found === null) return;
    problems.push(found);
  }
  throw new Error(problems.at(-1) ?? "There is no way to obtain a media worker.");
}

/** Runs `work` in an empty folder that is gone afterwards, like one that a crash left behind. */
async function inScratch<T>(scratch: string, work: (folder: string) => Promise<T>): Promise<T> {
  const remove = () => Deno.remove(scratch, { recursive: true }).catch(() => {});
  await remove();
  await Deno.mkdir(scratch);
  try {
    return await work(scratch);
  } finally {
    await remove();
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await Deno.mkdir(folder, { recursive: true });
  } catch (error) {
    const detail = messageOf(error);
    throw new Error(`The media worker cannot be kept in ${folder}: ${detail}`, { cause: error });
  }
}

async function isFile(path: string): Promise<boolean> {
  return (await Deno.stat(path).catch(() => null))?.isFile === true;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
