/** Fairness between sessions: who is committed when. */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { type CommitLimits, CommitQueue, type Queued } from "../../store/commit_queue.ts";

const LIMITS: CommitLimits = { steps: 10, writes: 900, weight: 1000 };

/** A step of a session; its number says in which order they came. */
interface Step extends Queued {
  readonly n: number;
}

function step(head: string, n = 0, size: Partial<Queued> = {}): Step {
  return { head, n, writes: 2, weight: 10, since: n, ...size };
}

/** All groups, in their order. */
function drain(queue: CommitQueue<Step>): Step[][] {
  const groups: Step[][] = [];
  while (!queue.empty) groups.push(queue.take());
  return groups;
}

Deno.test("whatever one session piles up, every other one is in one of the next commits", () => {
  const queue = new CommitQueue<Step>(LIMITS);
  for (let n = 0; n < 1000; n++) queue.add(step("abusive", n));
  for (let n = 0; n < 99; n++) queue.add(step(`quiet ${n}`));
  const groups = drain(queue);
  const last = groups.findLastIndex((group) => group.some(({ head }) => head !== "abusive"));
  assert(last < 11, `the last quiet session was in commit ${last + 1}`);
  assertEquals(groups.flat().length, 1099);
});

const arrivals = fc.array(
  fc.record({
    head: fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m"),
    // Some fill a commit by themselves, some are even too large to share one.
    weight: fc.oneof(fc.constant(10), fc.integer({ min: 1, max: 1500 })),
    writes: fc.integer({ min: 1, max: 950 }),
  }),
  { maxLength: 200 },
);

Deno.test("[C1] every step is taken once, a session's in their order, one of each in a commit", () => {
  fc.assert(fc.property(arrivals, (all) => {
    const queue = new CommitQueue<Step>(LIMITS);
    for (const [n, { head, ...size }] of all.entries()) queue.add(step(head, n, size));
    const groups = drain(queue);
    for (const group of groups) {
      assertEquals(new Set(group.map(({ head }) => head)).size, group.length);
      const fits = group.length <= LIMITS.steps &&
        group.reduce((sum, one) => sum + one.weight, 0) <= LIMITS.weight &&
        group.reduce((sum, one) => sum + one.writes, 0) <= LIMITS.writes;
      assert(group.length === 1 || fits);
    }
    const taken = groups.flat();
    for (const head of new Set(all.map((one) => one.head))) {
      const own = taken.filter((one) => one.head === head).map(({ n }) => n);
      assertEquals(own, all.flatMap((one, n) => one.head === head ? [n] : []));
    }
  }));
});

Deno.test("a session that has one step waits for at most one commit per session before it", () => {
  fc.assert(fc.property(arrivals, fc.integer({ min: 1, max: 1500 }), (all, weight) => {
    const queue = new CommitQueue<Step>(LIMITS);
    for (const [n, { head, ...size }] of all.entries()) queue.add(step(head, n, size));
    queue.add(step("mine", all.length, { weight }));
    const waited = drain(queue).findIndex((group) => group.some(({ head }) => head === "mine"));
    const others = new Set(all.map(({ head }) => head)).size;
    assert(waited <= others, `${waited} commits before mine, ${others} other sessions`);
  }));
});

Deno.test("the oldest step is known, whoever's turn it is", () => {
  const queue = new CommitQueue<Step>(LIMITS);
  assertEquals(queue.oldest, null);
  for (const [n, head] of ["a", "a", "b"].entries()) queue.add(step(head, n));
  assertEquals(queue.oldest, 0);
  queue.take();
  assertEquals([queue.oldest, queue.empty], [1, false]);
  queue.take();
  assertEquals([queue.oldest, queue.empty], [null, true]);
});
