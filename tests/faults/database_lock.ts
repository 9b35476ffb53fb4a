/** Another program that works on the server's database file, as a backup does. */
import { DatabaseSync } from "node:sqlite";

/** How long it tries to get the lock, in milliseconds. */
const TRIES_FOR = 10_000;

/** The lock SQLite gives to one writer at a time; the server's readers wait behind its writers. */
export class DatabaseLock implements Disposable {
  readonly #database: DatabaseSync;

  constructor(path: string) {
    this.#database = new DatabaseSync(path);
    this.#database.exec("PRAGMA busy_timeout = 0");
  }

  /** Takes it as soon as nobody writes. */
  async take(): Promise<void> {
    const until = performance.now() + TRIES_FOR;
    while (!this.#taken()) {
      if (performance.now() > until) throw new Error("the database was never free to be locked");
      await new Promise((done) => setTimeout(done, 2));
    }
  }

  /** Lets it go; nothing was written. */
  release(): void {
    this.#database.exec("ROLLBACK");
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }

  #taken(): boolean {
    try {
      this.#database.exec("BEGIN EXCLUSIVE");
      return true;
    } catch (error) {
      if (error instanceof Error && error.message.includes("locked")) return false;
      throw error;
    }
  }
}
