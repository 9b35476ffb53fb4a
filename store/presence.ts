/** Who is connected where: one lease per process, one record per connected device. */
import { presenceKeys } from "./keys.ts";

/** How long a process counts as alive after its last sign, in milliseconds. */
export const LEASE_MS = 30_000;

/** How many records one commit changes; each connected device is one. */
const BATCH = 400;

interface Lease {
  readonly until: number;
}

/** The presence records one process keeps. */
export class PresenceStore {
  readonly #kv: Deno.Kv;
  readonly #process: string;
  readonly #now: () => number;

  constructor(kv: Deno.Kv, process: string, now: () => number) {
    this.#kv = kv;
    this.#process = process;
    this.#now = now;
  }

  /** Says that this process lives: to be repeated well within {@link LEASE_MS}. */
  async renewLease(): Promise<void> {
    const lease: Lease = { until: this.#now() + LEASE_MS };
    await this.#kv.set(presenceKeys.process(this.#process), lease, { expireIn: LEASE_MS });
  }

  /** Records which devices are connected to this process (`true`) or have left it (`false`). */
  async record(changes: ReadonlyMap<string, boolean>): Promise<void> {
    const all = [...changes];
    for (let from = 0; from < all.length; from += BATCH) {
      const op = this.#kv.atomic().sum(presenceKeys.directory(), 1n);
      for (const [device, connected] of all.slice(from, from + BATCH)) {
        const key = presenceKeys.presence(this.#process, device);
        if (connected) op.set(key, true);
        else op.delete(key);
      }
      await op.commit();
    }
  }

  /** The devices with a page connected to a living process (T5). */
  async reachable(): Promise<Set<string>> {
    const alive = await this.#livingProcesses();
    const devices = new Set<string>();
    for await (const { key } of this.#kv.list({ prefix: presenceKeys.all() })) {
      if (alive.has(String(key[1]))) devices.add(String(key[2]));
    }
    return devices;
  }

  /** Erases what dead processes left behind. */
  async sweep(): Promise<void> {
    const alive = await this.#livingProcesses();
    for await (const { key } of this.#kv.list({ prefix: presenceKeys.all() })) {
      if (!alive.has(String(key[1]))) await this.#kv.delete(key);
    }
  }

  /** Takes this process and its devices off the record. */
  async leave(): Promise<void> {
    const own = { prefix: presenceKeys.ofProcess(this.#process) };
    const op = this.#kv.atomic().delete(presenceKeys.process(this.#process));
    await op.sum(presenceKeys.directory(), 1n).commit();
    for await (const { key } of this.#kv.list(own)) await this.#kv.delete(key);
  }

  async #livingProcesses(): Promise<Set<string>> {
    const alive = new Set<string>();
    const now = this.#now();
    for await (const entry of this.#kv.list<Lease>({ prefix: presenceKeys.processes() })) {
      // `expireIn` erases late: the record itself says until when it holds.
      if (entry.value.until > now) alive.add(String(entry.key[1]));
    }
    return alive;
  }
}
