/** Opens the sender of this process on a store: keys made once, the browser's own `fetch` and timers. */
import { setTimeout } from "node:timers/promises";
import type { Kv } from "../store/kv.ts";
import { PolicyStore } from "../store/policy.ts";
import { PushSubscriptionStore } from "../store/push_subscriptions.ts";
import { makeVapidKeys, PushSender, type PushSenderPorts } from "./sender.ts";

/** Opens it; the keys are made at the first start and stay, for browsers are subscribed with them. */
export async function openPushSender(
  kv: Kv,
  settings: Pick<PushSenderPorts, "contact" | "hosts">,
): Promise<PushSender> {
  return new PushSender({
    ...settings,
    keys: await new PolicyStore(kv).vapidKeys(makeVapidKeys),
    subscriptions: new PushSubscriptionStore(kv),
    fetch: (...request) => fetch(...request),
    now: Date.now,
    wait: (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal }),
  });
}
