/** A process that leaves sends its pages to the others, and looks after what they do not take along. */
import { logFailure } from "../log/log.ts";
import type { ConnectedPages } from "./connected_pages.ts";
import type { Notifier } from "./notifier.ts";
import type { Clock, HubStore } from "./ports.ts";

/** How long a page may take to be welcomed by another process and written down, in milliseconds. */
const ARRIVED_MS = 1_000;

/** What is handed over, and how it is known to have arrived. */
export interface HandOverPorts {
  readonly clock: Clock;
  readonly pages: ConnectedPages;
  readonly presence: Pick<HubStore["presence"], "reachable" | "leave">;
  /** Resolves when it is written down which devices have left this process. */
  recorded(): Promise<void>;
  readonly notifier: Notifier;
}

/** The leaving of one process. */
export class HandOver {
  readonly #ports: HandOverPorts;
  /** Devices whose last page here was sent away. */
  readonly #devices = new Set<string>();
  #begun = false;

  constructor(ports: HandOverPorts) {
    this.#ports = ports;
  }

  /** Nobody is taken in any more. */
  get begun(): boolean {
    return this.#begun;
  }

  /** The process leaves, whether or not there is anybody to hand over to. */
  begin(): void {
    this.#begun = true;
  }

  /** The last page of a device went; false: by itself. */
  took(device: string): boolean {
    if (this.#begun) this.#devices.add(device);
    return this.#begun;
  }

  /**
   * Tells all pages to come back, a few at a time, and waits until they arrived elsewhere: what was for
   * a device whose pages did not is pushed (N1). Rejects never.
   */
  async run(): Promise<void> {
    this.begin();
    const { clock, pages, presence, notifier, recorded } = this.#ports;
    await pages.handOver();
    await new Promise<void>((go) => clock.after(ARRIVED_MS, go));
    // Who counts as connected here, because that is slow, would count as arrived.
    await recorded();
    try {
      const elsewhere = await presence.reachable();
      for (const device of this.#devices) if (!elsewhere.has(device)) notifier.left(device);
    } catch (error) {
      logFailure("pages_not_followed", error);
    }
    await notifier.idle();
  }

  /** Takes this process off the record. Rejects never. */
  async end(): Promise<void> {
    try {
      await this.#ports.presence.leave();
    } catch (error) {
      logFailure("presence_not_ended", error);
    }
  }
}
