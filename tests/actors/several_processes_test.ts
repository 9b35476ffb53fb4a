/** What pages in another process learn, and how a process that leaves hands its pages over. */
import { assert, assertEquals } from "@std/assert";
import type { Hub } from "../../actors/hub.ts";
import type { ServerMessage } from "../../protocol/messages.ts";
import { END_TOLD_MS } from "../../store/sessions.ts";
import { until } from "../support/waiting.ts";
import { Page } from "./page.ts";
import { TestClock } from "./stand_ins.ts";
import { gate, quietly, replaced, World } from "./world.ts";

/** Two processes; the technician's console is on the first, the device on the second. */
async function ringing(world: World) {
  const [here, there] = [await world.hub(), await world.hub()];
  const [technician, device] = [await world.technician(), await world.device()];
  const openConsole = (hub: Hub, lastSeq = {}) =>
    new Page("console-1").open((c) => hub.connectTechnician(technician, c), lastSeq);
  const openPhone = (hub: Hub, client: string, lastSeq = {}) =>
    new Page(client).open((c) => hub.connectDevice({ device: device.id }, c), lastSeq);
  const console = openConsole(here);
  const ack = await console.must({ type: "session.start", device: device.id });
  assert("session" in ack);
  const { session } = ack;
  const phone = openPhone(there, "phone-01");
  await phone.until(() => phone.view(session)?.state.kind === "ringing");
  return { here, there, openConsole, openPhone, console, phone, session };
}

function ended(frame: ServerMessage) {
  return frame.type === "ended" ? [frame.reason, frame.by] : undefined;
}

Deno.test("[S3] [S4] pages in other processes read who declined, not only that it is over", async () => {
  await using world = await World.open();
  const { here, openPhone, console, phone, session } = await ringing(world);
  const tablet = openPhone(here, "tablet-1");
  await tablet.until(() => tablet.view(session)?.state.kind === "ringing");
  await phone.must({ type: "session.reject", session });
  for (const page of [console, tablet]) {
    assertEquals(await page.find(ended), ["rejected", "phone-01"]);
  }
});

Deno.test("[S4] [S8] who was between two processes when it ended is told why, for a moment", async () => {
  const clock = new TestClock();
  await using world = await World.open({ clock });
  const { here, there, openConsole, openPhone, console, phone, session } = await ringing(world);
  console.close();
  await phone.must({ type: "session.reject", session });
  const order = (page: Page) =>
    page.frames.map(({ type }) => type).filter((type) => type === "ended" || type === "welcome");
  for (const hub of [here, there]) {
    const back = openConsole(hub, { [session]: 0 });
    await back.find((frame) => frame.type === "welcome" ? frame : undefined);
    assertEquals(order(back), ["ended", "welcome"]);
    assertEquals(await back.find(ended), ["rejected", "phone-01"]);
  }
  clock.advance(END_TOLD_MS);
  const late = openPhone(here, "phone-02", { [session]: 0, "never-was": 3 });
  await late.find((frame) => frame.type === "welcome" ? frame : undefined);
  assertEquals(order(late), ["welcome"]);
});

Deno.test("[C1] a process that leaves answers what it took, then sends its pages elsewhere, a few at a time", async () => {
  const clock = new TestClock();
  await using world = await World.open({ clock });
  const committing = gate();
  const hub = await world.hub((store) =>
    replaced(store, {
      sessions: {
        async commit(...step) {
          await committing.opened;
          return await store.sessions.commit(...step);
        },
      },
    })
  );
  const [technician, device] = [await world.technician(), await world.device()];
  const pages = Array.from({ length: 20 }, (_, at) => {
    return new Page(`console-${at}`).open((c) => hub.connectTechnician(technician, c));
  });
  for (const page of pages) await page.find((m) => m.type === "welcome" ? m : undefined);
  const [first] = pages;
  assert(first !== undefined);
  const ack = await first.must({ type: "session.start", device: device.id });
  assert("session" in ack);
  const { session } = ack;
  const text = { type: "text.send", session, n: 1, text: "Hello" } as const;
  const answered = first.must(text);
  const over = hub.handOver();
  const gone = () => pages.filter(({ closedWith }) => closedWith === "shutting_down").length;
  assertEquals(
    [gone(), first.closedWith],
    [3, null],
    "the first few, but not who waits for an answer",
  );
  const late = new Page("late").open((c) => hub.connectTechnician(technician, c));
  assertEquals(late.closedWith, "shutting_down");
  first.raw({ ...text, id: 99, n: 2 });
  committing.open();
  assert("seq" in await answered);
  await first.until(() => first.closedWith === "shutting_down");
  await until("all are told", () => {
    clock.advance(20);
    return gone();
  }, (count) => count === pages.length);
  clock.advance(1_000);
  await over;
  const nextHub = await world.hub();
  // What came after it had begun to leave is for the next process.
  const next = new Page("console-0")
    .open((c) => nextHub.connectTechnician(technician, c), { [session]: 0 });
  await next.until(() => next.messages(session).length === 1);
});

Deno.test("[N1] what was for a device whose page did not arrive elsewhere is pushed by who sent it there", async () => {
  using _ = quietly();
  const clock = new TestClock();
  await using world = await World.open({ clock });
  const hub = await world.hub();
  const successor = await world.hub();
  const [asleep, awake] = [await world.device("Asleep"), await world.device("Awake")];
  const technician = await world.technician();
  const { subscriptions, presence } = world.store("test");
  const console = new Page("console-1").open((c) => successor.connectTechnician(technician, c));
  for (const device of [asleep, awake]) {
    const subscription = {
      endpoint: `https://push.example/${device.id}`,
      keys: { p256dh: "k", auth: "a" },
    };
    await subscriptions.keep(device.id, { ...subscription, browser: "browser", language: "en" });
    const page = new Page("phone-01").open((c) => hub.connectDevice({ device: device.id }, c));
    await page.find((frame) => frame.type === "device" ? frame : undefined);
    await until("it is written down", () => presence.connected(device.id), (there) => there);
    await console.must({ type: "session.start", device: device.id });
    await page.until(() => page.frames.some((frame) => frame.type === "session"));
  }
  assertEquals(world.push.told, [], "a page of each rings");
  const over = hub.handOver();
  const back = new Page("phone-01")
    .open((c) => successor.connectDevice({ device: awake.id }, c));
  await back.find((frame) => frame.type === "session" ? frame : undefined);
  const there = async () =>
    (await Array.fromAsync(world.kv.list({ prefix: ["presence"] }))).map(({ key }) => key[2]);
  await until("it is written down where it is now", there, (devices) => {
    return devices.join() === awake.id;
  });
  let done = false;
  void over.then(() => done = true);
  for (let steps = 0; steps < 5; steps++) {
    clock.advance(500);
    await world.kv.get(["nothing"]);
  }
  await until("all is handed over", () => done, (is) => is);
  assertEquals(world.push.told.map(({ device, message }) => [device, message.kind]), [
    [asleep.id, "ring"],
  ]);
});

Deno.test("[N1] a device whose leaving is written down late does not count as one that arrived elsewhere", async () => {
  using _ = quietly();
  const clock = new TestClock();
  await using world = await World.open({ clock });
  const leaving = gate();
  let looks = 0;
  const hub = await world.hub((store) =>
    replaced(store, {
      presence: {
        async record(changes) {
          if ([...changes.values()].includes(false)) await leaving.opened;
          await store.presence.record(changes);
        },
        async reachable() {
          looks++;
          return await store.presence.reachable();
        },
      },
    })
  );
  const successor = await world.hub();
  const [device, technician] = [await world.device(), await world.technician()];
  const { subscriptions, presence } = world.store("test");
  const subscription = { endpoint: "https://push.example/x", keys: { p256dh: "k", auth: "a" } };
  await subscriptions.keep(device.id, { ...subscription, browser: "browser", language: "en" });
  const phone = new Page("phone-01").open((c) => hub.connectDevice({ device: device.id }, c));
  await until("it is written down", () => presence.connected(device.id), (there) => there);
  const console = new Page("console-1").open((c) => successor.connectTechnician(technician, c));
  await console.must({ type: "session.start", device: device.id });
  await phone.until(() => phone.frames.some((frame) => frame.type === "session"));
  const over = hub.handOver();
  await phone.until(() => phone.closedWith === "shutting_down");
  let done = false;
  void over.then(() => done = true);
  const pass = async () => {
    clock.advance(500);
    await world.kv.get(["nothing"]);
  };
  for (let steps = 0; steps < 10; steps++) await pass();
  assertEquals(looks, 0, "nobody is taken to have arrived before that is known");
  leaving.open();
  await until("all is handed over", () => pass().then(() => done), (is) => is);
  assertEquals(world.push.told.map(({ message }) => message.kind), ["ring"]);
});
