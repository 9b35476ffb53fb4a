import { assertEquals } from "@std/assert";
import { isRejection, reject } from "../../protocol/errors.ts";
import { MAX_WAITING, NOTIFICATION_MS } from "../../protocol/notification.ts";
import { notificationKeys, sessionKeys } from "../../store/keys.ts";
import { NotificationStore } from "../../store/notifications.ts";
import { PushSubscriptionStore } from "../../store/push_subscriptions.ts";
import { countKeys, withStores } from "./support.ts";

const ADA = { id: "ada", name: "Ada" };

/** A ULID that is different for every `n`. */
function ulid(n: number): string {
  return `01${String(n).padStart(24, "0")}`;
}

function subscription(browser: string, endpoint: string, language = "en") {
  return {
    endpoint,
    keys: { p256dh: "p".repeat(87), auth: "a".repeat(22) },
    browser,
    language,
  };
}

Deno.test("[N1] one that is sent twice is there once; answered, only the answer is left", () =>
  withStores(async ({ devices }, kv) => {
    const store = new NotificationStore(kv, () => 1000);
    const { id: device } = await devices.create("Till 4", 1);
    const sent = { id: ulid(1), technician: ADA, device, text: "Are you there?", at: 1000 };
    // As a page does after a lost connection, while the first one still waits (found by FAULT_SEED=203).
    const both = await Promise.all([store.send(sent), store.send(sent)]);
    assertEquals(both, ["sent", "sent"]);
    const eve = { ...sent, technician: { id: "eve", name: "Eve" } };
    assertEquals(await store.send(eve), reject("bad_frame"), "an id belongs to one technician");
    assertEquals(await store.waitingOn(device), [
      { id: ulid(1), from: "Ada", text: "Are you there?", at: 1000 },
    ]);
    assertEquals((await devices.get(device))?.waiting, 1);
    assertEquals([...await store.devicesDue()], [device]);

    assertEquals(await store.act(device, ulid(1), { type: "received" }), { changed: true });
    assertEquals([...await store.devicesDue()], [], "a page holds it: no push");
    assertEquals(await store.act(device, ulid(1), { type: "received" }), { changed: false });
    const answers = await Promise.all(
      ["Yes.", "Yes.", "No!"].map((text) => store.act(device, ulid(1), { type: "answer", text })),
    );
    assertEquals(answers.filter(isRejection).length >= 1, true);
    assertEquals(await store.waitingOn(device), []);
    assertEquals((await devices.get(device))?.waiting, 0);
    const [outcome] = await store.sentBy("ada");
    assertEquals(outcome?.state.kind, "answered");
    assertEquals(await countKeys(kv, notificationKeys.waitingOn(device)), 0);

    await store.dismiss("ada", ulid(1));
    assertEquals(await store.sentBy("ada"), []);
    assertEquals(await countKeys(kv, notificationKeys.sendersTo(device)), 0);
  }));

Deno.test("[N1] refused during a session, for a device that is gone, and when too many wait", () =>
  withStores(async ({ devices }, kv) => {
    const store = new NotificationStore(kv, () => 1000);
    const { id: device } = await devices.create("Till 4", 1);
    const send = (n: number, to = device) =>
      store.send({ id: ulid(n), technician: ADA, device: to, text: "Hello", at: 1000 });
    assertEquals(await send(1, "gone"), { kind: "rejected", code: "unknown_device" });
    await kv.set(sessionKeys.ofDevice(device), { session: "s" });
    assertEquals(await send(1), { kind: "rejected", code: "device_in_session" });
    await kv.delete(sessionKeys.ofDevice(device));
    for (let n = 0; n < MAX_WAITING; n++) assertEquals(await send(n), "sent");
    assertEquals(await send(99), { kind: "rejected", code: "too_many_notifications" });
    assertEquals(await store.dismiss("ada", ulid(3)), device);
    assertEquals(await send(99), "sent");
  }));

Deno.test("[N1] nobody else's notification can be acted on, and what was read leaves no text", () =>
  withStores(async ({ devices }, kv) => {
    const store = new NotificationStore(kv, () => 1000);
    const [one, two] = [await devices.create("One", 1), await devices.create("Two", 1)];
    await store.send({ id: ulid(1), technician: ADA, device: one.id, text: "Secret", at: 1000 });
    const done = { kind: "rejected", code: "notification_done" } as const;
    assertEquals(await store.act(two.id, ulid(1), { type: "read" }), done);
    assertEquals(await store.dismiss("bob", ulid(1)), null);
    assertEquals((await store.waitingOn(one.id)).length, 1);
    assertEquals(await store.act(one.id, ulid(1), { type: "read" }), { changed: true });
    assertEquals(await store.act(one.id, ulid(1), { type: "answer", text: "Late" }), done);
    assertEquals(await store.act(one.id, ulid(1), { type: "read" }), { changed: false });
    const everything = await Array.fromAsync(kv.list({ prefix: [] }));
    assertEquals(
      JSON.stringify(everything.map(({ value }) => String(value))).includes("Secret"),
      false,
    );
    assertEquals((await store.sentBy("ada")).map(({ state }) => state), [{ kind: "read" }]);
  }));

Deno.test("[N1] nothing is older than 30 days, and a removed device leaves nothing", () =>
  withStores(async ({ devices }, kv) => {
    let now = 1000;
    const store = new NotificationStore(kv, () => now);
    const before = await countKeys(kv);
    const { id: device } = await devices.create("Till 4", 1);
    for (const n of [1, 2]) {
      await store.send({ id: ulid(n), technician: ADA, device, text: "Hello", at: now });
    }
    await store.act(device, ulid(2), { type: "answer", text: "Hello yourself" });
    now += NOTIFICATION_MS;
    assertEquals([await store.waitingOn(device), await store.sentBy("ada")], [[], []]);
    const pushes = new PushSubscriptionStore(kv);
    await pushes.keep(device, subscription("browser", "https://push.example/1"));
    await pushes.shown(device, "session:1", null);
    await devices.remove(device);
    const doorbells = 2;
    assertEquals(await countKeys(kv), before + doorbells);
  }));

Deno.test("[T5] [A2] an endpoint is one browser's of one device; the device knows how many it has", () =>
  withStores(async ({ devices }, kv) => {
    const pushes = new PushSubscriptionStore(kv);
    const [one, two] = [await devices.create("One", 1), await devices.create("Two", 1)];
    const endpoint = "https://push.example/1";
    const count = async (id: string) => (await devices.get(id))?.subscriptions ?? 0;
    await Promise.all([1, 2, 3].map(() => pushes.keep(one.id, subscription("a", endpoint))));
    assertEquals([await count(one.id), (await pushes.of(one.id)).length], [1, 1]);
    await pushes.keep(one.id, subscription("a", "https://push.example/2", "de"));
    assertEquals((await pushes.of(one.id)).map((s) => [s.endpoint, s.language]), [
      ["https://push.example/2", "de"],
    ]);
    // The browser became another device: the first one is not notified there any more.
    await pushes.keep(two.id, subscription("b", "https://push.example/2"));
    assertEquals([await count(one.id), await count(two.id)], [0, 1]);
    await pushes.remove(two.id, "b", "https://push.example/other");
    assertEquals(await count(two.id), 1);
    await pushes.remove(two.id, "b");
    assertEquals([await count(two.id), await countKeys(kv, ["push_endpoint"])], [0, 0]);
    assertEquals(await pushes.keep("gone", subscription("c", endpoint)), false);
    await pushes.shown(one.id, "session:1", null);
    const before = await pushes.whatIsShown(one.id, "session:1");
    await pushes.shown(one.id, "session:1", "ring");
    await before?.forget();
    assertEquals(
      (await pushes.whatIsShown(one.id, "session:1"))?.took,
      "ring",
      "a newer one stays",
    );
  }));
