/**
 * The product as `deno task start` runs it, in a process that tells how it stands: one line of JSON on
 * standard output for every line on standard input. Run with `--v8-flags=--expose-gc`.
 */
import { serve } from "../../tasks/serve.ts";

/** How a process stands. */
export interface Stand {
  readonly rss: number;
  /** After a collection of garbage. */
  readonly heap: number;
  /** The latest a timer was since the last time, in milliseconds. */
  readonly lag: number;
}

const BEAT_MS = 20;
let beatAt = performance.now();
let lag = 0;
setInterval(() => {
  const now = performance.now();
  lag = Math.max(lag, now - beatAt - BEAT_MS);
  beatAt = now;
}, BEAT_MS);

function stand(): Stand {
  const latest = lag;
  const { gc } = globalThis as { gc?: () => void };
  if (gc === undefined) throw new Error("run me with --v8-flags=--expose-gc");
  gc();
  const { rss, heapUsed: heap } = Deno.memoryUsage();
  beatAt = performance.now();
  lag = 0;
  return { rss, heap, lag: latest };
}

const { url } = await serve((line) => console.error(line));
console.log(JSON.stringify({ url }));
for await (const _ of Deno.stdin.readable) console.log(JSON.stringify(stand()));
