/** Opening and closing the store. Only this folder says `Deno.Kv`. */
import { dirname } from "node:path";
import { openKvConnect } from "./kv_connect.ts";
import { ToldKv } from "./told_kv.ts";

/** The database, for those who only hand it on. */
export type Kv = Deno.Kv;

/** Whether the database at `path` belongs to the process that opens it: a file, or memory. */
export function isOwn(path: string | undefined): boolean {
  return path !== undefined && !/^https?:/.test(path);
}

/**
 * Opens Deno KV. `path`: a file (its folder is made), ":memory:", the URL of a KV Connect server, or
 * undefined for the platform's own (Deno Deploy). What fails on it fails with StoreFailed.
 */
export async function openKv(path?: string): Promise<ToldKv> {
  return new ToldKv(await open(path));
}

async function open(path?: string): Promise<Deno.Kv> {
  if (path !== undefined && !isOwn(path)) return await openKvConnect(path);
  if (isFile(path)) {
    await Deno.mkdir(dirname(path), { recursive: true });
    await mayBeWritten(path);
  }
  return await Deno.openKv(path);
}

/** Whether {@link openKv} opens a file of its own there. */
export function isFile(path: string | undefined): path is string {
  return path !== undefined && path !== ":memory:" && isOwn(path);
}

/**
 * Rejects where the file is there and this user may not write to it: SQLite opens it all the same, and
 * only the first commit would say so. That is how a backup comes back that root has put in place.
 */
async function mayBeWritten(path: string): Promise<void> {
  try {
    (await Deno.open(path, { write: true })).close();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
