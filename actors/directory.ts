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
  readonly entries: readonly DirectoryEntry[];
  readonly removed: readonly string[];
  /** `entries` are all there are. */
  readonly complete: boolean;
}

/** A console's ear. */
export type DirectoryListener = (change: DirectoryChange) => void;

/**
 * After a reading that took t the next one waits this many times t: however large the list and
 * however often it changes, it takes at most a fifth of a core.
 */
const REST_FACTOR = 4;

/** Follows the device list for the consoles of this process. */
export class Directory {
  readonly #source: DirectorySource;
  readonly #clock: Clock;
  readonly #listeners = new Set<DirectoryListener>();
  /** The last reading, each entry with its JSON, to tell what changed; null: none yet. */
  #known: Map<string, { entry: DirectoryEntry; json: string }> | null = null;
  /** Stops following the store; null: nobody looks. */
  #stop: (() => void) | null = null;

  constructor(source: DirectorySource, clock: Clock) {
    this.#source = source;
    this.#clock = clock;
  }

  /** Follows the list: all of it first, then what changes. Returns how to stop. */
  follow(listener: DirectoryListener): () => void {
    this.#listeners.add(listener);
    if (this.#known !== null) listener(complete([...this.#known.values()].map((k) => k.entry)));
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
    this.#known = null;
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

  #tell(entries: DirectoryEntry[]): void {
    const before = this.#known;
    this.#known = new Map(
      entries.map((entry) => [entry.device.id, { entry, json: JSON.stringify(entry) }]),
    );
    const change = before === null ? complete(entries) : difference(before, this.#known);
    if (!change.complete && change.entries.length === 0 && change.removed.length === 0) return;
    for (const listener of this.#listeners) listener(change);
  }
}

type Known = ReadonlyMap<string, { entry: DirectoryEntry; json: string }>;

function complete(entries: readonly DirectoryEntry[]): DirectoryChange {
  return { entries, removed: [], complete: true };
}

function difference(before: Known, after: Known): DirectoryChange {
  const changed = [...after].filter(([id, { json }]) => before.get(id)?.json !== json);
  return {
    entries: changed.map(([, { entry }]) => entry),
    removed: [...before.keys()].filter((id) => !after.has(id)),
    complete: false,
  };
}
