/** Enrolled devices. Whatever changes one rings the directory's doorbell in the same commit. */
import type { EquipmentCheck } from "../protocol/equipment.ts";
import { EVERYTHING_ON } from "../protocol/service.ts";
import { deleteKeys } from "./delete_keys.ts";
import { type Device, storedDevice } from "./device.ts";
import { peopleKeys, presenceKeys, sessionKeys } from "./keys.ts";
import { notificationsOfDevice, ringSenders } from "./notifications.ts";
import { subscriptionsOfDevice } from "./push_subscriptions.ts";

/** The devices on one Deno KV. */
export class DeviceStore {
  readonly #kv: Deno.Kv;

  constructor(kv: Deno.Kv) {
    this.#kv = kv;
  }

  /** Adds a device of that name (cleaned). Its status is *Not Installed* (T1). */
  async create(name: string, now: number): Promise<Device> {
    const device: Device = {
      id: crypto.randomUUID(),
      name,
      installedAt: null,
      chatService: EVERYTHING_ON,
      createdAt: now,
    };
    await this.#kv.atomic()
      .set(peopleKeys.device(device.id), device)
      .sum(presenceKeys.directory(), 1n)
      .commit();
    return device;
  }

  /** A device; null: there is none of that id. */
  async get(id: string): Promise<Device | null> {
    const { value } = await this.#kv.get<Device>(peopleKeys.device(id));
    return value && storedDevice(value);
  }

  /** All devices, by name. */
  async list(): Promise<Device[]> {
    const all: Device[] = [];
    const prefix = peopleKeys.devices();
    for await (const entry of this.#kv.list<Device>({ prefix })) {
      all.push(storedDevice(entry.value));
    }
    return all.sort((a, b) => a.name.localeCompare(b.name));
  }

  /** Notes that the agent runs: the device is installed from its first connection on. */
  markInstalled(id: string, now: number): Promise<Device | null> {
    return this.#change(id, (device) => {
      return device.installedAt === null ? { ...device, installedAt: now } : device;
    });
  }

  /** Keeps what a check of the equipment found, in the place of the one before. */
  keepEquipment(id: string, equipment: EquipmentCheck): Promise<Device | null> {
    return this.#change(id, (device) => ({ ...device, equipment }));
  }

  /**
   * Removes a device, its browsers' tokens, its open link, its notifications and subscriptions.
   * "device_in_session": end the session first.
   */
  async remove(id: string): Promise<"removed" | "unknown_device" | "device_in_session"> {
    const key = peopleKeys.device(id);
    const ofDevice = { key: sessionKeys.ofDevice(id), versionstamp: null };
    for (;;) {
      const entry = await this.#kv.get<Device>(key);
      if (entry.value === null) return "unknown_device";
      if ((await this.#kv.get(ofDevice.key)).value !== null) return "device_in_session";
      const op = this.#kv.atomic().check(entry).check(ofDevice).delete(key)
        .sum(presenceKeys.directory(), 1n);
      if ((await op.commit()).ok) break;
    }
    await this.#revoke(id);
    return "removed";
  }

  /** Changes a device to what `change` makes of it, the same object for no change; null: none. */
  async #change(id: string, change: (device: Device) => Device): Promise<Device | null> {
    const key = peopleKeys.device(id);
    for (;;) {
      const entry = await this.#kv.get<Device>(key);
      if (entry.value === null) return null;
      const device = change(entry.value);
      if (device === entry.value) return device;
      const op = this.#kv.atomic().check(entry).set(key, device)
        .sum(presenceKeys.directory(), 1n);
      if ((await op.commit()).ok) return device;
    }
  }

  /** Without the device its tokens are worth nothing already; this tidies up. */
  async #revoke(id: string): Promise<void> {
    const keys: Deno.KvKey[] = [];
    for await (const { key } of this.#kv.list({ prefix: peopleKeys.deviceTokensOf(id) })) {
      keys.push(key, peopleKeys.deviceToken(String(key[2])));
    }
    const link = await this.#kv.get<string>(peopleKeys.enrollmentOf(id));
    if (link.value !== null) keys.push(link.key, peopleKeys.enrollment(link.value));
    const notifications = await notificationsOfDevice(this.#kv, id);
    keys.push(...notifications.keys);
    keys.push(...await subscriptionsOfDevice(this.#kv, id));
    await deleteKeys(this.#kv, keys);
    await ringSenders(this.#kv, notifications.senders);
  }
}
