/** `Deno.Kv.watch` as a doorbell: it skips intermediate states, so behind it the log is read. */

/**
 * Calls `ring` with the entries of `keys` (10 at most), now and whenever one of them changed.
 * Returns how to stop. A watch that breaks is opened anew: a missed ring would be a lost message.
 */
export function watchKeys(
  kv: Deno.Kv,
  keys: readonly Deno.KvKey[],
  ring: (entries: Deno.KvEntryMaybe<unknown>[]) => void,
): () => void {
  let stopped = false;
  let reader: ReadableStreamDefaultReader<Deno.KvEntryMaybe<unknown>[]> | undefined;
  const listen = async () => {
    while (!stopped) {
      reader = kv.watch<unknown[]>([...keys]).getReader();
      try {
        for (let next = await reader.read(); !next.done; next = await reader.read()) {
          if (!stopped) ring(next.value);
        }
      } catch (error) {
        // A closed store ends all watches; nothing will ring there again.
        if (error instanceof Deno.errors.BadResource || error instanceof Deno.errors.Interrupted) {
          return;
        }
        if (!stopped) console.error("watch broke, opening it again:", error);
      }
    }
  };
  listen();
  return () => {
    stopped = true;
    reader?.cancel().catch(() => {});
  };
}
