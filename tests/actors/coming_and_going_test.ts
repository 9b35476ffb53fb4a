/** Pages that come, go and say hello again at awkward moments; processes that go. */
import { assert, assertEquals } from "@std/assert";
import { Page } from "./page.ts";
import { TestClock } from "./stand_ins.ts";
import { gate, replaced, World } from "./world.ts";
import { counted } from "./counted_watches.ts";

Deno.test("[C2] a page that says hello again and again is sent everything once", async () => {
  await using world = await World.open();
  const hub = await world.hub();
  const [who, device] = [await world.technician(), await world.device()];
  const console = new Page("console-1").open((c) => hub.connectTechnician(who, c));
  const phone = new Page("phone-01").open((c) => hub.connectDevice({ device: device.id }, c));
  const ack = await console.must({ type: "session.start", device: device.id });
  assert("session" in ack);
  const { session } = ack;
  for (const page of [console, phone]) {
    for (let times = 0; times < 3; times++) {
      page.raw({ type: "hello", version: 1, client: page.client, lastSeq: {} });
      // Rings in the middle of it.
      await world.kv.set(["device_session", device.id], { session, technician: who.technician });
    }
    await page.until(() => page.frames.filter(({ type }) => type === "welcome").length === 4);
    const last = page.frames.findLastIndex(({ type }) => type === "welcome");
    await page.until(() => page.frames.slice(last).some(({ type }) => type === "session"));
  }
  const before = [console, phone].map((page) => page.frames.length);
  await console.must({ type: "text.send", session, n: 1, text: "once" });
  await phone.until(() => phone.messages(session).length > 0);
  // What is sent twice is sent by now: this answer comes after it.
  await phone.must({ type: "text.cursor", session, received: 1, read: 0 });
  const fresh = [console, phone].map((page, at) =>
    page.frames.slice(before[at]).filter((f) => f.type === "session" && f.messages.length > 0)
  );
  assertEquals(fresh.map(({ length }) => length), [1, 1]);
});

Deno.test("a page that goes while it is being welcomed leaves nothing behind", async () => {
  await using world = await World.open();
  const [askedDevice, askedSessions, answers] = [gate(), gate(), gate()];
  let [watches, emptied] = [(): string[] => [], () => Promise.resolve()];
  const hub = await world.hub((original) => {
    const { store, open, emptied: allClosed } = counted(original);
    [watches, emptied] = [open, allClosed];
    return replaced(store, {
      async device(id) {
        askedDevice.open();
        await answers.opened;
        return await store.device(id);
      },
      sessions: {
        async ofTechnician(id) {
          askedSessions.open();
          await answers.opened;
          return await store.sessions.ofTechnician(id);
        },
      },
    });
  });
  const [who, device] = [await world.technician(), await world.device()];
  const elsewhere = await world.hub();
  const other = new Page("console-0").open((c) => elsewhere.connectTechnician(who, c));
  await other.must({ type: "session.start", device: device.id });
  const connect = (c: Parameters<typeof hub.connectDevice>[1]) =>
    hub.connectDevice({ device: device.id }, c);
  const pages = [
    new Page("console-1").open((c) => hub.connectTechnician(who, c)),
    new Page("phone-001").open(connect),
  ];
  // It keeps the device's line open.
  const stays = new Page("phone-002").open(connect);
  await Promise.all([askedDevice.opened, askedSessions.opened]);
  for (const page of pages) page.close();
  answers.open();
  // Whoever is welcomed after them is welcomed after what is left of their hello.
  const later = new Page("console-2").open((c) => hub.connectTechnician(who, c));
  await later.find((f) => f.type === "devices" ? f : undefined);
  await stays.find((f) => f.type === "session" ? f : undefined);
  for (const page of [later, stays]) page.close();
  await emptied();
  await hub.pagesGone();
  assertEquals(watches(), []);
});

Deno.test("[A1] a device that was removed meanwhile is told so for good", async () => {
  await using world = await World.open();
  const hub = await world.hub();
  const device = await world.device();
  const phone = new Page("phone-01").open((c) => hub.connectDevice({ device: device.id }, c));
  await phone.find((f) => f.type === "welcome" ? f : undefined);
  await world.devices.remove(device.id);
  await phone.until(() => phone.closedWith === "removed");
  const again = new Page("phone-01").open((c) => hub.connectDevice({ device: device.id }, c));
  await again.until(() => again.closedWith === "removed");
});

Deno.test("[T5] devices of a process that died become unreachable in consoles that are open", async () => {
  const clock = new TestClock();
  await using world = await World.open({ clock });
  const device = await world.device();
  // A process that takes a lease, writes its device down, and is never heard of again.
  const dead = world.store("dead");
  await dead.presence.renewLease();
  await dead.presence.record(new Map([[device.id, true]]));
  const hub = await world.hub();
  const who = await world.technician();
  const console = new Page("console-1").open((c) => hub.connectTechnician(who, c));
  const reachable = () =>
    console.frames.flatMap((f) => f.type === "devices" ? f.devices : [])
      .findLast(({ id }) => id === device.id)?.reachable;
  await console.until(() => reachable() === true);
  const left = console.until(() => reachable() === false);
  // Its lease runs out; the next renewal of ours finds it.
  for (let step = 0; step < 4; step++) clock.advance(10_000);
  await Promise.race([left, moveOn(clock)]);
  assertEquals(reachable(), false);
  assertEquals(await Array.fromAsync(world.kv.list({ prefix: ["presence", "dead"] })), []);
});

Deno.test("[T5] a process taken for dead puts its devices on the record again", async () => {
  const clock = new TestClock();
  await using world = await World.open({ clock });
  const hub = await world.hub();
  const device = await world.device();
  const phone = new Page("phone-01").open((c) => hub.connectDevice({ device: device.id }, c));
  await phone.find((f) => f.type === "device" ? f : undefined);
  const other = world.store("other", () => clock.now() + 60_000);
  await other.presence.renewLease();
  assertEquals(await other.presence.sweepLapsed(), 1);
  assertEquals([...await other.presence.reachable()], []);
  const stream = world.kv.watch([["directory"]]).getReader();
  await stream.read();
  clock.advance(10_000);
  await stream.read();
  await stream.cancel();
  const records = await Array.fromAsync(world.kv.list({ prefix: ["presence"] }));
  assertEquals(records.map(({ key }) => key[2]), [device.id]);
});

Deno.test("[A3] a page that floods for long is closed, however slowly it earns new frames", async () => {
  const clock = new TestClock();
  await using world = await World.open({ clock });
  const hub = await world.hub();
  const device = await world.device();
  const phone = new Page("phone-01").open((c) => hub.connectDevice({ device: device.id }, c));
  await phone.find((f) => f.type === "welcome" ? f : undefined);
  for (let id = 1; phone.closedWith === null && id < 5000; id++) {
    clock.advance(2);
    phone.raw({ type: "ping", id });
  }
  assertEquals(phone.closedWith, "flooding");
});

Deno.test("[A3] a page that pauses after each burst is refused now and then, never closed", async () => {
  const clock = new TestClock();
  await using world = await World.open({ clock });
  const hub = await world.hub();
  const device = await world.device();
  const phone = new Page("phone-01").open((c) => hub.connectDevice({ device: device.id }, c));
  await phone.find((f) => f.type === "welcome" ? f : undefined);
  for (let burst = 0; burst < 10; burst++) {
    for (let id = 1; id <= 300; id++) phone.raw({ type: "ping", id });
    clock.advance(5000);
  }
  assertEquals(phone.closedWith, null);
  assert(phone.frames.some((f) => f.type === "rejected" && f.code === "rate_limited"));
});

Deno.test("a hello in another version is answered by that, whatever else it says", async () => {
  await using world = await World.open();
  const hub = await world.hub();
  const who = await world.technician();
  const page = new Page("console-1").open((c) => hub.connectTechnician(who, c));
  page.raw({ type: "hello", version: 2, client: { new: "shape" }, more: true });
  assertEquals(page.closedWith, "version");
});

Deno.test("every page that was welcomed is sent a heartbeat, also among many", async () => {
  const clock = new TestClock();
  await using world = await World.open({ clock });
  const hub = await world.hub();
  const pages: Page[] = [];
  for (let at = 0; at < 30; at++) {
    const device = await world.device(`Till ${at}`);
    const connect = new Page(`phone-0${at}`);
    pages.push(connect.open((c) => hub.connectDevice({ device: device.id }, c)));
  }
  for (const page of pages) await page.find((f) => f.type === "device" ? f : undefined);
  const beats = () =>
    pages.map(({ frames }) => frames.filter(({ type }) => type === "heartbeat").length);
  for (let second = 0; second < 60; second++) clock.advance(1000);
  assertEquals(beats(), pages.map(() => 3));
  pages[0]?.close();
  for (let second = 0; second < 20; second++) clock.advance(1000);
  assertEquals(beats(), pages.map((_, at) => at === 0 ? 3 : 4));
});

Deno.test("a hub that goes answers what it took before it says goodbye", async () => {
  await using world = await World.open();
  const hub = await world.hub();
  const [who, device] = [await world.technician(), await world.device()];
  const console = new Page("console-1").open((c) => hub.connectTechnician(who, c));
  const ack = await console.must({ type: "session.start", device: device.id });
  assert("session" in ack);
  const { session } = ack;
  const answer = console.ask({ type: "text.send", session, n: 1, text: "last words" });
  await Promise.resolve();
  await hub.close();
  assertEquals((await answer).type, "ack");
  assertEquals(console.closedWith, "shutting_down");
  const late = new Page("console-2").open((c) => hub.connectTechnician(who, c));
  assertEquals([late.closedWith, late.frames], ["shutting_down", []]);
});

Deno.test("[S7] what changes nothing is not acknowledged by a process that is behind", async () => {
  await using world = await World.open();
  const deaf = () => () => {};
  const ahead = await world.hub();
  const behind = await world.hub((store) => replaced(store, { sessions: { watch: deaf } }));
  const [who, device] = [await world.technician(), await world.device()];
  const console = new Page("console-1").open((to) => ahead.connectTechnician(who, to));
  const ack = await console.must({ type: "session.start", device: device.id });
  assert("session" in ack);
  const { session } = ack;
  const phones = ["phone-001", "phone-002"].map((name) =>
    new Page(name).open((to) => behind.connectDevice({ device: device.id }, to))
  );
  const [first, second] = phones;
  assert(first !== undefined && second !== undefined);
  await first.until(() => first.view(session) !== undefined);
  await first.must({ type: "session.answer", session, as: "voice" });
  const other = new Page("phone-003").open((to) => ahead.connectDevice({ device: device.id }, to));
  await other.until(() => other.view(session) !== undefined);
  // The process that is behind still believes that the call is the first one's.
  await other.must({ type: "call.join", session });
  await first.must({ type: "call.join", session });
  await console.until(() => {
    const state = console.view(session)?.state;
    return state?.kind === "open" && state.call.kind === "active" &&
      state.call.sides.device.client === "phone-001";
  });
  await console.must({ type: "session.end", session });
  const nothing = { type: "text.cursor", session, received: 0, read: 0 } as const;
  assertEquals(await first.refused(nothing), "session_ended");
  for (const page of [console, other, ...phones]) page.close();
});

Deno.test("[S4] however the clock on the wall is set, it rings for its time and no longer", async () => {
  const HOUR = 60 * 60 * 1000;
  for (const jump of [-HOUR, -5_000, HOUR]) {
    const clock = new TestClock();
    await using world = await World.open({ clock });
    const hub = await world.hub();
    const [who, device] = [await world.technician(), await world.device()];
    const console = new Page("console-1").open((to) => hub.connectTechnician(who, to));
    const ack = await console.must({ type: "session.start", device: device.id });
    assert("session" in ack);
    const { session } = ack;
    const state = () => console.view(session)?.state.kind;
    await console.until(() => state() === "ringing");
    clock.advance(10_000);
    clock.jump(jump);
    clock.advance(49_000);
    for (let turn = 0; turn < 20; turn++) await new Promise((done) => setTimeout(done));
    assertEquals(state(), "ringing", `set by ${jump}`);
    // Set back a little, it rings that much longer.
    for (let left = 7; left > 0; left--) {
      clock.advance(1_000);
      await new Promise((done) => setTimeout(done, 5));
    }
    await console.until(() => state() === "waiting");
    console.close();
  }
});

/** Lets a test clock run on until the event loop has nothing else to do with it. */
async function moveOn(clock: TestClock): Promise<void> {
  for (let turn = 0; turn < 200; turn++) {
    await new Promise((done) => setTimeout(done));
    clock.advance(1);
  }
}
