/** The executable built from the sources inside the npm package: worker/build.sh. */
import { log } from "../../log/log.ts";
import { ensurePackages } from "./packages.ts";
import { run } from "./run.ts";
import type { Source } from "./source.ts";

/** How the worker is built, and what with. */
export const RECIPE = new URL("../worker/", import.meta.url);

/** Builds the worker with the system's libraries, installing them where that is allowed. */
export const built: Source = async (place) => {
  if (Deno.build.os !== "linux") return { problem: "The media worker can be built on Linux only." };
  const missing = await ensurePackages(place);
  if (missing !== null) return { problem: missing };
  place.report("building", 0);
  const bin = `${place.folder}/mediasoup-worker`;
  // Gently: the server beside it goes on working.
  const script = decodeURIComponent(new URL("build.sh", RECIPE).pathname);
  const { ok, tail } = await run("nice", ["-n", "10", "sh", script], {
    env: { SRC: decodeURIComponent(place.packageRoot.pathname), WORK: place.folder, OUT: bin },
    signal: place.signal,
    onLine: (line) => {
      const done = ninjaProgress(line);
      if (done !== null) place.report("building", done);
    },
  });
  if (ok) return { bin };
  log("worker_not_built", { output: tail });
  return { problem: "Building the media worker failed; the server's log says why." };
};

/** How far ninja is, from a line like "[12/345] Compiling …". Null: no such line. */
export function ninjaProgress(line: string): number | null {
  const found = /^\[(\d+)\/(\d+)\]/.exec(line);
  if (found === null) return null;
  return Number(found[1]) / Math.max(1, Number(found[2]));
}
