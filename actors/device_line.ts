/** One device in one process: its record, its one session, and the pages of it connected here. */
import type { DeviceNotification } from "../protocol/notification.ts";
import type { Device } from "../store/device.ts";
import type { DeviceSession } from "../store/sessions.ts";
import type { Clock, HubStore } from "./ports.ts";
import { Reading } from "./reading.ts";

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
  readonly notifications: Pick<HubStore["notifications"], "waitingOn">;
};

const NONE: readonly DeviceNotification[] = [];

/** Follows one device's record and session for its pages in this process. */
export class DeviceLine {
  readonly id: string;
  readonly #store: LineStore;
  readonly #pages = new Set<LinePage>();
  readonly #reading: Reading;
  readonly #unwatch: () => void;
  #record: Device | null = null;
  #held: DeviceSession | null = null;
  #notifications: readonly DeviceNotification[] = NONE;

  constructor(id: string, store: LineStore, clock: Clock) {
    this.id = id;
    this.#store = store;
    this.#reading = new Reading({ clock, what: "a device", read: () => this.#read() });
    this.#unwatch = store.watchDevice(id, () => this.refresh());
  }

  /** The device as it was read last ({@link look}); null: there is none (any more). */
  get record(): Device | null {
    return this.#record;
  }

  /** The session of the device, as it was read last. */
  get held(): DeviceSession | null {
    return this.#held;
  }

  /** What waits for the device user outside of a session (N1), as it was read last. */
  get notifications(): readonly DeviceNotification[] {
    return this.#notifications;
  }

  /** No page is connected here. */
  get deserted(): boolean {
    return this.#pages.size === 0;
  }

  /** A page connected here. */
  join(page: LinePage): void {
    this.#pages.add(page);
  }

  /** A page left. */
  leave(page: LinePage): void {
    this.#pages.delete(page);
  }

  /** Reads again soon: something may have changed. */
  refresh(): void {
    this.#reading.ring();
  }

  /** Reads now what the store says. Rejects where the store fails: nothing is known then. */
  async look(): Promise<void> {
    await this.#reading.now();
  }

  /** Tells the pages to look again, e.g. because the chat service was switched. */
  announce(): void {
    for (const page of this.#pages) page.lineChanged();
  }

  /** Stops following the store. */
  close(): void {
    this.#unwatch();
    this.#reading.close();
  }

  async #read(): Promise<void> {
    const [record, held] = await Promise.all([
      this.#store.device(this.id),
      this.#store.sessions.ofDevice(this.id),
    ]);
    // Most devices have none waiting: their record says so, and nothing else is read.
    const waits = record !== null && (record.waiting ?? 0) > 0;
    this.#notifications = waits ? await this.#store.notifications.waitingOn(this.id) : NONE;
    const known = this.#record;
    this.#record = record;
    this.#held = held;
    if (record !== null) return this.announce();
    if (known !== null) { for (const page of this.#pages) page.removed(); }
  }
}
