/** Who is connected where: one lease per process, one record per connected device. */
import { presenceKeys } from "./keys.ts";

/** How long a process counts as alive after its last sign, in milliseconds. */
export const LEASE_MS = 30_000;

/** How long a dead process's lease is kept for others to find, in milliseconds. */
const FORGET_MS = 24 * 60 * 60 * 1000;

/** How many records one commit changes; each connected device is one. */
const BATCH = 400;

/** Deno KV's limit: keys read at once. */
const MAX_READ = 10;

/** How far the clocks of two machines may be apart, in milliseconds. */
const CLOCKS_APART_MS = 30_000;

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

  /**
   * Says that this process lives: to be repeated well within {@link LEASE_MS}. False: it had not for
   * so long that the others took it for dead and may have erased its records.
   */
  async renewLease(): Promise<boolean> {
    const key = presenceKeys.process(this.#process);
    for (;;) {
      const before = await this.#kv.get<Lease>(key);
      const held = before.value !== null && holds(before.value, this.#now());
      const lease: Lease = { until: this.#now() + LEASE_MS };
      const op = this.#kv.atomic().check(before).set(key, lease, { expireIn: FORGET_MS });
      // Who took this process for dead may erase its lease between the two.
      if ((await op.commit()).ok) return held;
    }
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

  /** Whether a page of this device is connected to a living process. */
  async connected(device: string): Promise<boolean> {
    const alive = [...await this.#livingProcesses()];
    for (let from = 0; from < alive.length; from += MAX_READ) {
      const keys = alive.slice(from, from + MAX_READ)
        .map((process) => presenceKeys.presence(process, device));
      const found = await this.#kv.getMany<true[]>(keys);
      if (found.some(({ value }) => value !== null)) return true;
    }
    return false;
  }

  /** Erases what processes left behind that died; to be called at the start. */
  async sweep(): Promise<void> {
    await this.sweepLapsed();
    const alive = await this.#livingProcesses();
    const left = new Set<string>();
    for await (const { key } of this.#kv.list({ prefix: presenceKeys.all() })) {
      const process = String(key[1]);
      if (!alive.has(process)) left.add(process);
    }
    for (const process of left) await this.#eraseRecords(process);
  }

  /**
   * Erases what processes left behind whose lease ran out, and rings the directory for it. Returns
   * how many there were; looks at leases only, so it may be called as often as they are renewed.
   */
  async sweepLapsed(): Promise<number> {
    const now = this.#now();
    const lapsed: Deno.KvEntry<Lease>[] = [];
    for await (const entry of this.#kv.list<Lease>({ prefix: presenceKeys.processes() })) {
      const process = String(entry.key[1]);
      if (!holds(entry.value, now) && process !== this.#process) lapsed.push(entry);
    }
    let erased = 0;
    for (const lease of lapsed) if (await this.#erase(lease)) erased++;
    return erased;
  }

  /** Takes this process and its devices off the record. */
  async leave(): Promise<void> {
    const op = this.#kv.atomic().delete(presenceKeys.process(this.#process));
    await op.sum(presenceKeys.directory(), 1n).commit();
    await this.#eraseRecords(this.#process);
  }

  /**
   * The lease first: without it the rest counts for nothing. False: it was renewed meanwhile, so its
   * process lives.
   */
  async #erase(lease: Deno.KvEntry<Lease>): Promise<boolean> {
    const op = this.#kv.atomic().check(lease).delete(lease.key);
    if (!(await op.sum(presenceKeys.directory(), 1n).commit()).ok) return false;
    await this.#eraseRecords(String(lease.key[1]));
    return true;
  }

  /** As long as the process has no lease: one that is back after all writes its records anew. */
  async #eraseRecords(process: string): Promise<void> {
    const lease = { key: presenceKeys.process(process), versionstamp: null };
    const prefix = presenceKeys.ofProcess(process);
    const keys = (await Array.fromAsync(this.#kv.list({ prefix }))).map(({ key }) => key);
    for (let from = 0; from < keys.length; from += BATCH) {
      const op = this.#kv.atomic().check(lease);
      for (const key of keys.slice(from, from + BATCH)) op.delete(key);
      if (!(await op.commit()).ok) return;
    }
  }

  async #livingProcesses(): Promise<Set<string>> {
    const alive = new Set<string>();
    const now = this.#now();
    for await (const entry of this.#kv.list<Lease>({ prefix: presenceKeys.processes() })) {
      if (holds(entry.value, now)) alive.add(String(entry.key[1]));
    }
    return alive;
  }
}

/**
 * Not run out yet; nor further away than any lease goes, as those are whose process died before the
 * clock was set back: their devices would count as connected for hours, and get no push.
 */
function holds({ until }: Lease, now: number): boolean {
  return until > now && until - now <= LEASE_MS + CLOCKS_APART_MS;
}
