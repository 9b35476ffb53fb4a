/** The small parts actors are made of. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { Directory, type DirectoryChange } from "../../actors/directory.ts";
import { Mailbox } from "../../actors/mailbox.ts";
import { type DirectoryEntry } from "../../actors/ports.ts";
import { PresenceBook } from "../../actors/presence_book.ts";
import { Reading } from "../../actors/reading.ts";
import { EVERYTHING_ON } from "../../protocol/service.ts";
import { TestClock } from "./stand_ins.ts";
import { gate, quietly } from "./world.ts";

Deno.test("a mailbox hands over everything once, in order, in batches within its limits", async () => {
  await fc.assert(fc.asyncProperty(
    fc.array(fc.array(fc.nat(20), { maxLength: 12 }), { maxLength: 8 }),
    async (turns) => {
      const seen: number[] = [];
      let handling = false;
      const mailbox = new Mailbox<number>(async (items) => {
        assert(!handling, "never two batches at once");
        handling = true;
        const weight = items.reduce((sum, item) => sum + item, 0);
        assert(items.length <= 5 && (items.length === 1 || weight <= 30));
        await Promise.resolve();
        seen.push(...items);
        handling = false;
      }, { maxItems: 5, maxWeight: 30, weigh: (item) => item });
      for (const turn of turns) {
        for (const item of turn) mailbox.post(item);
        await Promise.resolve();
      }
      await mailbox.idle();
      assertEquals(seen, turns.flat());
    },
  ));
});

Deno.test("[T5] presence records what is true in the end, whatever came and went meanwhile", async () => {
  await fc.assert(fc.asyncProperty(
    fc.array(fc.record({ device: fc.constantFrom("a", "b"), comes: fc.boolean() }), {
      maxLength: 30,
    }),
    async (steps) => {
      const recorded = new Map<string, boolean>();
      const book = new PresenceBook({
        async record(changes) {
          await Promise.resolve();
          for (const [device, connected] of changes) recorded.set(device, connected);
        },
      });
      const connected = new Map<string, boolean>();
      for (const { device, comes } of steps) {
        connected.set(device, comes);
        book.note(device, comes);
        await Promise.resolve();
      }
      await book.settled();
      assertEquals(recorded, connected);
    },
  ));
});

Deno.test("[T5] presence that could not be recorded is recorded later, as it is by then", async () => {
  using _ = quietly();
  const recorded: [string, boolean][] = [];
  const failing = gate();
  let tries = 0;
  const book = new PresenceBook({
    async record(changes) {
      await failing.opened;
      if (tries++ === 0) throw new Error("no network");
      recorded.push(...changes);
    },
  });
  book.note("a", true);
  book.note("b", true);
  // By now they are being written; then the store fails.
  await Promise.resolve();
  await Promise.resolve();
  book.note("a", false);
  failing.open();
  await book.settled();
  book.write();
  await book.settled();
  assertEquals(recorded, [["a", false], ["b", true]]);
});

function entry(id: string, reachable: boolean): DirectoryEntry {
  const device = { id, name: id, installedAt: 1, chatService: EVERYTHING_ON, createdAt: 0 };
  return { device, reachable, held: null };
}

Deno.test("the directory tells a new listener everything, then only what changed", async () => {
  const clock = new TestClock();
  let entries = [entry("a", false), entry("b", false), entry("d", false)];
  let ring = () => {};
  const directory = new Directory({
    directory: () => Promise.resolve(entries),
    watchDirectory(rings) {
      ring = rings;
      rings();
      return () => {};
    },
  }, clock);
  const heard: DirectoryChange[] = [];
  const turn = async () => {
    // The reading, then its rest; both are promises and the test clock's alarms.
    for (let i = 0; i < 5; i++) {
      await Promise.resolve();
      clock.advance(0);
    }
  };
  directory.follow((change) => heard.push(change));
  await turn();
  entries = [entry("a", true), entry("c", false), entry("d", false)];
  ring();
  await turn();
  directory.follow((change) => heard.push(change));
  assertEquals(heard.map((c) => [c.complete, [...c.all.keys()], c.changed]), [
    [true, ["a", "b", "d"], []],
    [false, ["a", "c", "d"], ["a", "c", "b"]],
    [true, ["a", "c", "d"], []],
  ]);
  const [d] = heard.map((c) => c.all.get("d"));
  assertEquals(heard.map((c) => c.all.get("d") === d), [true, true, true], "read anew, not kept");
});

Deno.test("a clock on the wall that is set back or forward holds no reading up", async () => {
  using _ = quietly();
  const HOUR = 60 * 60 * 1000;
  const clock = new TestClock();
  let readings = 0;
  const reading = new Reading({
    clock,
    what: "a device",
    read() {
      readings++;
      if (readings === 1) return Promise.reject(new Error("no disk"));
      // The clock is corrected while it is read: that is not how long it took.
      if (readings === 2) clock.jump(HOUR);
      return Promise.resolve();
    },
    rest: (took) => took + 10,
  });
  const turns = async () => {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  };
  reading.ring();
  await turns();
  clock.jump(-HOUR);
  clock.advance(1000);
  await turns();
  assertEquals(readings, 2);
  reading.ring();
  clock.jump(-HOUR);
  clock.advance(10);
  await turns();
  assertEquals(readings, 3);
  reading.close();
});

Deno.test("who waits for a reading that is closed while it rests is told", async () => {
  const reading = new Reading({
    clock: new TestClock(),
    what: "a device",
    read: () => Promise.resolve(),
    rest: () => 1000,
  });
  const waiting = assertRejects(() => reading.now());
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  reading.close();
  await waiting;
});

Deno.test("the directory reads again when the store failed, and no more once nobody looks", async () => {
  using _ = quietly();
  const clock = new TestClock();
  let [readings, watching] = [0, 0];
  const directory = new Directory({
    directory: () => {
      readings++;
      return readings === 1 ? Promise.reject(new Error("no disk")) : Promise.resolve([]);
    },
    watchDirectory(ring) {
      watching++;
      ring();
      return () => void watching--;
    },
  }, clock);
  const heard: DirectoryChange[] = [];
  const stop = directory.follow((change) => heard.push(change));
  const turns = async () => {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  };
  await turns();
  assertEquals([readings, heard.length], [1, 0]);
  clock.advance(1000);
  await turns();
  assertEquals([readings, heard.length, watching], [2, 1, 1]);
  stop();
  stop();
  clock.advance(1000);
  await turns();
  assertEquals([readings, heard.length, watching], [2, 1, 0]);
});
