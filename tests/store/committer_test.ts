/** Shared commits, on a real Deno KV. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { Committer } from "../../store/committer.ts";

async function versions(kv: Deno.Kv, count: number): Promise<string[]> {
  const all: string[] = [];
  for (let n = 0; n < count; n++) all.push((await kv.set(["head", n], 0)).versionstamp);
  return all;
}

function step(n: number, version: string, value: number) {
  const writes = [{ key: ["head", n], value }, { key: ["message", n, value], value }];
  return { key: ["head", n], version, writes, weight: 10 };
}

Deno.test("[C1] steps that wait share commits; each is written whole", async () => {
  const kv = await Deno.openKv(":memory:");
  const committer = new Committer(kv, 1000);
  const before = await versions(kv, 25);
  const after = await Promise.all(
    before.map((version, n) => committer.commit(step(n, version, 1))),
  );
  assert(after.every((version) => version !== null));
  // One alone, then ten, ten and four together.
  assertEquals(new Set(after).size, 4);
  for (let n = 0; n < 25; n++) assertEquals((await kv.get(["message", n, 1])).value, 1);
  kv.close();
});

Deno.test("[C1] one that was overtaken is refused and takes none of the others with it", async () => {
  const kv = await Deno.openKv(":memory:");
  const committer = new Committer(kv, 1000);
  const before = await versions(kv, 12);
  await kv.set(["head", 5], "somebody else");
  const after = await Promise.all(
    before.map((version, n) => committer.commit(step(n, version, 1))),
  );
  assertEquals(after.flatMap((version, n) => version === null ? [n] : []), [5]);
  assertEquals((await kv.get(["head", 5])).value, "somebody else");
  assertEquals((await kv.get(["message", 5, 1])).value, null);
  kv.close();
});

Deno.test("a commit carries no more text than it may, but a step is never torn apart", async () => {
  const kv = await Deno.openKv(":memory:");
  const committer = new Committer(kv, 25);
  const before = await versions(kv, 7);
  const after = await Promise.all(
    before.map((version, n) => committer.commit(step(n, version, 1))),
  );
  assertEquals(new Set(after).size, 4);
  kv.close();
});

Deno.test("a store that fails says so to every step that was on its way, and to no later one", async () => {
  const kv = await Deno.openKv(":memory:");
  const committer = new Committer(kv, 1000);
  const [version = ""] = await versions(kv, 1);
  const broken = { ...step(0, version, 1), version: "not a versionstamp" };
  await assertRejects(() => committer.commit(broken));
  assert(await committer.commit(step(0, version, 1)) !== null);
  kv.close();
});

Deno.test("[C1] a step the store refuses takes none of the others with it", async () => {
  const kv = await Deno.openKv(":memory:");
  const committer = new Committer(kv, 1000);
  const before = await versions(kv, 10);
  const after = await Promise.allSettled(before.map((version, n) => {
    const large = { key: ["head", n], value: "x".repeat(100_000) };
    const own = step(n, version, 1);
    return committer.commit(n === 5 ? { ...own, writes: [large] } : own);
  }));
  assertEquals(after.flatMap(({ status }, n) => status === "rejected" ? [n] : []), [5]);
  for (const n of [1, 9]) assertEquals((await kv.get(["message", n, 1])).value, 1);
  kv.close();
});

Deno.test("where the store is away nobody waits for the attempts of all others", async () => {
  using kv = await Deno.openKv(":memory:");
  let attempts = 0;
  const away = new Proxy(kv, {
    get(_, name) {
      const op = kv.atomic();
      op.commit = () => {
        attempts++;
        return Promise.reject(new Error("no network"));
      };
      return name === "atomic" ? () => op : Reflect.get(kv, name);
    },
  });
  const committer = new Committer(away, 1000);
  const steps = (await versions(kv, 10)).map((version, n) => committer.commit(step(n, version, 1)));
  const after = await Promise.allSettled(steps);
  assert(after.every(({ status }) => status === "rejected"));
  assertEquals(attempts, 4, "the first alone, nine together, two of these apart");
});

Deno.test("[C2] of two steps from one version of one head only the first is taken", async () => {
  const kv = await Deno.openKv(":memory:");
  const committer = new Committer(kv, 1000);
  const [busy = "", version = ""] = await versions(kv, 2);
  // While the first is on its way, the other two wait for the same commit.
  const answers = await Promise.all([
    committer.commit(step(0, busy, 1)),
    committer.commit(step(1, version, 1)),
    committer.commit(step(1, version, 2)),
  ]);
  assertEquals(answers.map((answer) => answer !== null), [true, true, false]);
  assertEquals((await kv.get(["head", 1])).value, 1);
  kv.close();
});
