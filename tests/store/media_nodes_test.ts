/** The leases of media nodes, on a real Deno KV. */
import { assert, assertEquals } from "@std/assert";
import {
  isLive,
  NODE_LEASE_MS,
  type NodeReport,
  type Registered,
} from "../../protocol/media_node.ts";
import { MediaNodeStore } from "../../store/media_nodes.ts";

function report(wish: Partial<NodeReport> = {}): NodeReport {
  return {
    id: "node-1",
    url: "https://node-1.example.org",
    location: "eu",
    state: "ready",
    load: { rooms: 1, peers: 2, cpu: 0.1, cores: 1 },
    started: 100,
    count: 1,
    ...wish,
  };
}

const TAKEN: Registered = { kind: "taken" };

function stale(over: number | null): Registered {
  return { kind: "stale", over };
}

async function withStore(
  test: (store: MediaNodeStore, clock: { now: number }) => Promise<void>,
): Promise<void> {
  const kv = await Deno.openKv(":memory:");
  const clock = { now: Date.now() };
  try {
    await test(new MediaNodeStore(kv, () => clock.now), clock);
  } finally {
    kv.close();
  }
}

Deno.test("a node lives for as long as it says so", async () => {
  await withStore(async (store, clock) => {
    assertEquals(await store.register(report()), TAKEN);
    const [lease] = await store.list();
    assert(lease !== undefined);
    assertEquals(lease, { ...report(), until: clock.now + NODE_LEASE_MS });
    assert(isLive(lease, clock.now + NODE_LEASE_MS - 1));
    assert(!isLive(lease, clock.now + NODE_LEASE_MS));
  });
});

Deno.test("what a node said before is not taken again, nor what its predecessor said", async () => {
  await withStore(async (store) => {
    const says = async (wish: Partial<NodeReport>, what: Registered) => {
      assertEquals(await store.register(report(wish)), what);
    };
    await says({ count: 2 }, TAKEN);
    await says({ count: 2 }, stale(null));
    await says({ count: 1 }, stale(null));
    await says({ started: 200, count: 1 }, TAKEN);
    await says({ started: 100, count: 3 }, stale(null));
    await says({ started: 200, count: 2, state: "gone" }, TAKEN);
    await says({ started: 200, count: 1 }, stale(200));
    const [lease] = await store.list();
    assert(lease !== undefined && !isLive(lease, Date.now()));
  });
});

Deno.test("a node whose clock was set back is told after what to come, once its old lease is over", async () => {
  await withStore(async (store, clock) => {
    await store.register(report({ started: 200 }));
    assertEquals(await store.register(report({ started: 100 })), stale(null));
    clock.now += NODE_LEASE_MS;
    assertEquals(await store.register(report({ started: 100 })), stale(200));
    assertEquals(await store.register(report({ started: 201 })), TAKEN);
    // What anybody overheard of the run before, or of this one, is worth nothing.
    for (const started of [100, 200]) {
      assertEquals(await store.register(report({ started, count: 9 })), stale(null));
    }
  });
});

Deno.test("what was known of a node is forgotten in the end, and by a clock that was set back", async () => {
  await withStore(async (store, clock) => {
    await store.register(report({ started: 200 }));
    clock.now += NODE_LEASE_MS + 60_000;
    assertEquals(await store.register(report({ started: 100 })), TAKEN);
    // The web processes' own clock goes back: that lease is no sign of life, and hinders nobody.
    clock.now -= 3_600_000;
    const [lease] = await store.list();
    assert(lease !== undefined && !isLive(lease, clock.now));
    assertEquals(await store.register(report({ started: 100 })), TAKEN);
  });
});

Deno.test("of reports that arrive together the newest one stays", async () => {
  await withStore(async (store) => {
    const counts = Array.from({ length: 20 }, (_, index) => index + 1);
    await Promise.all(counts.toReversed().map((count) => store.register(report({ count }))));
    assertEquals((await store.list()).map(({ count }) => count), [20]);
  });
});

Deno.test("a silent node is one until it reports again, and older news of it change nothing", async () => {
  await withStore(async (store, clock) => {
    await store.register(report());
    const [known] = await store.list();
    assert(known !== undefined);
    await store.foundSilent(known);
    const [silent] = await store.list();
    assert(silent !== undefined && !isLive(silent, clock.now));
    await store.register(report({ count: 2 }));
    await store.foundSilent(known);
    const [back] = await store.list();
    assert(back !== undefined && isLive(back, clock.now));
    await store.foundSilent({ ...known, id: "nobody" });
    assertEquals((await store.list()).length, 1);
  });
});
