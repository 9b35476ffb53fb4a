/** Pages that come, go and say hello again at awkward moments; processes that go, stores that fail. */
import { assert, assertEquals } from "@std/assert";
import { divertLog } from "../../log/log.ts";
import { Follower } from "../../actors/follower.ts";
import type { PageOut } from "../../actors/page_ports.ts";
import { type HubStore } from "../../actors/ports.ts";
import { SessionHost } from "../../actors/session_host.ts";
import type { ServerMessage } from "../../protocol/messages.ts";
import { EVERYTHING_ON } from "../../protocol/service.ts";
import { MAX_MESSAGES_A_COMMIT, MAX_TEXT_A_COMMIT } from "../../store/sessions.ts";
import { StoreFailed } from "../../store/store_failed.ts";
import { until } from "../support/waiting.ts";
import { gate, overlay, Page, quietly, replaced, TestClock, World } from "./world.ts";

const COMMIT_LIMITS = { maxMessages: MAX_MESSAGES_A_COMMIT, maxText: MAX_TEXT_A_COMMIT };

/** The sessions of one process, without the pages: what followers work with. */
function openHost(world: World, store: Pick<HubStore, "sessions" | "device">) {
  const { media, clock } = world;
  const ports = { store, media, clock, ringFor: 60_000, commitLimits: COMMIT_LIMITS, moved() {} };
  const host = new SessionHost(ports, () => EVERYTHING_ON);
  const services = {
    registry: host.registry,
    attachments: { seal: () => Promise.resolve(null) },
    media,
    clock,
    build: () => world.build,
    available: () => EVERYTHING_ON,
    ended: () => Promise.resolve(null),
  };
  const follower = (out: PageOut, client: string) =>
    new Follower(services, out, "technician", client);
  return { host, follower };
}

/** A page's way out that keeps what it is sent. */
class Kept implements PageOut {
  readonly congested = false;
  readonly sent: ServerMessage[] = [];
  closedWith: string | null = null;

  send(message: ServerMessage) {
    this.sent.push(message);
  }
  close(reason: string) {
    this.closedWith = reason;
  }
  /** The numbers of all messages, in the order in which they came. */
  get seqs(): number[] {
    return this.sent.flatMap((f) => f.type === "session" ? f.messages.map(({ seq }) => seq) : []);
  }
  whenClear() {}
}

async function begin(world: World, host: SessionHost): Promise<string> {
  const { technician } = await world.technician();
  const device = await world.device();
  const started = await host.begin({ technician, device: device.id, client: "console-1" });
  assert("session" in started);
  return started.session;
}

/** `store` with a count of the watches that are open; `emptied` resolves when none is. */
function counted(
  store: HubStore,
): { store: HubStore; open(): string[]; emptied(): Promise<void> } {
  const open = new Set<{ what: string }>();
  let look = () => {};
  const count = <A extends unknown[]>(what: string, watch: (...args: A) => () => void) =>
  (
    ...args: A
  ) => {
    const one = { what };
    open.add(one);
    const stop = watch(...args);
    return () => {
      open.delete(one);
      stop();
      look();
    };
  };
  return {
    store: replaced(store, {
      watchDevice: count("device", (id, ring) => store.watchDevice(id, ring)),
      watchDirectory: count("directory", (ring) => store.watchDirectory(ring)),
      watchSignIn: count("sign-in", (...args) => store.watchSignIn(...args)),
      sessions: { watch: count("session", (id, ring) => store.sessions.watch(id, ring)) },
    }),
    open: () => [...open].map(({ what }) => what).sort(),
    emptied: () =>
      new Promise((done) => {
        look = () => open.size === 0 && done();
        look();
      }),
  };
}

Deno.test("[S8] after the end nothing of a session is left in the process's memory", async () => {
  await using world = await World.open();
  const { host, follower } = openHost(world, world.store("p"));
  const session = await begin(world, host);
  const page = follower(new Kept(), "console-1");
  await page.follow(session, 0);
  assertEquals(host.registry.running().length, 1);
  await page.request({ type: "session.end", id: 1, session });
  assertEquals(host.registry.running(), []);
  page.leave();
});

Deno.test("[C2] who comes just as the last other page goes is not left behind, whatever the moment", async () => {
  await using world = await World.open();
  const { host, follower } = openHost(world, world.store("p"));
  const session = await begin(world, host);
  let sent = 0;
  for (const leavesFirst of [true, false]) {
    for (let moment = 0; moment < 20; moment++) {
      const goes = follower(new Kept(), "console-1");
      await goes.follow(session, 0);
      await host.registry.running()[0]?.idle();
      const out = new Kept();
      const comes = follower(out, `console-${sent + 2}`);
      const leave = () => goes.leave();
      let following = Promise.resolve();
      const follow = () => {
        following = comes.follow(session, 0);
      };
      const [first, second] = leavesFirst ? [leave, follow] : [follow, leave];
      first();
      for (let turn = 0; turn < moment; turn++) await Promise.resolve();
      second();
      await following;
      const send = { type: "text.send" as const, id: 1, session, n: 1, text: "here?" };
      assertEquals(await comes.request(send), { seq: ++sent }, `after ${moment} turns`);
      assertEquals(out.seqs, Array.from({ length: sent }, (_, i) => i + 1));
      comes.leave();
      await host.registry.running()[0]?.idle();
    }
  }
  await host.registry.close();
});

Deno.test("[S7] who follows a session that is over meanwhile is told so", async () => {
  await using world = await World.open();
  const { follower } = openHost(world, world.store("p"));
  const out = new Kept();
  await follower(out, "console-1").follow("no-such-session", 0);
  assertEquals(out.sent, [{
    type: "ended",
    session: "no-such-session",
    reason: "ended",
    by: null,
  }]);
});

Deno.test("a process that goes takes up no session any more, and says nothing of it", async () => {
  await using world = await World.open();
  const { host, follower } = openHost(world, world.store("p"));
  const session = await begin(world, host);
  await host.registry.close();
  const out = new Kept();
  await follower(out, "console-1").follow(session, 0);
  assertEquals([out.sent, out.closedWith], [[], "unavailable"]);
});

Deno.test("[C2] an actor is not replaced while it commits: no step is lost between two", async () => {
  await using world = await World.open();
  const store = world.store("p");
  const disk = gate();
  const sessions = overlay<HubStore["sessions"]>(store.sessions, {
    commit: async (...step) => {
      await disk.opened;
      return await store.sessions.commit(...step);
    },
  });
  const { host, follower } = openHost(world, { ...store, sessions });
  const session = await begin(world, host);
  const send = (client: string) => ({
    type: "text.send" as const,
    id: 1,
    session,
    n: 1,
    text: client,
  });
  const goes = follower(new Kept(), "console-1");
  await goes.follow(session, 0);
  const actor = await host.registry.get(session);
  const first = goes.request(send("console-1"));
  await Promise.resolve();
  goes.leave();
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  assertEquals(await host.registry.get(session), actor);
  const comes = follower(new Kept(), "console-2");
  const following = comes.follow(session, 0);
  const second = comes.request(send("console-2"));
  disk.open();
  await following;
  assertEquals([await first, await second], [{ seq: 1 }, { seq: 2 }]);
  assertEquals((await store.sessions.messages(session, 0, 9, 9)).length, 2);
  comes.leave();
  await host.registry.close();
});

Deno.test("[A3] an actor that cannot start leaves no watch behind, and starts the next time", async () => {
  using _ = quietly();
  await using world = await World.open();
  let broken = false;
  const { store, open } = counted(world.store("p"));
  const device = (id: string) =>
    broken ? Promise.reject(new Error("no network")) : store.device(id);
  const { host, follower } = openHost(world, { ...store, device });
  const session = await begin(world, host);
  broken = true;
  const out = new Kept();
  await follower(out, "console-1").follow(session, 0);
  assertEquals([out.closedWith, open()], ["unavailable", []]);
  broken = false;
  const page = follower(new Kept(), "console-1");
  await page.follow(session, 0);
  assertEquals(open(), ["session"]);
  page.leave();
  await host.registry.close();
  assertEquals(open(), []);
});

Deno.test("[M1] what was switched off while nobody looked holds when somebody looks again", async () => {
  await using world = await World.open();
  const hub = await world.hub();
  const [who, device] = [await world.technician(), await world.device()];
  const console = new Page("console-1").open((c) => hub.connectTechnician(who, c));
  const phone = new Page("phone-01").open((c) => hub.connectDevice({ device: device.id }, c));
  const ack = await console.must({ type: "session.start", device: device.id });
  assert("session" in ack);
  const { session } = ack;
  await phone.until(() => phone.view(session) !== undefined);
  await phone.must({ type: "session.answer", session, as: "video" });
  await hub.close();
  await world.policy.setChatService({ ...EVERYTHING_ON, voice: false, video: false });
  const second = await world.hub();
  const back = new Page("phone-01").open((c) => second.connectDevice({ device: device.id }, c));
  await back.until(() => {
    const state = back.view(session)?.state;
    return state?.kind === "open" && state.call.kind === "none" &&
      state.call.last === "switched_off";
  });
});

Deno.test("[M1] a session whose store failed just then is kept to the switches a moment later", async () => {
  using _ = quietly();
  const clock = new TestClock();
  await using world = await World.open({ clock });
  const fails = { times: 0 };
  const hub = await world.hub((store) =>
    replaced(store, {
      sessions: {
        commit: (...step) =>
          fails.times-- > 0 ? Promise.reject(new StoreFailed()) : store.sessions.commit(...step),
      },
    })
  );
  const [who, device] = [await world.technician(), await world.device()];
  const console = new Page("console-1").open((c) => hub.connectTechnician(who, c));
  const phone = new Page("phone-01").open((c) => hub.connectDevice({ device: device.id }, c));
  const ack = await console.must({ type: "session.start", device: device.id });
  assert("session" in ack);
  const { session } = ack;
  await phone.until(() => phone.view(session) !== undefined);
  await phone.must({ type: "session.answer", session, as: "video" });
  fails.times = 3;
  await world.policy.setChatService({ ...EVERYTHING_ON, voice: false, video: false });
  const over = () => {
    const state = phone.view(session)?.state;
    return state?.kind === "open" && state.call.kind === "none";
  };
  await until("it was tried", () => fails.times, (left) => left < 3);
  assert(!over());
  await until("it is tried until it is taken", () => {
    clock.advance(1_000);
    return over();
  }, (now) => now);
});

Deno.test("[M1] a console that is still waiting for its list is not told that there are no devices", async () => {
  const slow = gate();
  await using world = await World.open();
  const hub = await world.hub((store) => ({
    ...store,
    directory: async () => {
      await slow.opened;
      return await store.directory();
    },
  }));
  const [who, device] = [await world.technician(), await world.device()];
  const phone = new Page("phone-01").open((c) => hub.connectDevice({ device: device.id }, c));
  const console = new Page("console-1").open((c) => hub.connectTechnician(who, c));
  await console.find((m) => m.type === "welcome" ? m : undefined);
  await world.policy.setChatService({ ...EVERYTHING_ON, video: false });
  await phone.find((m) => m.type === "device" && !m.available.video ? m : undefined);
  slow.open();
  const first = await console.find((m) => m.type === "devices" ? m : undefined);
  assertEquals(first.devices.map(({ id, available }) => [id, available.video]), [
    [device.id, false],
  ]);
});

Deno.test("[A3] what a store that fails keeps from being done is answered with busy, and is no fault of the program", async () => {
  const events: string[] = [];
  using _ = divertLog(({ event }) => events.push(event));
  await using world = await World.open();
  let fails = false;
  const hub = await world.hub((store) => ({
    ...store,
    device: (id) => fails ? Promise.reject(new StoreFailed()) : store.device(id),
  }));
  const [who, device] = [await world.technician(), await world.device()];
  const console = new Page("console-1").open((c) => hub.connectTechnician(who, c));
  await console.find((m) => m.type === "devices" ? m : undefined);
  fails = true;
  assertEquals(await console.refused({ type: "session.start", device: device.id }), "busy");
  assertEquals(events, []);
});

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

Deno.test("[S5] a store that fails at the hello sends the device's page back, never away for good", async () => {
  using _ = quietly();
  await using world = await World.open();
  let broken = true;
  const hub = await world.hub((store) =>
    replaced(store, {
      device: (id) => broken ? Promise.reject(new Error("no network")) : store.device(id),
    })
  );
  const device = await world.device();
  const open = () => new Page("phone-01").open((c) => hub.connectDevice({ device: device.id }, c));
  const first = open();
  await first.until(() => first.closedWith !== null);
  assertEquals(first.closedWith, "unavailable");
  broken = false;
  await open().find((f) => f.type === "welcome" ? f : undefined);
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

Deno.test("[S3] a device whose change could not be read rings a moment later", async () => {
  using log = quietly();
  const clock = new TestClock();
  await using world = await World.open({ clock });
  let broken = false;
  const hub = await world.hub((store) =>
    replaced(store, {
      sessions: {
        ofDevice: (id) =>
          broken ? Promise.reject(new Error("no network")) : store.sessions.ofDevice(id),
      },
    })
  );
  const device = await world.device();
  const phone = new Page("phone-01").open((c) => hub.connectDevice({ device: device.id }, c));
  await phone.find((f) => f.type === "device" ? f : undefined);
  broken = true;
  const failed = log.hearsUnread("a device");
  const elsewhere = await world.hub();
  const who = await world.technician();
  const console = new Page("console-1").open((c) => elsewhere.connectTechnician(who, c));
  const ack = await console.must({ type: "session.start", device: device.id });
  await failed;
  broken = false;
  clock.advance(1000);
  assert("session" in ack);
  await phone.until(() => phone.view(ack.session)?.state.kind === "ringing");
});

Deno.test("[M1] switches that could not be read hold a moment later; the process lives on", async () => {
  using log = quietly();
  const clock = new TestClock();
  await using world = await World.open({ clock });
  let broken = false;
  const failed = log.hearsUnread("the chat service's switches");
  const hub = await world.hub((store) =>
    replaced(store, {
      chatService: () => broken ? Promise.reject(new Error("no network")) : store.chatService(),
    })
  );
  const device = await world.device();
  const phone = new Page("phone-01").open((c) => hub.connectDevice({ device: device.id }, c));
  await phone.find((f) => f.type === "device" ? f : undefined);
  broken = true;
  await world.policy.setChatService({ ...EVERYTHING_ON, service: false });
  await failed;
  broken = false;
  clock.advance(1000);
  await phone.find((f) => f.type === "device" && f.status === "Disabled" ? f : undefined);
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
