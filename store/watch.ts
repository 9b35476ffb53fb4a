/** `Deno.Kv.watch` as a doorbell: it skips intermediate states, so behind it the log is read. */

import { logFailure } from "../log/log.ts";
import { isClosed, ToldKv } from "./told_kv.ts";

/** What a watch says: the watched keys as they are now, in the order they were named. */
export type Ring = (entries: readonly Deno.KvEntryMaybe<unknown>[]) => void;

/** How long to wait before a watch that broke is opened anew, in milliseconds. */
const REOPEN_MS = 250;

/**
 * Calls `ring` with the entries of `keys` (10 at most), now and whenever one of them changed.
 * Returns how to stop. A watch that breaks is opened anew: a missed ring would be a lost message.
 */
export function watchKeys(kv: Deno.Kv, keys: readonly Deno.KvKey[], ring: Ring): () => void {
  let stopped = false;
  let letGo = () => {};
  const listen = async () => {
    const reader = kv.watch<unknown[]>([...keys]).getReader();
    letGo = () => void reader.cancel().catch(() => {});
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      if (!stopped) ring(next.value);
    }
  };
  const keepListening = async () => {
    try {
      await listen();
    } catch (error) {
      // A closed store ends all watches; nothing will ring there again.
      if (isClosed(error)) return;
      if (!stopped) logFailure("watch_broke", kv instanceof ToldKv ? kv.told(error) : error);
    }
    if (stopped) return;
    const timer = setTimeout(keepListening, REOPEN_MS);
    letGo = () => clearTimeout(timer);
  };
  keepListening();
  return () => {
    stopped = true;
    letGo();
  };
}
