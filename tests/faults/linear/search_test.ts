/** The search finds what it is there for: on a register, where everybody can see what is right. */
import { assertEquals } from "@std/assert";
import { type Model, search, type Span } from "./search.ts";

type Call = Span & { readonly writes: number } | Span & { readonly reads: number | null };

const REGISTER: Model<number, Call> = {
  start: 0,
  name: String,
  step(state, call) {
    if ("writes" in call) return call.writes;
    return call.reads === null || call.reads === state ? state : null;
  },
};

function verdict(...calls: Call[]): string {
  return search(calls, REGISTER, 10_000).kind;
}

Deno.test("calls that overlap may have happened in any order that fits", () => {
  assertEquals(
    verdict({ from: 0, to: 3, writes: 1 }, { from: 1, to: 2, reads: 0 }),
    "linearizable",
  );
  assertEquals(
    verdict({ from: 0, to: 3, writes: 1 }, { from: 1, to: 2, reads: 1 }),
    "linearizable",
  );
  const calls: Call[] = [
    { from: 0, to: 9, writes: 1 },
    { from: 1, to: 8, writes: 2 },
    { from: 2, to: 3, reads: 2 },
    { from: 4, to: 5, reads: 1 },
  ];
  assertEquals(verdict(...calls), "linearizable");
  // Two wrote once each: it was not 2, then 1, then 2 again.
  assertEquals(verdict(...calls, { from: 6, to: 7, reads: 2 }), "broken");
});

Deno.test("what was answered before another call began happened before it", () => {
  assertEquals(verdict({ from: 0, to: 1, writes: 1 }, { from: 2, to: 3, reads: 0 }), "broken");
  assertEquals(
    verdict({ from: 0, to: 1, writes: 1 }, { from: 2, to: 3, reads: 1 }),
    "linearizable",
  );
  assertEquals(
    verdict(
      { from: 0, to: 9, writes: 1 },
      { from: 1, to: 2, reads: 1 },
      { from: 3, to: 4, reads: 0 },
    ),
    "broken",
  );
});

Deno.test("what nobody knows the outcome of happened, late or never, but not twice", () => {
  const lost: Call = { from: 0, to: Infinity, writes: 1 };
  assertEquals(verdict(lost, { from: 2, to: 3, reads: 0 }), "linearizable");
  assertEquals(verdict(lost, { from: 2, to: 3, reads: 1 }), "linearizable");
  const late: Call[] = [{ from: 2, to: 3, reads: 0 }, { from: 4, to: 5, reads: 1 }];
  assertEquals(verdict(lost, ...late), "linearizable");
  const again: Call[] = [{ from: 6, to: 7, writes: 3 }, { from: 8, to: 9, reads: 1 }];
  assertEquals(verdict(lost, ...late, ...again), "broken");
});

Deno.test("a search that would take too long says so", () => {
  const calls: Call[] = Array.from({ length: 16 }, (_, at) => ({ from: at, to: 99, writes: at }));
  assertEquals(
    search([...calls, { from: 100, to: 101, reads: -1 }], REGISTER, 1000).kind,
    "too_many",
  );
});

Deno.test("what does not fit is told with what came before it", () => {
  const [write, read]: Call[] = [{ from: 0, to: 1, writes: 7 }, { from: 2, to: 3, reads: 8 }];
  if (write === undefined || read === undefined) throw new Error("two calls");
  const found = search([write, read], REGISTER, 100);
  assertEquals(found, { kind: "broken", order: [write], state: 7, stuck: [read] });
});
