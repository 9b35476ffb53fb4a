/** The executable that mediasoup's makers built: the npm package's own postinstall downloads it. */
import { run } from "./run.ts";
import type { Source, Workplace } from "./source.ts";

/** A download that brings nothing new for this long is given up, in milliseconds. */
const STALLED = 20_000;
/** How often that is looked at, in milliseconds. */
const LOOK = 500;
/** About how large the download is, in bytes: only for progress. */
const TYPICAL_SIZE = 12_000_000;
/** Where postinstall leaves it (npm-scripts.mjs: WORKER_RELEASE_BIN_PATH). */
const RELEASE = `worker/out/Release/mediasoup-worker${Deno.build.os === "windows" ? ".exe" : ""}`;

/**
 * Runs the package's postinstall in a copy of its scripts, so that nothing is left in the package
 * itself. Its fallback, building with what pip downloads, fails at once for want of Python.
 */
export const prebuilt: Source = async (place) => {
  place.report("downloading", 0);
  await copyScripts(place);
  const bin = `${place.folder}/${RELEASE}`;
  const watch = watchDownload(bin, (done) => place.report("downloading", done));
  const signal = AbortSignal.any([watch.signal, ...(place.signal ? [place.signal] : [])]);
  try {
    const { ok } = await run(Deno.execPath(), [
      ...["run", "--allow-all", "--no-lock", "--no-config", "--node-modules-dir=manual"],
      ...["npm-scripts.mjs", "postinstall"],
    ], { cwd: place.folder, env: { PYTHON: "no-python-wanted" }, signal });
    if (ok && await isFile(bin)) return { bin };
  } catch (error) {
    place.signal?.throwIfAborted();
    if (!watch.signal.aborted) throw error;
  } finally {
    watch.stop();
  }
  return { problem: "No ready-made media worker could be downloaded." };
};

async function copyScripts({ folder, packageRoot }: Workplace): Promise<void> {
  for (const name of ["npm-scripts.mjs", "package.json"]) {
    await Deno.copyFile(new URL(name, packageRoot), `${folder}/${name}`);
  }
  // The package's own dependencies lie beside it.
  const beside = await Deno.realPath(new URL("..", packageRoot));
  await Deno.symlink(beside, `${folder}/node_modules`, { type: "dir" });
}

/** Reports the growth of `file` and aborts its signal when it stops growing. */
function watchDownload(file: string, report: (done: number) => void) {
  const stalled = new AbortController();
  let size = 0;
  let grewAt = Date.now();
  const timer = setInterval(async () => {
    const now = (await Deno.stat(file).catch(() => null))?.size ?? 0;
    if (now > size) grewAt = Date.now();
    else if (Date.now() - grewAt > STALLED) stalled.abort();
    size = now;
    report(size / TYPICAL_SIZE);
  }, LOOK);
  return { signal: stalled.signal, stop: () => clearInterval(timer) };
}

async function isFile(path: string): Promise<boolean> {
  return (await Deno.stat(path).catch(() => null))?.isFile === true;
}
