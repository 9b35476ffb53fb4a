/** Who is connected where, on a real Deno KV. */
import { assert, assertEquals } from "@std/assert";
import { LEASE_MS, PresenceStore } from "../../store/presence.ts";
import { overlay } from "../actors/world.ts";

async function withTwoProcesses(
  test: (
    one: PresenceStore,
    two: PresenceStore,
    kv: Deno.Kv,
    pass: (ms: number) => void,
  ) => Promise<
    void
  >,
): Promise<void> {
  const kv = await Deno.openKv(":memory:");
  let now = Date.now();
  try {
    const [one, two] = ["one", "two"].map((name) => new PresenceStore(kv, name, () => now));
    if (one === undefined || two === undefined) throw new Error("two processes");
    await Promise.all([one.renewLease(), two.renewLease()]);
    await test(one, two, kv, (ms) => now += ms);
  } finally {
    kv.close();
  }
}

Deno.test("[T5] a device is reachable while a page of it is connected to a living process", async () => {
  await withTwoProcesses(async (one, two, _kv, pass) => {
    await one.record(new Map([["a", true], ["b", true]]));
    await two.record(new Map([["b", true]]));
    await one.record(new Map([["a", false]]));
    assertEquals([...await one.reachable()], ["b"]);
    pass(LEASE_MS - 1);
    await two.renewLease();
    pass(1);
    // Process one died; b is connected to two as well.
    assertEquals([...await two.reachable()], ["b"]);
    await two.record(new Map([["b", false]]));
    assertEquals([...await two.reachable()], []);
  });
});

Deno.test("[T5] a process that leaves, and the sweep after one that died, leave no record", async () => {
  await withTwoProcesses(async (one, two, kv, pass) => {
    const records = async () => (await Array.fromAsync(kv.list({ prefix: ["presence"] }))).length;
    await one.record(new Map(Array.from({ length: 900 }, (_, i) => [`d${i}`, true])));
    await two.record(new Map([["x", true]]));
    assertEquals(await records(), 901);
    await two.leave();
    assertEquals(await records(), 900);
    pass(LEASE_MS);
    await two.renewLease();
    await two.sweep();
    assertEquals(await records(), 0);
  });
});

Deno.test("[T5] a lease says whether it held all the time; a lapsed one is swept, with a ring", async () => {
  await withTwoProcesses(async (one, two, kv, pass) => {
    await one.record(new Map([["a", true]]));
    const rings = async () => (await kv.get<Deno.KvU64>(["directory"])).value?.value ?? 0n;
    const before = await rings();
    pass(LEASE_MS - 1);
    assert(await two.renewLease());
    assertEquals(await two.sweepLapsed(), 0);
    assertEquals(await rings(), before);
    pass(1);
    assertEquals(await two.sweepLapsed(), 1);
    assertEquals(await two.sweepLapsed(), 0);
    assertEquals(await rings(), before + 1n);
    assertEquals((await Array.fromAsync(kv.list({ prefix: ["presence"] }))).length, 0);
    assert(!await one.renewLease());
    assert(await one.renewLease());
  });
});

Deno.test("[T5] whose process died before the clock was set back does not count as connected", async () => {
  await withTwoProcesses(async (one, two, _kv, pass) => {
    await one.record(new Map([["a", true]]));
    await two.record(new Map([["b", true]]));
    pass(-60 * 60 * 1000);
    assert(!await two.renewLease(), "the others may have taken it for dead");
    assertEquals([...await two.reachable()], ["b"]);
    assert(!await two.connected("a"));
    assertEquals(await two.sweepLapsed(), 1);
    // A little is what the clocks of two machines are apart.
    pass(-10_000);
    assert(await two.connected("b"));
    assert(await two.renewLease());
  });
});

/** `kv`, where something else happens just before commit number `at` of a step. */
function interrupted(kv: Deno.Kv, at: number, meanwhile: () => Promise<void>): Deno.Kv {
  let commits = 0;
  return overlay(kv, {
    atomic() {
      const op = kv.atomic();
      const commit = op.commit.bind(op);
      op.commit = async () => {
        if (++commits === at) await meanwhile();
        return await commit();
      };
      return op;
    },
  });
}

Deno.test("[T5] a process that was taken for dead and is back at that moment keeps its lease and its devices", async () => {
  // Its lease is erased first, then its records.
  for (const at of [1, 2]) {
    await withTwoProcesses(async (one, two, kv, pass) => {
      const here = new Map([["a", true]]);
      await one.record(here);
      pass(LEASE_MS);
      await two.renewLease();
      const now = Date.now() + LEASE_MS;
      const back = async () => {
        assert(!await one.renewLease(), "it has to write its records anew");
        await one.record(here);
      };
      const sweeps = new PresenceStore(interrupted(kv, at, back), "two", () => now);
      await sweeps.sweepLapsed();
      assert(await one.connected("a"), `before commit ${at}`);
      assert(await one.renewLease());
    });
  }
});

Deno.test("[T5] a process whose lease is erased while it renews it notices", async () => {
  await withTwoProcesses(async (one, two, kv) => {
    await one.record(new Map([["a", true]]));
    // Its clock is ahead.
    const ahead = new PresenceStore(kv, "two", () => Date.now() + LEASE_MS);
    const sweep = async () => assertEquals(await ahead.sweepLapsed(), 1);
    const renews = new PresenceStore(interrupted(kv, 1, sweep), "one", Date.now);
    assert(!await renews.renewLease(), "its records are gone");
    assert(!await two.connected("a"));
  });
});

Deno.test("[T5] the sweep of a process that starts leaves alone who starts at the same moment", async () => {
  await withTwoProcesses(async (one, two, kv) => {
    await kv.set(["presence", "three", "left"], true);
    const three = new PresenceStore(kv, "three", Date.now);
    const starts = async () => {
      await three.renewLease();
      await three.record(new Map([["a", true]]));
    };
    const sweeps = new PresenceStore(interrupted(kv, 1, starts), "two", Date.now);
    await sweeps.sweep();
    assert(await one.connected("a"));
    await two.sweep();
  });
});
