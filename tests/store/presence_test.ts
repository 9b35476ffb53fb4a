/** Who is connected where, on a real Deno KV. */
import { assert, assertEquals } from "@std/assert";
import { LEASE_MS, PresenceStore } from "../../store/presence.ts";

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
