/** Rules of overload: what is refused under which load, who may do how much, what slow pages are sent. */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { Backlog } from "../../actors/backlog.ts";
import { Crowd, MAX_PAGES } from "../../actors/crowd.ts";
import {
  admits,
  type Load,
  LoadMeter,
  loadOf,
  SAMPLE_MS,
  standingDelay,
} from "../../actors/load.ts";
import { divertLog } from "../../log/log.ts";
import { AtMost, Quota } from "../../store/at_most.ts";
import { Page } from "./page.ts";
import { TestClock } from "./stand_ins.ts";
import { gate, replaced, World } from "./world.ts";

const LOADS: readonly Load[] = ["calm", "strained", "overloaded"];

Deno.test("the dearest is refused first, texts later, and what ends or answers never", () => {
  const taken = (type: Parameters<typeof admits>[1]) => LOADS.map((load) => admits(load, type));
  for (const type of ["session.start", "call.start", "notification.send", "equipment.ticket"]) {
    assertEquals(taken(type as "session.start"), [true, false, false], type);
  }
  assertEquals(taken("text.send"), [true, true, false]);
  for (const type of ["session.end", "session.answer", "call.hangup", "text.cursor"] as const) {
    assertEquals(taken(type), [true, true, true], type);
  }
});

Deno.test("load is a delay that stands: no single pause, however long, is one", () => {
  fc.assert(fc.property(fc.array(fc.nat(5_000), { maxLength: 40 }), (samples) => {
    const load = loadOf(standingDelay(samples));
    const newest = samples.slice(-10);
    // A calm moment within the last two seconds, and nothing stands.
    return newest.length === 10 && newest.every((delay) => delay >= 500)
      ? load !== "calm"
      : load === "calm";
  }));
});

Deno.test("the meter hears of commits that wait and of timers that are late", () => {
  const clock = new TestClock();
  const logged: string[] = [];
  using _ = divertLog(({ event }) => logged.push(event));
  let waits = 0;
  const meter = new LoadMeter(clock, () => waits);
  const look = (times: number, took: number) => {
    for (let n = 0; n < times; n++) clock.advance(took);
    return meter.load;
  };
  assertEquals(look(20, SAMPLE_MS), "calm");
  waits = 600;
  assertEquals([look(9, SAMPLE_MS), look(1, SAMPLE_MS)], ["calm", "strained"]);
  assertEquals(meter.loop, "calm", "pages that come back only read");
  waits = 0;
  assertEquals(look(1, SAMPLE_MS), "calm", "it is over at once");
  assertEquals(look(1, 60_000), "calm", "the process was stopped once");
  assertEquals(look(10, SAMPLE_MS + 2_500), "overloaded");
  assertEquals(meter.loop, "overloaded");
  meter.close();
  assertEquals(logged, ["overload_began", "overload_over", "overload_began"]);
});

Deno.test("all pages of a person share an allowance, and coming back earns nothing", () => {
  const clock = new TestClock();
  const crowd = new Crowd(clock);
  const sent = (who: string) => {
    let count = 0;
    while (crowd.of(who).maySend()) count++;
    return count;
  };
  const leave = crowd.enter("device a", { close() {} });
  assertEquals(sent("device a"), 600);
  leave();
  crowd.enter("device a", { close() {} });
  assertEquals([sent("device a"), sent("device b")], [0, 600]);
  clock.advance(1000);
  assertEquals(sent("device a"), 150);
  let hellos = 0;
  while (crowd.of("device a").mayGreet()) hellos++;
  assertEquals(hellos, 60);
});

Deno.test("of too many pages of one person the oldest goes, of that person alone", () => {
  const crowd = new Crowd(new TestClock());
  const closed: string[] = [];
  const leaves = Array.from(
    { length: MAX_PAGES },
    (_, n) => crowd.enter("device a", { close: (reason) => closed.push(`${n} ${reason}`) }),
  );
  crowd.enter("device b", { close: () => closed.push("other") });
  assertEquals(closed, []);
  crowd.enter("device a", { close: () => closed.push("newest") });
  assertEquals(closed, ["0 replaced"]);
  leaves[0]?.();
  leaves[1]?.();
  crowd.enter("device a", { close: () => closed.push("newest") });
  assertEquals(closed, ["0 replaced"]);
});

Deno.test("who waits for a slow network is told when it takes more; who takes nothing has to come back", () => {
  const clock = new TestClock();
  const told: string[] = [];
  const connection = { buffered: 0, send() {}, close() {} };
  const backlog = new Backlog(connection, clock, () => told.push("stuck"));
  assert(!backlog.congested);
  connection.buffered = 300_000;
  assert(backlog.congested);
  backlog.whenClear(() => told.push("clear"));
  for (; connection.buffered > 100_000; connection.buffered -= 1_000) clock.advance(29_000);
  assertEquals(told, [], "slowly, but it moves");
  connection.buffered = 1_000;
  assert(backlog.congested, "who waits is told first");
  clock.advance(100);
  assertEquals([told, backlog.congested], [["clear"], false]);
  connection.buffered = 300_000;
  backlog.whenClear(() => told.push("never"));
  for (let n = 0; n < 302; n++) clock.advance(100);
  assertEquals(told, ["clear", "stuck"]);
});

Deno.test("[C2] [A3] a page that reads nothing is sent no more; once it reads, all it missed, once", async () => {
  const clock = new TestClock();
  await using world = await World.open({ clock });
  const hub = await world.hub();
  const [device, ann] = [await world.device(), await world.technician()];
  const console = new Page("console-1").open((c) => hub.connectTechnician(ann, c));
  const phone = new Page("phone-one").open((c) => hub.connectDevice({ device: device.id }, c));
  const started = await console.must({ type: "session.start", device: device.id });
  assert("session" in started);
  const { session } = started;
  await phone.find((m) => m.type === "session" ? m : undefined);
  const say = (n: number) => console.must({ type: "text.send", session, n, text: `text ${n}` });
  await say(1);
  await phone.until(() => phone.messages(session).length === 1);
  phone.buffered = 1_000_000;
  const before = phone.frames.length;
  for (let n = 2; n <= 180; n++) await say(n);
  assertEquals(phone.frames.length, before, "nothing was added to what waits");
  assertEquals(console.messages(session).length, 180, "and nobody else waits");
  phone.buffered = 0;
  clock.advance(100);
  await phone.until(() => phone.messages(session).length >= 180);
  assertEquals(
    phone.messages(session).map(({ seq }) => seq),
    Array.from({ length: 180 }, (_, n) => n + 1),
  );
  assert(phone.frames.length - before < 10, "in few frames");
  await say(181);
  await phone.until(() => phone.messages(session).length === 181);
});

Deno.test("[A3] a page has a hundred commands under way; more are refused with busy and change nothing", async () => {
  const slow = gate();
  await using world = await World.open();
  const hub = await world.hub((store) => ({
    ...store,
    watchSent: () => () => {},
    device: async (id) => {
      await slow.opened;
      return await store.device(id);
    },
  }));
  const ann = await world.technician();
  const page = new Page("console-1").open((c) => hub.connectTechnician(ann, c));
  await page.find((m) => m.type === "welcome" ? m : undefined);
  const answers = Array.from(
    { length: 120 },
    (_, n) => page.refused({ type: "session.start", device: `nobody-${n}` }),
  );
  slow.open();
  const codes = await Promise.all(answers);
  assertEquals(codes.filter((code) => code === "busy").length, 20);
});

Deno.test("[A3] under load starts are refused before texts, ends never; refused texts are sent later", async () => {
  await using world = await World.open();
  const hub = await world.hub();
  const [device, other, ann] = [
    await world.device(),
    await world.device("Till 5"),
    await world.technician(),
  ];
  const page = new Page("console-1").open((c) => hub.connectTechnician(ann, c));
  const started = await page.must({ type: "session.start", device: device.id });
  assert("session" in started);
  const { session } = started;
  const text = { type: "text.send", session, n: 1, text: "Hello?" } as const;
  world.load = "strained";
  assertEquals(await page.refused({ type: "session.start", device: other.id }), "busy");
  await page.must(text);
  world.load = "overloaded";
  assertEquals(await page.refused({ ...text, n: 2 }), "busy");
  world.load = "calm";
  await page.must({ ...text, n: 2 });
  assertEquals(page.messages(session).map(({ n }) => n), [1, 2]);
  world.load = "overloaded";
  await page.must({ type: "session.end", session });
});

Deno.test("[A3] old messages that are sent again and again hold up nobody, and an end is always taken", async () => {
  const searched = gate();
  let searches = 0;
  const clock = new TestClock();
  await using world = await World.open({ clock });
  const hub = await world.hub((store) =>
    replaced(store, {
      sessions: {
        seqOf: async (...asked) => {
          searches++;
          await searched.opened;
          return await store.sessions.seqOf(...asked);
        },
      },
    })
  );
  const [device, ann] = [await world.device(), await world.technician()];
  const console = new Page("console-1").open((c) => hub.connectTechnician(ann, c));
  const phone = new Page("phone-one").open((c) => hub.connectDevice({ device: device.id }, c));
  const started = await console.must({ type: "session.start", device: device.id });
  assert("session" in started);
  const { session } = started;
  await phone.until(() => phone.view(session) !== undefined);
  await phone.must({ type: "session.answer", session, as: "text" });
  const send = (n: number) => ({ type: "text.send", session, n, text: `no. ${n}` }) as const;
  for (const n of [1, 2]) await phone.must(send(n));
  const resent = Array.from({ length: 60 }, () => phone.ask(send(1)));
  const refused = await phone.find((m) => m.type === "rejected" ? m : undefined);
  assertEquals(refused.code, "rate_limited");
  assert(searches <= 20, `the log was searched ${searches} times`);
  await console.must({ ...send(1), text: "still here" });
  searched.open();
  const answers = await Promise.all(resent);
  const acks = answers.flatMap((m) => m.type === "ack" ? [m] : []);
  assertEquals(acks.map((ack) => "seq" in ack && ack.seq), Array(searches).fill(1));
  await console.must({ type: "session.end", session });
});

Deno.test("what cannot wait is refused, of one who has much sooner than of others", async () => {
  const quota = new Quota(5, 2);
  const [first] = [quota.enter("a"), quota.enter("a")];
  assertEquals(quota.enter("a"), null);
  for (const who of ["b", "c", "d"]) assert(quota.enter(who) !== null);
  assertEquals(quota.enter("e"), null);
  first?.();
  assert(quota.enter("e") !== null);

  const atMost = new AtMost(1, 2);
  const { opened, open } = gate();
  const tries = Array.from({ length: 4 }, (_, n) => atMost.tryRun(() => opened.then(() => n)));
  assertEquals(await tries[3], null);
  open();
  assertEquals(await Promise.all(tries.slice(0, 3)), [{ done: 0 }, { done: 1 }, { done: 2 }]);
});
