/**
 * What a page keeps across a reload: unsent text and which window was open, per session, in
 * `sessionStorage`. All of it is dropped when the session is over (rule S8).
 */

/** The part of `Storage` this file needs. */
export type KeyValueStorage = Pick<
  Storage,
  "getItem" | "setItem" | "removeItem" | "key" | "length"
>;

/** What can be kept about a session. */
export type Kept = "outbox" | "draft" | "files" | "window";

const PREFIX = "live-support:";

/** The storage of one page. */
export class PageStorage {
  constructor(private readonly storage: KeyValueStorage, private readonly page: string) {}

  read(session: string, what: Kept): string | null {
    return this.storage.getItem(this.key(session, what));
  }

  /** Null removes. A full or forbidden storage loses the reload safety, never the message. */
  write(session: string, what: Kept, value: string | null): void {
    try {
      if (value === null) this.storage.removeItem(this.key(session, what));
      else this.storage.setItem(this.key(session, what), value);
    } catch {
      // The page still holds it in memory.
    }
  }

  /** Drops everything of this page's sessions but those in `open` (S8). */
  keepOnly(open: ReadonlySet<string>): void {
    for (const { key, page, session } of this.ours()) {
      if (page === this.page && !open.has(session)) this.storage.removeItem(key);
    }
  }

  /** Drops what a duplicated tab inherited: it belongs to the tab it was copied from. */
  dropForeign(): void {
    for (const { key, page } of this.ours()) {
      if (page !== this.page) this.storage.removeItem(key);
    }
  }

  /** Drops everything of one session (S8). */
  forget(session: string): void {
    for (const found of this.ours()) {
      if (found.session === session) this.storage.removeItem(found.key);
    }
  }

  private key(session: string, what: Kept): string {
    return `${PREFIX}${this.page}:${session}:${what}`;
  }

  private ours(): { key: string; page: string; session: string }[] {
    const keys = Array.from({ length: this.storage.length }, (_, at) => this.storage.key(at));
    return keys.flatMap((key) => {
      if (key === null || !key.startsWith(PREFIX)) return [];
      const [page = "", session = ""] = key.slice(PREFIX.length).split(":");
      return [{ key, page, session }];
    });
  }
}
