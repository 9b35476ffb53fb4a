/** Opening and closing the store. Only this folder says `Deno.Kv`. */
import { dirname } from "node:path";
import { openKvConnect } from "./kv_connect.ts";

/** The database, for those who only hand it on. */
export type Kv = Deno.Kv;

/**
 * Opens Deno KV. `path`: a file (its folder is made), ":memory:", the URL of a KV Connect server, or
 * undefined for the platform's own (Deno Deploy).
 */
export async function openKv(path?: string): Promise<Deno.Kv> {
  if (path !== undefined && /^https?:/.test(path)) return await openKvConnect(path);
  if (isFile(path)) await Deno.mkdir(dirname(path), { recursive: true });
  return await Deno.openKv(path);
}

/** Whether {@link openKv} opens a file of its own there. */
export function isFile(path: string | undefined): path is string {
  return path !== undefined && path !== ":memory:" && !/^https?:/.test(path);
}
