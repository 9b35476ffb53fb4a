/** The console's device list in this process: read while a console looks, told as differences. */
import type { Clock, DirectoryEntry } from "./ports.ts";
import { Reading } from "./reading.ts";

/** What the directory reads from. */
export interface DirectorySource {
  directory(): Promise<DirectoryEntry[]>;
  watchDirectory(ring: () => void): () => void;
}

/** What changed since the last call. */
export interface DirectoryChange {
  /** The list as it is now, by id: one map for all consoles, never changed. */
  readonly all: ReadonlyMap<string, DirectoryEntry>;
  /** Which rows are not as they were, or are gone; none where all are new. */
  readonly changed: readonly string[];
  /** All rows are new. */
  readonly complete: boolean;
}

/** A console's ear. */
export type DirectoryListener = (change: DirectoryChange) => void;

/**
 * After a reading that took t the next one waits this many times t: however large the list and
 * however often it changes, it takes at most a tenth of a core.
 */
const REST_FACTOR = 9;

/** Follows the device list for the consoles of this process. */
export class Directory {
  readonly #source: DirectorySource;
  readonly #clock: Clock;
  readonly #listeners = new Set<DirectoryListener>();
  /** The last reading; null: none yet. */
  #all: ReadonlyMap<string, DirectoryEntry> | null = null;
  /** Stops following the store; null: nobody looks. */
  #stop: (() => void) | null = null;

  constructor(source: DirectorySource, clock: Clock) {
    this.#source = source;
    this.#clock = clock;
  }

  /** Follows the list: all of it first, then what changes. Returns how to stop. */
  follow(listener: DirectoryListener): () => void {
    this.#listeners.add(listener);
    if (this.#all !== null) listener({ all: this.#all, changed: [], complete: true });
    this.#stop ??= this.#open();
    return () => {
      if (this.#listeners.delete(listener) && this.#listeners.size === 0) this.close();
    };
  }

  /** Stops following the store. */
  close(): void {
    this.#listeners.clear();
    this.#stop?.();
    this.#stop = null;
    this.#all = null;
  }

  /** Returns how to close. */
  #open(): () => void {
    let open = true;
    const reading = new Reading({
      clock: this.#clock,
      what: "the device list",
      read: async () => {
        const entries = await this.#source.directory();
        if (open) this.#tell(entries);
      },
      rest: (took) => took * REST_FACTOR,
    });
    const unwatch = this.#source.watchDirectory(() => reading.ring());
    return () => {
      open = false;
      unwatch();
      reading.close();
    };
  }

  #tell(entries: readonly DirectoryEntry[]): void {
    const change = this.#all === null ? complete(entries) : difference(this.#all, entries);
    if (!change.complete && change.changed.length === 0) return;
    this.#all = change.all;
    for (const listener of this.#listeners) listener(change);
  }
}

function complete(entries: readonly DirectoryEntry[]): DirectoryChange {
  const all = new Map(entries.map((entry) => [entry.device.id, entry]));
  return { all, changed: [], complete: true };
}

/** What is as it was stays the same object: what was read anew is let go of while it is young. */
function difference(
  before: ReadonlyMap<string, DirectoryEntry>,
  entries: readonly DirectoryEntry[],
): DirectoryChange {
  const all = new Map<string, DirectoryEntry>();
  const changed: string[] = [];
  for (const entry of entries) {
    const { id } = entry.device;
    const known = before.get(id);
    const same = known !== undefined && JSON.stringify(known) === JSON.stringify(entry);
    all.set(id, same ? known : entry);
    if (!same) changed.push(id);
  }
  for (const id of before.keys()) if (!all.has(id)) changed.push(id);
  return { all, changed, complete: false };
}
