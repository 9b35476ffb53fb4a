/** Notifications outside of sessions, and what is pushed when nobody looks (N1-N3, T5, S3, S4, S8). */
import { assert, assertEquals } from "@std/assert";
import { until } from "../support/waiting.ts";
import type { Hub } from "../../actors/hub.ts";
import { waitsIn } from "../../actors/push_plan.ts";
import type { DeviceNotification, SentNotification } from "../../protocol/notification.ts";
import { EVERYTHING_ON } from "../../protocol/service.ts";
import { Page } from "./page.ts";
import { TestClock } from "./stand_ins.ts";
import { World } from "./world.ts";

type Technician = Awaited<ReturnType<World["technician"]>>;

const ENDPOINT = {
  endpoint: "https://fcm.googleapis.com/fcm/send/x",
  keys: { p256dh: "p".repeat(87), auth: "a".repeat(22) },
};

let made = 0;
function ulid(): string {
  return `01${String(++made).padStart(24, "0")}`;
}

function consolePage(hub: Hub, technician: Technician, client = "console-1"): Page {
  return new Page(client).open((c) => hub.connectTechnician(technician, c));
}

function devicePage(hub: Hub, device: { id: string }, client = "phone-01", browser = "browser") {
  return new Page(client).open((c) => hub.connectDevice({ device: device.id, browser }, c));
}

/** What waits for the device user, as a page was told last. */
function waiting(page: Page): readonly DeviceNotification[] {
  return page.frames.findLast((frame) => frame.type === "notifications")?.notifications ?? [];
}

/** What became of what a technician sent, as a page was told last. */
function sent(page: Page): readonly SentNotification[] {
  return page.frames.findLast((frame) => frame.type === "sent")?.notifications ?? [];
}

async function send(page: Page, device: { id: string }, text: string): Promise<string> {
  const notification = ulid();
  await page.must({ type: "notification.send", device: device.id, notification, text });
  return notification;
}

/** A device whose browser takes pushes and whose pages are all closed. */
async function closedDevice(world: World, hub: Hub) {
  const device = await world.device();
  const phone = devicePage(hub, device);
  await phone.must({ type: "push.subscribe", subscription: ENDPOINT, language: "en" });
  phone.close();
  await gone(world, device.id);
  return device;
}

async function gone(world: World, device: string): Promise<void> {
  const present = () => Array.fromAsync(world.kv.list({ prefix: ["presence"] }));
  await until("no page of it is connected", present, (all) => {
    return all.every(({ key }) => key[2] !== device);
  });
}

/** Waits until the newest push is of this kind. */
async function pushed(world: World, kind: string): Promise<void> {
  await until(`the newest push says ${kind}`, () => world.push.told.at(-1)?.message.kind, (now) => {
    return now === kind;
  });
}

Deno.test("[N1] it pops up on every page of the device; acting on one clears it on all, in every process", async () => {
  await using world = await World.open();
  const [one, two] = [await world.hub(), await world.hub()];
  const [technician, device] = [await world.technician(), await world.device()];
  const console = consolePage(one, technician);
  const [phone, tablet] = [devicePage(one, device), devicePage(two, device, "tablet-1")];
  const first = await send(console, device, "  Please restart the till.  ");
  for (const page of [phone, tablet]) await page.until(() => waiting(page).length === 1);
  assertEquals(waiting(phone).map(({ id, from, text }) => ({ id, from, text })), [
    { id: first, from: "Maria Keller", text: "Please restart the till." },
  ]);
  await phone.must({ type: "notification.received", notification: first });
  await console.until(() => sent(console)[0]?.state.kind === "delivered");
  await tablet.must({ type: "notification.read", notification: first });
  for (const page of [phone, tablet]) await page.until(() => waiting(page).length === 0);
  await console.until(() => sent(console)[0]?.state.kind === "read");

  const second = await send(console, device, "Did it help?");
  await phone.until(() => waiting(phone).length === 1);
  await phone.must({ type: "notification.answer", notification: second, text: "Yes, thank you." });
  await tablet.until(() => waiting(tablet).length === 0);
  assertEquals(
    await tablet.refused({ type: "notification.answer", notification: second, text: "No." }),
    "notification_done",
  );
  // The technician signs in again later, elsewhere: the answer waits.
  const later = consolePage(two, technician, "console-2");
  await later.until(() => sent(later).length === 2);
  assertEquals(sent(later)[0]?.state, {
    kind: "answered",
    asked: "Did it help?",
    text: "Yes, thank you.",
  });
  for (const notification of [first, second]) {
    await later.must({ type: "notification.dismiss", notification });
  }
  await console.until(() => sent(console).length === 0);
  assertEquals(world.push.told, [], "a page was open: nothing is pushed");
});

Deno.test("[A1] [A2] only technicians send, only this device's users act, and sessions use text", async () => {
  await using world = await World.open();
  const hub = await world.hub();
  const [maria, tom] = [await world.technician(), await world.technician("Tom Berg")];
  const [till, kiosk] = [await world.device(), await world.device("Kiosk")];
  const console = consolePage(hub, maria);
  const [phone, other] = [devicePage(hub, till), devicePage(hub, kiosk, "kiosk-01")];
  const notification = await send(console, till, "Hello");
  const command = { notification, device: kiosk.id, text: "Hello" };
  assertEquals(await phone.refused({ type: "notification.send", ...command }), "forbidden");
  assertEquals(await console.refused({ type: "notification.read", notification }), "forbidden");
  assertEquals(
    await other.refused({ type: "notification.read", notification }),
    "notification_done",
  );
  await consolePage(hub, tom, "console-2").must({ type: "notification.dismiss", notification });
  // Another technician's is not theirs to take back: a page that comes now is told of it.
  const late = devicePage(hub, till, "phone-02");
  await late.until(() => waiting(late).length === 1);
  late.close();

  await console.must({ type: "session.start", device: till.id });
  const again = { notification: ulid(), device: till.id, text: "Hello" };
  assertEquals(
    await console.refused({ type: "notification.send", ...again }),
    "device_in_session",
  );
  for (const [text, code] of [["  ", "text_empty"], ["x".repeat(4001), "text_too_long"]]) {
    assertEquals(
      await console.refused({ type: "notification.send", ...again, text: text ?? "" }),
      code,
    );
  }
  // Taken back, it is gone from the device at once.
  await console.must({ type: "notification.dismiss", notification });
  await phone.until(() => waiting(phone).length === 0);
});

Deno.test("[N1] who sends too many is asked to wait", async () => {
  await using world = await World.open({ clock: new TestClock() });
  const hub = await world.hub();
  const console = consolePage(hub, await world.technician());
  const devices = [await world.device("One"), await world.device("Two")];
  for (let n = 0; n < 20; n++) await send(console, devices[n % 2] ?? { id: "" }, "Hello");
  const device = devices[0]?.id ?? "";
  const one = { type: "notification.send", notification: ulid(), device, text: "Hi" } as const;
  assertEquals(await console.refused(one), "rate_limited");
});

Deno.test("[T5] [N1] [N3] a closed device with a subscription is reachable by notification, and pushed to once", async () => {
  await using world = await World.open();
  const hubs = [await world.hub(), await world.hub()] as const;
  const device = await closedDevice(world, hubs[0]);
  const console = consolePage(hubs[1], await world.technician());
  await console.until(() =>
    console.frames.some((frame) =>
      frame.type === "devices" &&
      frame.devices.some(({ id, reachable, notifiable }) =>
        id === device.id && !reachable && notifiable
      )
    )
  );
  const notification = await send(console, device, "Secret words");
  await pushed(world, "notification");
  assertEquals(world.push.told, [
    { device: device.id, message: { kind: "notification", notification } },
  ]);
  assert(!JSON.stringify(world.push.told).includes("Secret"));
  const due = () => Array.fromAsync(world.kv.list({ prefix: ["push_due"] }));
  await until("nothing is due", due, (all) => all.length === 0);

  // "Mark as read" in the system notification of another browser, with no page open.
  const { notifications } = hubs[0];
  assertEquals(await notifications.act(device.id, "other", notification, "read"), {});
  await pushed(world, "notification_over");
  await console.until(() => sent(console)[0]?.state.kind === "read");
  await console.must({ type: "notification.dismiss", notification });
  const rest = await Array.fromAsync(world.kv.list({ prefix: [] }));
  assertEquals(
    rest.filter(({ key }) =>
      /^(notification|sent_notification|push_due|pushed)$/.test(String(key[0]))
    ),
    [],
  );
});

Deno.test("[N1] a page that leaves without having taken it in is followed by a push, and so is a dead process", async () => {
  await using world = await World.open();
  const hub = await world.hub();
  const device = await world.device();
  const phone = devicePage(hub, device);
  await phone.must({ type: "push.subscribe", subscription: ENDPOINT, language: "en" });
  const console = consolePage(hub, await world.technician());
  const notification = await send(console, device, "Hello");
  await phone.until(() => waiting(phone).length === 1);
  assertEquals(world.push.told.length, 0);
  phone.close();
  await pushed(world, "notification");

  // The push service took nothing: the next process that starts tries again.
  await console.must({ type: "notification.dismiss", notification });
  await pushed(world, "notification_over");
  world.push.takes = 0;
  await send(console, device, "Hello again");
  await pushed(world, "notification");
  const before = world.push.told.length;
  world.push.takes = 1;
  await world.hub();
  await until("it is tried again", () => world.push.told.length, (now) => now > before);
});

Deno.test("[S3] [S4] [S8] [N2] a session is pushed while nobody looks: ringing, missed, texts, over", async () => {
  const clock = new TestClock();
  await using world = await World.open({ clock });
  const hub = await world.hub();
  // Nothing is left to be brought from before its start.
  clock.advance(10_000);
  const device = await closedDevice(world, hub);
  const console = consolePage(hub, await world.technician());
  const ack = await console.must({ type: "session.start", device: device.id });
  assert("session" in ack);
  const { session } = ack;
  await pushed(world, "ring");
  clock.advance(60_001);
  await pushed(world, "missed");
  await console.must({ type: "session.ring", session });
  await pushed(world, "ring");
  const phone = devicePage(hub, device);
  await phone.until(() => phone.view(session)?.state.kind === "ringing");
  await phone.must({ type: "session.answer", session, as: "text" });
  await pushed(world, "session_over");
  const soFar = world.push.told.length;
  await console.must({ type: "text.send", session, n: 1, text: "Hello" });
  await phone.until(() => phone.messages(session).length === 1);
  await phone.must({ type: "text.cursor", session, received: 1, read: 1 });
  assertEquals(world.push.told.length, soFar, "a page is open: nothing is pushed");
  phone.close();
  await gone(world, device.id);
  await console.must({ type: "text.send", session, n: 2, text: "Are you still there?" });
  await pushed(world, "text");
  await console.must({ type: "text.send", session, n: 3, text: "Hello?" });
  await console.must({ type: "session.end", session });
  await pushed(world, "session_over");
  const kinds = world.push.told.map(({ message }) => message.kind);
  assertEquals(kinds.slice(0, 4), ["ring", "missed", "ring", "session_over"]);
  // The first text may be pushed as the page leaves; read, it is taken off again.
  const texts = kinds.slice(4);
  if (texts.length > 2) assertEquals(texts.splice(0, 2), ["text", "session_over"]);
  assertEquals(texts, ["text", "session_over"]);
  const said = JSON.stringify(world.push.told);
  for (const secret of ["Hello", "Maria", "Till"]) assert(!said.includes(secret));
  const rest = await Array.fromAsync(world.kv.list({ prefix: [] }));
  assertEquals(rest.filter(({ key }) => key.includes(session) || key[0] === "pushed"), []);
});

Deno.test("push commands: the key, an address that is refused, taking it back, a test", async () => {
  await using world = await World.open();
  const hub = await world.hub();
  const device = await world.device();
  const phone = devicePage(hub, device);
  const key = await phone.must({ type: "push.key" });
  assert("key" in key && key.key === "key");
  const elsewhere = { ...ENDPOINT, endpoint: "http://evil.example/x" };
  assertEquals(
    await phone.refused({ type: "push.subscribe", subscription: elsewhere, language: "en" }),
    "bad_push_address",
  );
  const long = { ...ENDPOINT, endpoint: `https://x.example/${"x".repeat(2000)}` };
  assertEquals(
    await phone.refused({ type: "push.subscribe", subscription: long, language: "en" }),
    "bad_frame",
  );
  await phone.must({ type: "push.test" });
  world.push.goesTo = "another";
  assertEquals(await phone.refused({ type: "push.test" }), "push_off");
  await phone.must({ type: "push.subscribe", subscription: ENDPOINT, language: "en" });
  assertEquals((await world.devices.get(device.id))?.subscriptions, 1);
  await phone.must({ type: "push.unsubscribe" });
  assertEquals((await world.devices.get(device.id))?.subscriptions, 0);
  const again = { type: "push.subscribe", subscription: ENDPOINT, language: "en" } as const;
  const answers: string[] = [];
  while (answers.at(-1) !== "rejected" && answers.length < 20) {
    answers.push((await phone.ask(again)).type);
  }
  assertEquals(answers.length, 9, "ten in all, and no more for now");
  const unbound = new Page("nobody-1").open((c) => hub.connectDevice({ device: device.id }, c));
  assertEquals(
    await unbound.refused({ type: "push.subscribe", subscription: ENDPOINT, language: "en" }),
    "forbidden",
  );
  assertEquals(
    await consolePage(hub, await world.technician()).refused({ type: "push.test" }),
    "forbidden",
  );
});

Deno.test("[N2] what waits in a session: nothing once it is answered and read", async () => {
  await using world = await World.open();
  const hub = await world.hub();
  const [technician, device] = [await world.technician(), await world.device()];
  const [console, phone] = [consolePage(hub, technician), devicePage(hub, device)];
  const ack = await console.must({ type: "session.start", device: device.id });
  assert("session" in ack);
  const { session } = ack;
  const waits = async () => {
    const entry = await world.kv.get<Parameters<typeof waitsIn>[0]>(["session", session]);
    return entry.value === null ? null : waitsIn(entry.value)?.kind ?? null;
  };
  assertEquals(await waits(), "ring");
  await phone.until(() => phone.view(session) !== undefined);
  await phone.must({ type: "session.answer", session, as: "text" });
  assertEquals(await waits(), null);
  await console.must({ type: "call.start", session, medium: "voice" });
  assertEquals(await waits(), "call");
  await console.must({ type: "call.hangup", session });
  await console.must({ type: "text.send", session, n: 1, text: "Hello" });
  assertEquals(await waits(), "text");
  await phone.must({ type: "text.cursor", session, received: 1, read: 0 });
  assertEquals(await waits(), null);
});

Deno.test("[N1] what was sent already is asked again for nothing: no allowance, whatever holds by now", async () => {
  await using world = await World.open({ clock: new TestClock() });
  const hub = await world.hub();
  const console = consolePage(hub, await world.technician());
  const device = await world.device();
  const notification = ulid();
  const command = { device: device.id, notification, text: "Please charge it" } as const;
  for (let time = 0; time < 40; time++) {
    await console.must({ type: "notification.send", ...command });
  }
  await send(console, device, "It costs what it says");
  // The answer was lost, and meanwhile texts were switched off.
  await world.policy.setChatService({ ...EVERYTHING_ON, text: false });
  await console.find((f) =>
    f.type === "devices" && f.devices.some(({ available }) => !available.text) ? f : undefined
  );
  await console.must({ type: "notification.send", ...command });
});
