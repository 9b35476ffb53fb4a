/** When a page looks for new paths to its media node: measured silence, and what the browser says. */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  type PathWatch,
  SILENCE_MS,
  type Traffic,
  UNWATCHED,
  watchPath,
} from "../../client/call/path_watch.ts";

/** A path that is measured every second; what a test says happens, happens in between. */
class Clock {
  at = 10_000;
  watch: PathWatch = UNWATCHED;
  traffic: Traffic = { checks: 0, packetsOut: 0, heard: 0, media: 0 };
  readonly restarts: number[] = [];
  readonly renewals: number[] = [];

  /** A second passes in which so much was sent and heard. */
  second(change: Partial<Traffic> = {}, seconds = 1): void {
    this.at += seconds * 1000;
    this.traffic = {
      checks: this.traffic.checks + (change.checks ?? 0),
      packetsOut: this.traffic.packetsOut + (change.packetsOut ?? 0),
      heard: this.traffic.heard + (change.heard ?? 0),
      media: this.traffic.media + (change.media ?? 0),
    };
    this.#take(watchPath(this.watch, { kind: "traffic", at: this.at, traffic: this.traffic }));
  }

  event(kind: "disconnected" | "network" | "doubted" | "agreed"): void {
    this.#take(watchPath(this.watch, { kind, at: this.at }));
  }

  #take({ watch, verdict }: ReturnType<typeof watchPath>): void {
    this.watch = watch;
    if (verdict === "restart") this.restarts.push(this.at);
    if (verdict === "renew") this.renewals.push(this.at);
  }
}

/** Voice in both directions, and what is said about it. */
const TALK = { packetsOut: 50, heard: 5_000, media: 5_000 };

Deno.test("a call in which nobody speaks is no broken path", () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 40 });
  fc.assert(fc.property(gaps, fc.boolean(), (gaps, late) => {
    const clock = new Clock();
    clock.second({ heard: 1 });
    for (const gap of gaps) {
      for (let n = 0; n < gap; n++) clock.second();
      // Answered in the same second, or just after it was measured.
      clock.second(late ? { checks: 1 } : { checks: 1, heard: 100 });
      if (late) clock.second({ heard: 100 });
    }
    assertEquals(clock.restarts, []);
  }));
});

Deno.test("two seconds of silence while voice or picture is sent: new paths are looked for", () => {
  const clock = new Clock();
  clock.second({ packetsOut: 50, heard: 5_000 });
  const last = clock.at;
  for (let n = 0; n < 3; n++) clock.second({ packetsOut: 50 });
  assertEquals(clock.restarts, [last + 2_000]);
});

Deno.test("a check that is not answered for two seconds is enough", () => {
  const clock = new Clock();
  clock.second({ checks: 1, heard: 100 });
  clock.second();
  clock.second({ checks: 1 });
  const asked = clock.at;
  clock.second();
  assertEquals(clock.restarts, []);
  clock.second();
  assertEquals(clock.restarts, [asked + 2_000]);
});

Deno.test("while silence lasts, restarts come ever more slowly; one packet ends it", () => {
  const clock = new Clock();
  clock.second({ heard: 1 });
  for (let n = 0; n < 60; n++) clock.second({ packetsOut: 50, checks: 2 });
  const gaps = clock.restarts.slice(1).map((at, n) => at - (clock.restarts[n] ?? 0));
  assertEquals(gaps, [4_000, 8_000, 16_000, 16_000]);
  clock.second({ heard: 1 });
  const before = clock.restarts.length;
  for (let n = 0; n < 10; n++) clock.second({ packetsOut: 50, heard: 100 });
  assertEquals(clock.restarts.length, before);
  assertEquals(clock.watch.attempts, 0);
});

Deno.test("counters of paths that are gone say nothing, neither silence nor its end", () => {
  const clock = new Clock();
  clock.second({ heard: 90_000, packetsOut: 50 });
  clock.second({ heard: -80_000, packetsOut: 50 });
  clock.second({ heard: 100, packetsOut: 50 });
  for (let n = 0; n < 5; n++) clock.second({ heard: 100, packetsOut: 50 });
  assertEquals(clock.restarts, []);
});

Deno.test("the browser's verdict, another network and a page that slept need no silence", () => {
  for (const kind of ["disconnected", "network"] as const) {
    const clock = new Clock();
    clock.second({ heard: 1 });
    clock.event(kind);
    clock.event(kind);
    assertEquals(clock.restarts, [clock.at], kind);
  }
  const slept = new Clock();
  slept.second({ heard: 1 });
  slept.second({ heard: 1 }, 3_600);
  assertEquals(slept.restarts, [slept.at]);
});

Deno.test("another network is looked at even while an earlier restart is under way", () => {
  const clock = new Clock();
  clock.second({ heard: 1 });
  clock.event("disconnected");
  clock.second();
  clock.event("disconnected");
  assertEquals(clock.restarts.length, 1);
  clock.event("network");
  assertEquals(clock.restarts.length, 2);
});

Deno.test("a restart that the node agrees to and that brings nothing back: start all over", () => {
  const clock = new Clock();
  for (let n = 0; n < 5; n++) clock.second(TALK);
  while (clock.restarts.length === 0) clock.second({ packetsOut: 50 });
  clock.event("agreed");
  // Checks are answered on another path, which the browser does not take yet.
  clock.second({ packetsOut: 50, checks: 3, heard: 3 }, 0.9);
  assertEquals(clock.renewals, []);
  clock.second({ packetsOut: 50, checks: 3, heard: 3 }, 0.1);
  assertEquals(clock.renewals, [clock.at]);
});

Deno.test("a restart that brings media back, of a path without any, or that the node does not hear of: no starting over", () => {
  const back = new Clock();
  for (let n = 0; n < 5; n++) back.second(TALK);
  back.event("network");
  back.event("agreed");
  for (let n = 0; n < 5; n++) back.second(TALK);
  const quiet = new Clock();
  for (let n = 0; n < 5; n++) quiet.second({ checks: 1, heard: 100 });
  quiet.second({ ...TALK }); // A report, as there is one every few seconds.
  quiet.event("network");
  quiet.event("agreed");
  for (let n = 0; n < 5; n++) quiet.second({ checks: 1, heard: 100 });
  const dark = new Clock();
  for (let n = 0; n < 5; n++) dark.second(TALK);
  for (let n = 0; n < 60; n++) dark.second({ packetsOut: 50 });
  assertEquals([back, quiet, dark].map(({ renewals }) => renewals.length), [0, 0, 0]);
});

Deno.test("the other path of the same network is silent: so is this one, unless it was heard", () => {
  const silent = new Clock();
  silent.second(TALK);
  silent.second(TALK);
  silent.at += SILENCE_MS;
  silent.event("doubted");
  assertEquals(silent.restarts, [silent.at]);
  const heard = new Clock();
  heard.second(TALK);
  heard.second(TALK);
  heard.event("doubted");
  assertEquals(heard.restarts, []);
});

Deno.test("whatever happens, no two restarts within a second", () => {
  const step = fc.record({
    what: fc.constantFrom("traffic", "disconnected", "network"),
    heard: fc.integer({ min: -50, max: 50 }),
    packetsOut: fc.integer({ min: 0, max: 60 }),
    checks: fc.integer({ min: 0, max: 3 }),
  });
  fc.assert(fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
    const clock = new Clock();
    for (const { what, ...change } of steps) {
      if (what === "disconnected" || what === "network") clock.event(what);
      else clock.second(change, 0.3);
    }
    for (const [n, at] of clock.restarts.entries()) {
      assert(n === 0 || at - (clock.restarts[n - 1] ?? 0) >= 1_000);
    }
  }));
});
