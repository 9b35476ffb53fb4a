/** Which media node takes a call. */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { burden, chooseNode, isLive, isNewer, type NodeLease } from "../../protocol/media_node.ts";

const NOW = 1_000_000;

function lease(id: string, wish: Partial<NodeLease> = {}): NodeLease {
  return {
    id,
    url: `https://${id}.example.org`,
    location: null,
    state: "ready",
    load: { rooms: 0, peers: 0, cpu: 0, cores: 1 },
    started: 1,
    count: 1,
    until: NOW + 5_000,
    ...wish,
  };
}

function load(rooms: number, cpu = 0, cores = 1): Pick<NodeLease, "load"> {
  return { load: { rooms, peers: rooms * 2, cpu, cores } };
}

const choose = (nodes: NodeLease[], near: string | null = null) =>
  chooseNode(nodes, { near, now: NOW });

Deno.test("a call goes to the node with the least to do for each of its cores", () => {
  assertEquals(choose([lease("a", load(3)), lease("b", load(2)), lease("c", load(4))]), "b");
  assertEquals(choose([lease("a", load(3)), lease("b", load(4, 0, 2))]), "b");
  assertEquals(choose([lease("a", load(1, 0.5)), lease("b", load(9, 0.1))]), "b");
  // CPU use jumps about: a few hundredths are no difference.
  assertEquals(choose([lease("a", load(2, 0.01)), lease("b", load(1, 0.05))]), "b");
});

Deno.test("a near node comes before a far one, unless it is busy", () => {
  const near = { location: "eu" };
  const far = { location: "us" };
  assertEquals(choose([lease("a", { ...load(9), ...near }), lease("b", far)], "eu"), "a");
  assertEquals(choose([lease("a", { ...load(9, 0.9), ...near }), lease("b", far)], "eu"), "b");
  assertEquals(choose([lease("a", { ...load(9), ...near }), lease("b", far)]), "b");
  assertEquals(choose([lease("a", load(1, 0.95)), lease("b", load(1, 0.9))]), "b");
});

Deno.test("whatever is not ready, silent or not heard of takes no call", () => {
  for (const state of ["preparing", "unavailable", "draining", "gone"] as const) {
    assertEquals(choose([lease("a", { state })]), null);
  }
  assertEquals(choose([lease("a", { until: NOW }), lease("b", { silent: true })]), null);
  assertEquals(choose([]), null);
});

const anyLease = fc.record({
  id: fc.constantFrom(..."abcdefgh"),
  location: fc.constantFrom(null, "eu", "us"),
  state: fc.constantFrom("preparing", "ready", "ready", "ready", "draining", "gone" as const),
  load: fc.record({
    rooms: fc.nat(300),
    peers: fc.nat(600),
    cpu: fc.double({ min: 0, max: 1, noNaN: true }),
    cores: fc.integer({ min: 1, max: 16 }),
  }),
  until: fc.constantFrom(NOW - 1, NOW, NOW + 1, NOW + 5_000),
  silent: fc.constantFrom(undefined, undefined, true as const),
}).map(({ silent, ...wish }) => lease(wish.id, { ...wish, ...silent ? { silent } : {} }));
const leases = fc.uniqueArray(anyLease, { selector: ({ id }) => id });

Deno.test("of whatever nodes the same one is chosen in any order, and never one that cannot or must not", () => {
  fc.assert(fc.property(leases, fc.constantFrom(null, "eu", "us"), (nodes, near) => {
    const id = choose(nodes, near);
    assertEquals(choose(nodes.toReversed(), near), id);
    const able = nodes.filter((node) => node.state === "ready" && isLive(node, NOW));
    const chosen = able.find((node) => node.id === id);
    if (chosen === undefined) return assertEquals([id, able.length], [null, 0]);
    // Nobody who is as near and not busier has less to do.
    for (const other of able) {
      if (near !== null && other.location !== chosen.location) continue;
      assert(burden(other.load) >= burden(chosen.load));
    }
  }));
});

Deno.test("of two reports of a node exactly one is the newer, unless they are the same", () => {
  const report = fc.record({ started: fc.nat(3), count: fc.integer({ min: 1, max: 3 }) });
  fc.assert(fc.property(report, report, (a, b) => {
    const same = a.started === b.started && a.count === b.count;
    assertEquals([isNewer(a, b), isNewer(b, a)].filter(Boolean).length, same ? 0 : 1);
  }));
});
