/** How a browser becomes a device: one-time codes, and the tokens of the browsers that used one. */
import { type Device, storedDevice } from "./device.ts";
import { peopleKeys } from "./keys.ts";

/** How long an enrollment link holds, in milliseconds. */
export const ENROLLMENT_MS = 24 * 60 * 60 * 1000;

interface Enrollment {
  readonly device: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** The enrollment codes and device tokens on one Deno KV. */
export class EnrollmentStore {
  readonly #kv: Deno.Kv;

  constructor(kv: Deno.Kv) {
    this.#kv = kv;
  }

  /** Makes a code for a device and voids the one before. False: there is no such device. */
  async create(codeHash: string, device: string, now: number): Promise<boolean> {
    const ofDevice = peopleKeys.enrollmentOf(device);
    const enrollment: Enrollment = { device, expiresAt: now + ENROLLMENT_MS };
    const expiry = { expireIn: ENROLLMENT_MS };
    for (;;) {
      const [known, before] = await this.#kv.getMany<[Device, string]>([
        peopleKeys.device(device),
        ofDevice,
      ]);
      if (known.value === null) return false;
      const op = this.#kv.atomic().check(known, before);
      if (before.value !== null) op.delete(peopleKeys.enrollment(before.value));
      op.set(peopleKeys.enrollment(codeHash), enrollment, expiry).set(ofDevice, codeHash, expiry);
      if ((await op.commit()).ok) return true;
    }
  }

  /** The device a code is for; null: used, expired or never made. */
  async find(codeHash: string, now: number): Promise<Device | null> {
    const { value } = await this.#kv.get<Enrollment>(peopleKeys.enrollment(codeHash));
    if (value === null || value.expiresAt <= now) return null;
    return (await this.#kv.get<Device>(peopleKeys.device(value.device))).value;
  }

  /** Uses a code up and binds a browser to its device. Null: somebody else used it, or see `find`. */
  async use(codeHash: string, tokenHash: string, now: number): Promise<Device | null> {
    const key = peopleKeys.enrollment(codeHash);
    const entry = await this.#kv.get<Enrollment>(key);
    if (entry.value === null || entry.value.expiresAt <= now) return null;
    const device = await this.#kv.get<Device>(peopleKeys.device(entry.value.device));
    if (device.value === null) return null;
    const op = this.#bind(this.#kv.atomic(), device.value.id, tokenHash)
      // The code, not the device, is what two browsers race for: the device may change meanwhile.
      .check(entry).delete(key).delete(peopleKeys.enrollmentOf(device.value.id));
    return (await op.commit()).ok ? device.value : null;
  }

  /** Binds a browser to a device without a code: for the demo only. */
  async bind(device: string, tokenHash: string): Promise<void> {
    await this.#bind(this.#kv.atomic(), device, tokenHash).commit();
  }

  /** The device a browser is bound to; null: none (any more). */
  async deviceOf(tokenHash: string): Promise<Device | null> {
    const { value } = await this.#kv.get<string>(peopleKeys.deviceToken(tokenHash));
    if (value === null) return null;
    const device = await this.#kv.get<Device>(peopleKeys.device(value));
    return device.value && storedDevice(device.value);
  }

  #bind(op: Deno.AtomicOperation, device: string, tokenHash: string): Deno.AtomicOperation {
    return op
      .set(peopleKeys.deviceToken(tokenHash), device)
      .set(peopleKeys.deviceTokenOf(device, tokenHash), true);
  }
}
