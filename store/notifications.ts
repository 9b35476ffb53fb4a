/**
 * Notifications outside of sessions: what waits on a device, and what became of it for the technician
 * who sent it. Whatever changes what waits writes the device's record, too: its watch rings, and two
 * changes at once never pass each other.
 */
import { isRejection, reject, type Rejection } from "../protocol/errors.ts";
import {
  actOn,
  type DeviceNotification,
  isDone,
  MAX_SENT,
  MAX_WAITING,
  NOTIFICATION_MS,
  type NotificationAct,
  type SentNotification,
} from "../protocol/notification.ts";
import type { Party } from "../protocol/session_state.ts";
import type { Device } from "./device.ts";
import { notificationKeys, peopleKeys, sessionKeys } from "./keys.ts";

/** A notification as it lies in the store while it waits. */
interface Waiting extends DeviceNotification {
  /** Who sent it. */
  readonly technician: string;
}

/** A new notification; its text is clean. */
export interface NewNotification {
  readonly id: string;
  readonly technician: Party;
  readonly device: string;
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The notifications on one Deno KV. */
export class NotificationStore {
  readonly #kv: Deno.Kv;
  readonly #now: () => number;
  readonly #erased: () => void;

  /** `erased` is called whenever the text of one was deleted. */
  constructor(kv: Deno.Kv, now: () => number, erased: () => void = () => {}) {
    this.#kv = kv;
    this.#now = now;
    this.#erased = erased;
  }

  /** Sends one, once however often it is asked for. Refused while the device has a session (N1). */
  async send(
    { id, technician, device: to, text, at }: NewNotification,
  ): Promise<"sent" | Rejection> {
    const keys = notificationKeys;
    for (;;) {
      const [device, session, known, taken] = await this.#kv.getMany<
        [Device, unknown, SentNotification, Waiting]
      >([
        peopleKeys.device(to),
        sessionKeys.ofDevice(to),
        keys.sent(technician.id, id),
        keys.waiting(to, id),
      ]);
      if (known.value !== null) return "sent";
      // Somebody else's notification has this id: a page never makes one twice.
      if (taken.value !== null) return reject("bad_frame");
      if (device.value === null) return reject("unknown_device");
      if (session.value !== null) return reject("device_in_session");
      const waiting = await this.waitingOn(to);
      if (waiting.length >= MAX_WAITING) return reject("too_many_notifications");
      const before = await this.sentBy(technician.id);
      if (before.length >= MAX_SENT && !before.some(({ state }) => state.kind === "read")) {
        return reject("too_many_notifications");
      }
      const item: Waiting = { id, from: technician.name, text, at, technician: technician.id };
      const { name } = device.value;
      const sent: SentNotification = { id, device: { id: to, name }, at, state: { kind: "sent" } };
      const op = this.#kv.atomic()
        .check(device).check(session).check(known).check(taken)
        .set(device.key, { ...device.value, waiting: waiting.length + 1 })
        .set(keys.waiting(to, id), item, { expireIn: NOTIFICATION_MS })
        .set(keys.pushDue(to, id), true, { expireIn: NOTIFICATION_MS })
        .set(known.key, sent, { expireIn: NOTIFICATION_MS })
        .set(keys.sender(to, id), technician.id, { expireIn: NOTIFICATION_MS })
        .sum(keys.sentBell(technician.id), 1n);
      const oldest = before.findLast(({ state }) => state.kind === "read");
      if (before.length >= MAX_SENT && oldest !== undefined) {
        op.delete(keys.sent(technician.id, oldest.id))
          .delete(keys.sender(oldest.device.id, oldest.id));
      }
      if ((await op.commit()).ok) return "sent";
    }
  }

  /** Whether this technician has sent it, as long as what became of it is kept. */
  async knows(technician: string, id: string): Promise<boolean> {
    return (await this.#kv.get(notificationKeys.sent(technician, id))).value !== null;
  }

  /**
   * What the device user's side does with a notification of this device. `changed`: something became
   * of it now.
   */
  async act(
    device: string,
    id: string,
    act: NotificationAct,
  ): Promise<{ readonly changed: boolean } | Rejection> {
    const keys = notificationKeys;
    for (;;) {
      const sender = await this.#kv.get<string>(keys.sender(device, id));
      if (sender.value === null) return reject("notification_done");
      const [item, sent] = await this.#kv.getMany<[Waiting, SentNotification]>([
        keys.waiting(device, id),
        keys.sent(sender.value, id),
      ]);
      if (sent.value === null) return reject("notification_done");
      const state = actOn(sent.value.state, act, item.value?.text ?? "");
      if (isRejection(state)) return state;
      // The same act once again, e.g. because its answer got lost.
      if (state === sent.value.state) return { changed: false };
      const op = this.#kv.atomic().check(item).check(sent)
        .set(sent.key, { ...sent.value, state }, { expireIn: this.#left(sent.value) })
        .delete(keys.pushDue(device, id))
        .sum(keys.sentBell(sender.value), 1n);
      if (isDone(state) && !await this.#takeOff(op, device, item)) {
        return reject("notification_done");
      }
      if (!(await op.commit()).ok) continue;
      if (isDone(state)) this.#erased();
      return { changed: true };
    }
  }

  /**
   * Erases a notification of a technician, wherever it stands. Returns the device it waited on;
   * null: it waited nowhere any more.
   */
  async dismiss(technician: string, id: string): Promise<string | null> {
    const keys = notificationKeys;
    for (;;) {
      const sent = await this.#kv.get<SentNotification>(keys.sent(technician, id));
      if (sent.value === null) return null;
      const device = sent.value.device.id;
      const op = this.#kv.atomic().check(sent).delete(sent.key)
        .delete(keys.pushDue(device, id)).delete(keys.sender(device, id))
        .sum(keys.sentBell(technician), 1n);
      const item = await this.#kv.get<Waiting>(keys.waiting(device, id));
      const waits = item.value !== null && await this.#takeOff(op, device, item);
      if (!(await op.commit()).ok) continue;
      this.#erased();
      return waits ? device : null;
    }
  }

  /** What waits on a device, the oldest first. */
  async waitingOn(device: string): Promise<DeviceNotification[]> {
    const all: DeviceNotification[] = [];
    const prefix = notificationKeys.waitingOn(device);
    for await (const { value } of this.#kv.list<Waiting>({ prefix })) {
      const { id, from, text, at } = value;
      // `expireIn` erases late: the record itself says how old it is.
      if (at + NOTIFICATION_MS > this.#now()) all.push({ id, from, text, at });
    }
    return all.sort((a, b) => a.at - b.at);
  }

  /** What became of all a technician sent, the newest first. */
  async sentBy(technician: string): Promise<SentNotification[]> {
    const all: SentNotification[] = [];
    const prefix = notificationKeys.sentBy(technician);
    for await (const { value } of this.#kv.list<SentNotification>({ prefix })) {
      if (value.at + NOTIFICATION_MS > this.#now()) all.push(value);
    }
    return all.sort((a, b) => b.at - a.at);
  }

  /** The notifications of a device that nobody holds and no push brought. */
  async pushesDueFor(device: string): Promise<string[]> {
    const prefix = notificationKeys.pushesDueFor(device);
    const due = await Array.fromAsync(this.#kv.list({ prefix }));
    return due.map(({ key }) => String(key[2]));
  }

  /** The devices that have such notifications. */
  async devicesDue(): Promise<Set<string>> {
    const due = await Array.fromAsync(this.#kv.list({ prefix: notificationKeys.pushesDue() }));
    return new Set(due.map(({ key }) => String(key[1])));
  }

  /** A push brought it. */
  async pushed(device: string, id: string): Promise<void> {
    await this.#kv.delete(notificationKeys.pushDue(device, id));
  }

  /** Adds to `op` that `item` waits no more. False: the device was removed. */
  async #takeOff(
    op: Deno.AtomicOperation,
    id: string,
    item: Deno.KvEntryMaybe<Waiting>,
  ): Promise<boolean> {
    const device = await this.#kv.get<Device>(peopleKeys.device(id));
    if (device.value === null) return false;
    const waiting = (await this.waitingOn(id)).filter((other) => other.id !== item.value?.id);
    op.check(item).delete(item.key)
      .check(device).set(device.key, { ...device.value, waiting: waiting.length });
    return true;
  }

  /** How long it is still kept, in milliseconds. */
  #left({ at }: SentNotification): number {
    return Math.max(1, at + NOTIFICATION_MS - this.#now());
  }
}

/** Every key of the notifications of a device, for its removal, and who sent one. */
export async function notificationsOfDevice(
  kv: Deno.Kv,
  device: string,
): Promise<{ readonly keys: Deno.KvKey[]; readonly senders: ReadonlySet<string> }> {
  const keys: Deno.KvKey[] = [];
  const senders = new Set<string>();
  const { waitingOn, pushesDueFor, sendersTo, sent } = notificationKeys;
  for (const prefix of [waitingOn(device), pushesDueFor(device)]) {
    for await (const { key } of kv.list({ prefix })) keys.push(key);
  }
  for await (const { key, value } of kv.list<string>({ prefix: sendersTo(device) })) {
    keys.push(key, sent(value, String(key[2])));
    senders.add(value);
  }
  return { keys, senders };
}

/** Rings for technicians whose notifications went with a removed device. */
export async function ringSenders(kv: Deno.Kv, senders: Iterable<string>): Promise<void> {
  for (const technician of senders) {
    await kv.atomic().sum(notificationKeys.sentBell(technician), 1n).commit();
  }
}
