/** The console's device list in this process: read while a console looks, told as differences. */
import type { Clock, DirectoryEntry } from "./ports.ts";

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

/** How long to wait before reading again from a store that failed, in milliseconds. */
const FAILED_REST = 1000;

/** Follows the device list for the consoles of this process. */
export class Directory {
  readonly #source: DirectorySource;
  readonly #clock: Clock;
  readonly #listeners = new Set<DirectoryListener>();
  /** The last reading, each entry with its JSON, to tell what changed; null: none yet. */
  #known: Map<string, { entry: DirectoryEntry; json: string }> | null = null;
  #unwatch: (() => void) | null = null;
  #reading = false;
  #rang = false;

  constructor(source: DirectorySource, clock: Clock) {
    this.#source = source;
    this.#clock = clock;
  }

  /** Follows the list: all of it first, then what changes. Returns how to stop. */
  follow(listener: DirectoryListener): () => void {
    this.#listeners.add(listener);
    if (this.#known !== null) listener(complete([...this.#known.values()].map((k) => k.entry)));
    this.#unwatch ??= this.#source.watchDirectory(() => this.refresh());
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.close();
    };
  }

  /** Reads again, now or right after the reading under way. */
  refresh(): void {
    this.#rang = true;
    if (!this.#reading) this.#readWhileItRings();
  }

  /** Stops following the store. */
  close(): void {
    this.#listeners.clear();
    this.#unwatch?.();
    this.#unwatch = null;
    this.#known = null;
  }

  async #readWhileItRings(): Promise<void> {
    this.#reading = true;
    while (this.#rang && this.#listeners.size > 0) {
      this.#rang = false;
      await this.#rest(await this.#readOnce());
    }
    this.#reading = false;
  }

  /** Returns how long to rest, in milliseconds. */
  async #readOnce(): Promise<number> {
    const started = this.#clock.now();
    try {
      this.#tell(await this.#source.directory());
      return (this.#clock.now() - started) * REST_FACTOR;
    } catch (error) {
      console.error("the device list could not be read:", error);
      this.#rang = true;
      return FAILED_REST;
    }
  }

  #rest(milliseconds: number): Promise<void> {
    return new Promise((done) => void this.#clock.at(this.#clock.now() + milliseconds, done));
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
