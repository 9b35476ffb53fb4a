/** Telling a database that did not do what it was asked from a fault of the program. */
import { DatabaseAway } from "./kv_connect.ts";

/**
 * What SQLite says where it is somebody else's turn, or the disk takes nothing (sqlite3_errstr):
 * SQLITE_BUSY, SQLITE_IOERR, SQLITE_FULL. Deno KV passes it on as a TypeError, like everything.
 */
const PASSING = /database is locked|disk I\/O error|database or disk is full/;

/**
 * Whether the database is away, locked, or has no room: the same may work later, and what came of it
 * now is not known.
 */
export function isStoreFailure(error: unknown): boolean {
  if (error instanceof DatabaseAway) return true;
  return error instanceof TypeError && PASSING.test(error.message);
}
