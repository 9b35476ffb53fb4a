/** One device in one process: its record, its one session, and the pages of it connected here. */
import type { DeviceRecord, HeldSession, HubStore } from "./ports.ts";

/** A page of the device, as the line sees it. */
export interface LinePage {
  /** The device's record or session changed. */
  lineChanged(): void;
  /** The device was removed: this page has no business here any more. */
  removed(): void;
}

/** What the line reads from. */
export type LineStore = Pick<HubStore, "device" | "watchDevice"> & {
  readonly sessions: Pick<HubStore["sessions"], "ofDevice">;
};

/** Follows one device's record and session for its pages in this process. */
export class DeviceLine {
  readonly id: string;
  readonly #store: LineStore;
  readonly #pages = new Set<LinePage>();
  readonly #unwatch: () => void;
  #record: DeviceRecord | null = null;
  #held: HeldSession | null = null;
  #reading: Promise<void> | null = null;
  #rang = false;

  constructor(id: string, store: LineStore) {
    this.id = id;
    this.#store = store;
    this.#unwatch = store.watchDevice(id, () => this.refresh());
  }

  /** The device; null: it was removed, or was not read yet ({@link settled}). */
  get record(): DeviceRecord | null {
    return this.#record;
  }

  /** The session of the device. */
  get held(): HeldSession | null {
    return this.#held;
  }

  /** No page is connected here. */
  get deserted(): boolean {
    return this.#pages.size === 0;
  }

  join(page: LinePage): void {
    this.#pages.add(page);
  }

  leave(page: LinePage): void {
    this.#pages.delete(page);
  }

  /** Reads again what the store says. */
  refresh(): void {
    this.#rang = true;
    this.#reading ??= this.#readWhileItRings();
  }

  /** Resolves when what is shown is what was read last; rejects never. */
  async settled(): Promise<void> {
    if (this.#record === null) this.refresh();
    while (this.#reading !== null) await this.#reading;
  }

  /** Tells the pages to look again, e.g. because the chat service was switched. */
  announce(): void {
    for (const page of this.#pages) page.lineChanged();
  }

  close(): void {
    this.#unwatch();
  }

  async #readWhileItRings(): Promise<void> {
    while (this.#rang) {
      this.#rang = false;
      try {
        await this.#read();
      } catch (error) {
        console.error("a device could not be read; the next change tries again:", error);
      }
    }
    this.#reading = null;
  }

  async #read(): Promise<void> {
    const [record, held] = await Promise.all([
      this.#store.device(this.id),
      this.#store.sessions.ofDevice(this.id),
    ]);
    const known = this.#record;
    this.#record = record;
    this.#held = held;
    if (record !== null) return this.announce();
    if (known !== null) { for (const page of this.#pages) page.removed(); }
  }
}
