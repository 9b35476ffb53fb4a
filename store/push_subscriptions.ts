/** Where the browsers of a device take pushes, and which of them may be on a screen now. */
import type { PushMessage, PushSubscription } from "../protocol/push.ts";
import type { Device } from "./device.ts";
import { notificationKeys, peopleKeys, presenceKeys } from "./keys.ts";

/** How long a push may be remembered at most, in milliseconds: until a device is surely looked at. */
const REMEMBER_MS = 30 * 24 * 60 * 60 * 1000;

/** The subscription of one browser of a device. */
export interface StoredSubscription extends PushSubscription {
  /** The hash of the browser's token. */
  readonly browser: string;
  /** In which language to notify. */
  readonly language: string;
}

/** What is noted of a system notification that was pushed. */
interface Shown {
  readonly took: PushMessage["kind"] | null;
}

/** The same, as it was read. */
export interface ShownNote extends Shown {
  /** Forgets it, unless something newer was noted meanwhile. */
  forget(): Promise<void>;
}

/** The subscriptions on one Deno KV. */
export class PushSubscriptionStore {
  readonly #kv: Deno.Kv;

  constructor(kv: Deno.Kv) {
    this.#kv = kv;
  }

  /**
   * Keeps a browser's subscription, instead of the one it had. An endpoint belongs to one browser of
   * one device: whoever had it before is not notified there any more (A2). False: no such device.
   */
  async keep(device: string, subscription: StoredSubscription): Promise<boolean> {
    const hash = await hashOf(subscription.endpoint);
    for (;;) {
      const owner = await this.#kv.get<readonly [string, string]>(notificationKeys.endpoint(hash));
      const [before, browser] = owner.value ?? [device, subscription.browser];
      if (before !== device || browser !== subscription.browser) {
        await this.remove(before, browser);
        continue;
      }
      const key = notificationKeys.subscription(device, subscription.browser);
      const known = await this.#kv.get<StoredSubscription>(key);
      if (known.value !== null && same(known.value, subscription)) return true;
      const op = this.#kv.atomic().check(owner).check(known)
        .set(key, subscription)
        .set(owner.key, [device, subscription.browser]);
      if (known.value !== null && known.value.endpoint !== subscription.endpoint) {
        op.delete(notificationKeys.endpoint(await hashOf(known.value.endpoint)));
      }
      const counts = known.value === null ? 1 : 0;
      if (!await this.#count(op, device, counts)) return false;
      if ((await op.commit()).ok) return true;
    }
  }

  /** Forgets a browser's subscription, or only while it still is that `endpoint`. */
  async remove(device: string, browser: string, endpoint?: string): Promise<void> {
    const key = notificationKeys.subscription(device, browser);
    for (;;) {
      const known = await this.#kv.get<StoredSubscription>(key);
      if (known.value === null) return;
      if (endpoint !== undefined && known.value.endpoint !== endpoint) return;
      const op = this.#kv.atomic().check(known).delete(key)
        .delete(notificationKeys.endpoint(await hashOf(known.value.endpoint)));
      await this.#count(op, device, -1);
      if ((await op.commit()).ok) return;
    }
  }

  /** The subscriptions of a device. */
  async of(device: string): Promise<StoredSubscription[]> {
    const prefix = notificationKeys.subscriptionsOf(device);
    const all = await Array.fromAsync(this.#kv.list<StoredSubscription>({ prefix }));
    return all.map(({ value }) => value);
  }

  /**
   * A system notification with this tag may be on a screen of the device from now on. `took`: a push
   * service took a push of this kind; null: whether one will is not known yet.
   */
  async shown(device: string, tag: string, took: PushMessage["kind"] | null): Promise<void> {
    const key = notificationKeys.pushed(device, tag);
    await this.#kv.set(key, { took } satisfies Shown, { expireIn: REMEMBER_MS });
  }

  /** What {@link shown} noted last, and how to forget just that; null: nothing is on a screen. */
  async whatIsShown(device: string, tag: string): Promise<ShownNote | null> {
    const entry = await this.#kv.get<Shown>(notificationKeys.pushed(device, tag));
    if (entry.value === null) return null;
    const forget = async () => {
      await this.#kv.atomic().check(entry).delete(entry.key).commit();
    };
    return { took: entry.value.took, forget };
  }

  /** What may be on a screen of any device: its tag, and whose it is. */
  async allShown(): Promise<{ readonly device: string; readonly tag: string }[]> {
    const shown = await Array.fromAsync(this.#kv.list({ prefix: notificationKeys.allPushed() }));
    return shown.map(({ key: [, device, tag] }) => ({ device: String(device), tag: String(tag) }));
  }

  /** Adds to `op` that a device has more subscriptions, or fewer. False: no such device. */
  async #count(op: Deno.AtomicOperation, id: string, by: number): Promise<boolean> {
    const device = await this.#kv.get<Device>(peopleKeys.device(id));
    if (device.value === null) return false;
    const subscriptions = Math.max(0, (device.value.subscriptions ?? 0) + by);
    op.check(device);
    if (by === 0) return true;
    op.set(device.key, { ...device.value, subscriptions }).sum(presenceKeys.directory(), 1n);
    return true;
  }
}

function same(a: StoredSubscription, b: StoredSubscription): boolean {
  return a.endpoint === b.endpoint && a.language === b.language &&
    a.keys.p256dh === b.keys.p256dh && a.keys.auth === b.keys.auth;
}

/** Endpoints are longer than keys should be. */
async function hashOf(endpoint: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint));
  return new Uint8Array(digest).toBase64({ alphabet: "base64url", omitPadding: true });
}

/** Every key of the subscriptions of a device, for its removal. */
export async function subscriptionsOfDevice(kv: Deno.Kv, device: string): Promise<Deno.KvKey[]> {
  const keys: Deno.KvKey[] = [];
  const { subscriptionsOf, pushedTo, endpoint } = notificationKeys;
  const prefix = subscriptionsOf(device);
  for await (const { key, value } of kv.list<StoredSubscription>({ prefix })) {
    keys.push(key, endpoint(await hashOf(value.endpoint)));
  }
  for await (const { key } of kv.list({ prefix: pushedTo(device) })) keys.push(key);
  return keys;
}
