/** What a service worker asks without a page: authorised by the device's cookie, from our own pages only. */
import { assertEquals } from "@std/assert";
import { Browser, enroll, setUp } from "../support/browser.ts";
import { openTestApp } from "../support/test_app.ts";

const ID = `01${"0".repeat(24)}`;
const SUBSCRIPTION = {
  endpoint: "https://fcm.googleapis.com/fcm/send/x",
  // A point on the curve: the generator of P-256 (SEC 2).
  keys: {
    p256dh:
      "BGsX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU",
    auth: "AAAAAAAAAAAAAAAAAAAAAA",
  },
};

Deno.test("[N1] [A1] a notification is marked as read by its own device, once, and by nobody else", async () => {
  await using app = await openTestApp();
  const ada = await setUp(app);
  const [till, kiosk] = [await enroll(ada, "Till 4"), await enroll(ada, "Kiosk")];
  const [device] = (await app.stores.devices.list()).filter(({ name }) => name === "Till 4");
  await app.stores.devices.markInstalled(device?.id ?? "", 1);
  const { notifications } = app.services.hub;
  const sent = { id: 1, type: "notification.send", device: device?.id ?? "" } as const;
  const technician = { id: "ada", name: "Ada" };
  await notifications.ofTechnician(technician, { ...sent, notification: ID, text: "Hello" });

  const read = (browser: Browser, id = ID) =>
    browser.api("POST", `/api/device/notifications/${id}/read`);
  assertEquals((await read(new Browser(app))).status, 401);
  assertEquals((await read(kiosk)).status, 410);
  assertEquals((await read(till, "no-ulid")).status, 404);
  assertEquals((await till.api("POST", `/api/device/notifications/${ID}/answer`)).status, 404);
  const foreign = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
  assertEquals((await till.post(`/api/device/notifications/${ID}/read`, {}, foreign)).status, 403);
  assertEquals((await till.api("POST", `/api/device/notifications/${ID}/received`)).status, 204);
  assertEquals((await notifications.sentBy("ada"))[0]?.state, { kind: "delivered" });
  assertEquals((await read(till)).status, 204);
  assertEquals((await read(till)).status, 204, "once more is no failure");
  assertEquals((await notifications.sentBy("ada"))[0]?.state, { kind: "read" });
});

Deno.test("[T5] a subscription that the browser changed is kept, if it is of a known push service", async () => {
  await using app = await openTestApp();
  const till = await enroll(await setUp(app), "Till 4");
  const put = (body: unknown, browser = till) => browser.api("PUT", "/api/device/push", body);
  const count = async () => (await app.stores.devices.list())[0]?.subscriptions ?? 0;
  assertEquals((await put({ subscription: SUBSCRIPTION, language: "de-AT" })).status, 204);
  assertEquals(await count(), 1);
  const elsewhere = { ...SUBSCRIPTION, endpoint: "https://internal.example/x" };
  assertEquals((await put({ subscription: elsewhere, language: "de" })).status, 422);
  assertEquals((await put({ subscription: SUBSCRIPTION, language: "<b>" })).status, 400);
  assertEquals((await put({ language: "de" })).status, 400);
  const nobody = new Browser(app);
  assertEquals((await put({ subscription: SUBSCRIPTION, language: "de" }, nobody)).status, 401);
  assertEquals(await count(), 1);
});

Deno.test("[A2] [S8] what a push would be about now is told to its own device, and nothing of what is over", async () => {
  await using app = await openTestApp();
  const ada = await setUp(app);
  const [till, kiosk] = [await enroll(ada, "Till 4"), await enroll(ada, "Kiosk")];
  const [device] = (await app.stores.devices.list()).filter(({ name }) => name === "Till 4");
  await app.stores.devices.markInstalled(device?.id ?? "", 1);
  const { notifications } = app.services.hub;
  const technician = { id: "ada", name: "Ada" };
  const command = { id: 1, device: device?.id ?? "", notification: ID, text: "Hello" };
  await notifications.ofTechnician(technician, { type: "notification.send", ...command });
  const waits = async (browser: Browser, tag = `notification:${ID}`) => {
    const answer = await browser.api("GET", `/api/device/pushes?tag=${encodeURIComponent(tag)}`);
    return answer.ok ? (await answer.json()).waits : answer.status;
  };
  assertEquals(await waits(till), "notification");
  assertEquals([await waits(kiosk), await waits(new Browser(app))], [null, 401]);
  for (const tag of ["session:never-was", "test", "notification:"]) {
    assertEquals(await waits(till, tag), null);
  }
  await till.api("POST", `/api/device/notifications/${ID}/read`);
  assertEquals(await waits(till), null);
});
