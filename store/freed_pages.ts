/**
 * What SQLite has freed, overwritten. Deleting leaves the bytes in the file: in free pages, in gaps of
 * pages that are still used, and in the write-ahead log. `VACUUM` writes the file anew without them,
 * and a truncating checkpoint leaves no log behind (sqlite.org/lang_vacuum.html, pragma.html).
 */
import { DatabaseSync } from "node:sqlite";
import { logFailure } from "../log/log.ts";
import type { ToldKv } from "./told_kv.ts";

/**
 * What is still in use may be so large, in bytes: all of it is written anew, and meanwhile everybody
 * waits. A few milliseconds for each MiB; what is larger waits until sessions with large files are over.
 */
const MAX_IN_USE = 8 * 1024 * 1024;
/** After something was erased, in milliseconds: what is erased with it comes first. */
const SOON_MS = 1_000;
/** The least time between two rounds, and before one that was not possible is tried again. */
const REST_MS = 10_000;
/** How long a round waits for what is under way, in milliseconds: it comes again. */
const PATIENCE_MS = 100;

/** Overwrites what was freed in the database file `path`, at the start and whenever it is told to. */
export class FreedPages {
  readonly #path: string;
  readonly #kv: Pick<ToldKv, "alone">;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #left = false;
  #closed = false;
  #notBefore = 0;

  /**
   * `path`: the database file `kv` has open, with the same SQLite: they share its locks. Deno KV fails
   * where it finds a lock taken, instead of waiting (2.9.6, seen), so it is not asked anything meanwhile.
   */
  constructor(path: string, kv: Pick<ToldKv, "alone">) {
    this.#path = path;
    this.#kv = kv;
    // What a process that crashed has erased.
    this.erased();
  }

  /** Something was deleted that is to leave no bytes. */
  erased(): void {
    this.#left = true;
    this.#plan();
  }

  /**
   * The last round, when nothing is asked of the database any more; what it could not overwrite is left
   * to the next start.
   */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    if (this.#left) this.#overwrite();
  }

  #plan(): void {
    if (this.#timer !== undefined) return;
    const wait = Math.max(SOON_MS, this.#notBefore - performance.now());
    this.#timer = setTimeout(async () => {
      await this.#kv.alone(() => {
        if (!this.#closed) this.#overwrite();
      }, PATIENCE_MS);
      this.#timer = undefined;
      this.#notBefore = performance.now() + REST_MS;
      if (this.#left && !this.#closed) this.#plan();
    }, wait);
    Deno.unrefTimer(this.#timer);
  }

  #overwrite(): void {
    try {
      this.#left = !overwriteFreed(this.#path);
    } catch (error) {
      if (!isBusy(error)) logFailure("freed_not_overwritten", error);
    }
  }
}

/** False: not all of it, because too much is in use, or because somebody reads. */
function overwriteFreed(path: string): boolean {
  const database = new DatabaseSync(path);
  try {
    database.exec(`PRAGMA busy_timeout=${PATIENCE_MS}; PRAGMA secure_delete=ON`);
    const count = (pragma: string) => Number(database.prepare(`PRAGMA ${pragma}`).get()?.[pragma]);
    const pages = count("page_count") - count("freelist_count");
    if (pages * count("page_size") > MAX_IN_USE) return false;
    database.exec("VACUUM");
    return database.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get()?.["busy"] === 0;
  } finally {
    database.close();
  }
}

/** SQLITE_BUSY: somebody else is writing. Deno's errors carry no number that would say so. */
function isBusy(error: unknown): boolean {
  return error instanceof Error && error.message.includes("database is locked");
}
