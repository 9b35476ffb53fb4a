/** The store as the hub of a web process sees it: one object over the stores of this folder. */
import type { EquipmentCheck } from "../protocol/equipment.ts";
import type { Session } from "../protocol/session.ts";
import type { Side } from "../protocol/receipts.ts";
import { notificationKeys, peopleKeys, presenceKeys, sessionKeys, settingKeys } from "./keys.ts";
import type { Stores } from "./mod.ts";
import { NotificationStore } from "./notifications.ts";
import { PresenceStore } from "./presence.ts";
import { PushSubscriptionStore } from "./push_subscriptions.ts";
import { type Database, type DeviceSession, SessionStore } from "./sessions.ts";
import { watchKeys } from "./watch.ts";
import { WatchPool } from "./watch_pool.ts";

/**
 * Opens it for the process named `process` (its id in leases and presence), on `kv`, which `stores` are
 * on. `now`: milliseconds since the epoch.
 */
export function openHubStore(
  kv: Deno.Kv,
  stores: Pick<Stores, "devices" | "policy" | "signIns" | "attachments">,
  process: string,
  now: () => number,
  database: Database = {},
) {
  const { devices, policy, signIns, attachments } = stores;
  const presence = new PresenceStore(kv, process, now);
  const seldom = new WatchPool(kv);
  return {
    sessions: new SessionStore(kv, now, database),
    presence,
    notifications: new NotificationStore(kv, now, database.erased),
    subscriptions: new PushSubscriptionStore(kv),
    /** Rings when something became of a notification of this technician. */
    watchSent: (technician: string, ring: () => void) =>
      seldom.watch([notificationKeys.sentBell(technician)], ring),
    attachments: {
      async seal(session: Session, side: Side, id: string) {
        const pass = await attachments.pass(side, session[side].id, session.id);
        return pass === null ? null : await attachments.seal(pass, id);
      },
    },
    device: (id: string) => devices.get(id),
    async markInstalled(id: string, at: number) {
      await devices.markInstalled(id, at);
    },
    async keepEquipment(id: string, equipment: EquipmentCheck) {
      await devices.keepEquipment(id, equipment);
    },
    watchDevice: (id: string, ring: () => void) =>
      seldom.watch([peopleKeys.device(id), sessionKeys.ofDevice(id)], ring),
    /** Every device with what the console's list shows about it, by name. */
    async directory() {
      const [all, reachable, held] = await Promise.all([
        devices.list(),
        presence.reachable(),
        heldSessions(kv),
      ]);
      return all.map((device) => ({
        device,
        reachable: reachable.has(device.id),
        held: held.get(device.id) ?? null,
      }));
    },
    watchDirectory: (ring: () => void) => watchKeys(kv, [presenceKeys.directory()], ring),
    chatService: () => policy.chatService(),
    watchChatService: (ring: () => void) => watchKeys(kv, [settingKeys.chatService()], ring),
    watchSignIn: (hash: string, technician: string, gone: () => void) =>
      seldom.watch([peopleKeys.signIn(hash), peopleKeys.technician(technician)], (entries) => {
        if (entries.some(({ value }) => value === null)) gone();
      }),
    async keepSignedIn(hash: string) {
      await signIns.use(hash, now());
    },
  };
}

async function heldSessions(kv: Deno.Kv): Promise<Map<string, DeviceSession>> {
  const held = new Map<string, DeviceSession>();
  for await (const entry of kv.list<DeviceSession>({ prefix: sessionKeys.ofDevices() })) {
    held.set(String(entry.key[1]), entry.value);
  }
  return held;
}
