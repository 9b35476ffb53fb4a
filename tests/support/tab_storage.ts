/** Storage of a page without a browser. */
import type { KeyValueStorage } from "../../client/page_storage.ts";

/** `sessionStorage` of one tab. */
export class TabStorage implements KeyValueStorage {
  readonly #kept = new Map<string, string>();

  get length(): number {
    return this.#kept.size;
  }

  getItem(key: string): string | null {
    return this.#kept.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.#kept.set(key, value);
  }

  removeItem(key: string): void {
    this.#kept.delete(key);
  }

  key(at: number): string | null {
    return [...this.#kept.keys()][at] ?? null;
  }
}
