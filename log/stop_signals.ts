/** Ctrl-C and SIGTERM, for the processes of a server. */
import { log } from "./log.ts";

/**
 * A terminal sends its Ctrl-C to `deno task` and to what runs under it, and the task hands its own on:
 * signals within this many milliseconds of the first are the same wish.
 */
const SAME_WISH = 1_000;

/**
 * Logs and tells every wish that this process ends. `again`: not the first one, so somebody does not
 * want to wait any longer. Where there are no such signals (Deno Deploy) nobody sends them.
 */
export function onStopSignals(stop: (again: boolean) => void): void {
  let first: number | null = null;
  const hear = (signal: "SIGINT" | "SIGTERM") => {
    const again = first !== null;
    first ??= performance.now();
    if (again && performance.now() - first < SAME_WISH) return;
    log("stopping", { signal });
    stop(again);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    try {
      Deno.addSignalListener(signal, () => hear(signal));
    } catch {
      // Windows, too, has no SIGTERM.
    }
  }
}
