/** Deleting many keys in few commits. */

/** How many deletions go into one commit: Deno KV takes 1,000, and 80 KiB of keys. */
const BATCH = 400;

/** Deletes `keys`, some at a time: not all of them at once or not at all. */
export async function deleteKeys(kv: Deno.Kv, keys: readonly Deno.KvKey[]): Promise<void> {
  for (let from = 0; from < keys.length; from += BATCH) {
    const op = kv.atomic();
    for (const key of keys.slice(from, from + BATCH)) op.delete(key);
    await op.commit();
  }
}
