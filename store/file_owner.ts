/**
 * A database file is one process's. Deno KV opens it for a second one, too, and then fails at some
 * commit of either ("database is locked"), so the second is turned away before. The lock is the
 * operating system's (`flock`): it ends with the process, however that ends, and no child has it.
 */
import { dirname } from "node:path";

/** Another process has the database file. */
export class FileTaken extends Error {}

/**
 * Makes the database file `path` this process's until it ends; its folder is made. What is locked is a
 * file beside it, as SQLite's own locks on the file would not outlast our closing it once. Rejects with
 * {@link FileTaken}.
 */
export async function ownFile(path: string): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  // Kept open: closing it would give the lock away.
  const lock = await Deno.open(`${path}.lock`, { read: true, write: true, create: true });
  if (await lock.tryLock(true)) return;
  lock.close();
  throw new FileTaken(path);
}
