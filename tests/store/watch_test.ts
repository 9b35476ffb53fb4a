/** Doorbells, alone and shared, on a real Deno KV. */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { divertLog } from "../../log/log.ts";
import { watchKeys } from "../../store/watch.ts";
import { WatchPool } from "../../store/watch_pool.ts";

type Entries = Deno.KvEntryMaybe<unknown>[];

/** `kv`, whose watches are made by `watch`. */
function withWatch(
  kv: Deno.Kv,
  watch: (keys: readonly Deno.KvKey[]) => ReadableStream<Entries>,
): Deno.Kv {
  return new Proxy(kv, { get: (_, name) => name === "watch" ? watch : Reflect.get(kv, name) });
}

Deno.test("[C2] a watch that breaks is opened again and rings with what it missed", async () => {
  const kv = await Deno.openKv(":memory:");
  using _ = divertLog(() => {});
  let opened = 0;
  const flaky = withWatch(kv, (keys) => {
    opened++;
    if (opened === 1) throw new Error("no network");
    if (opened > 2) return kv.watch<unknown[]>([...keys]);
    return new ReadableStream({ start: (c) => c.error(new Error("cut off")) });
  });
  await new Promise<void>((rang) => {
    const stop = watchKeys(flaky, [["key"]], ([entry]) => {
      if (entry?.value !== "news") return;
      stop();
      rang();
    });
    kv.set(["key"], "news");
  });
  assertEquals(opened, 3);
  kv.close();
});

Deno.test("a watch on a store that was closed ends without a word", async () => {
  const kv = await Deno.openKv(":memory:");
  kv.close();
  const stop = watchKeys(kv, [["key"]], () => {});
  await Promise.resolve();
  stop();
});

/** A pool, and how many streams it has open. */
function countedPool(kv: Deno.Kv): { pool: WatchPool; streams(): number } {
  let open = 0;
  const counting = withWatch(kv, (keys) => {
    assert(keys.length <= 10, "Deno KV watches ten keys at most");
    open++;
    const reader = kv.watch<unknown[]>([...keys]).getReader();
    return new ReadableStream<Entries>({
      async pull(controller) {
        const { done, value } = await reader.read();
        if (!done) controller.enqueue(value);
      },
      async cancel() {
        open--;
        await reader.cancel();
      },
    }, { highWaterMark: 0 });
  });
  return { pool: new WatchPool(counting), streams: () => open };
}

Deno.test("watches that come together share streams; one that is alone in one takes it along", async () => {
  const kv = await Deno.openKv(":memory:");
  const { pool, streams } = countedPool(kv);
  const rung = new Map<number, number>();
  const all = Promise.withResolvers<void>();
  const stops = Array.from({ length: 12 }, (_, at) =>
    pool.watch([["a", at], ["b", at]], () => {
      rung.set(at, (rung.get(at) ?? 0) + 1);
      if (rung.size === 12) all.resolve();
    }));
  await all.promise;
  assertEquals(streams(), 3);
  for (const stop of stops) stop();
  assertEquals(streams(), 0);
  kv.close();
});

Deno.test("a shared watch rings for its own keys only, and for whoever is still there", async () => {
  const kv = await Deno.openKv(":memory:");
  const { pool } = countedPool(kv);
  const heard: string[] = [];
  const waiting: (() => void)[] = [];
  const watch = (name: string) =>
    pool.watch([["key", name], ["other", name]], ([key]) => {
      heard.push(`${name} ${key?.value}`);
      for (const look of waiting) look();
    });
  const hear = (line: string) =>
    new Promise<void>((done) => {
      const look = () => heard.includes(line) && done();
      waiting.push(look);
      look();
    });
  const stops = ["one", "two"].map(watch);
  await Promise.all([hear("one null"), hear("two null")]);
  await kv.set(["key", "one"], 1);
  await hear("one 1");
  stops[0]?.();
  await kv.set(["key", "one"], 2);
  await kv.set(["key", "two"], 2);
  await hear("two 2");
  assertEquals(heard, ["one null", "two null", "one 1", "two 2"]);
  stops[1]?.();
  kv.close();
});

Deno.test("[S3] whoever comes and goes, nobody who stays misses the last change", async () => {
  const step = fc.record({
    who: fc.nat(8),
    does: fc.constantFrom("comes" as const, "goes" as const, "changes" as const),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const kv = await Deno.openKv(":memory:");
      const { pool, streams } = countedPool(kv);
      const here = new Map<number, () => void>();
      const seen = new Map<number, unknown>();
      let look = () => {};
      const truth = new Map<number, number>();
      for (const [at, { who, does }] of steps.entries()) {
        if (does === "changes") {
          truth.set(who, at);
          await kv.set(["key", who], at);
        } else if (does === "goes") {
          here.get(who)?.();
          here.delete(who);
        } else if (!here.has(who)) {
          seen.delete(who);
          const ring = ([key]: readonly Deno.KvEntryMaybe<unknown>[]) => {
            seen.set(who, key?.value);
            look();
          };
          here.set(who, pool.watch([["key", who], ["other", who]], ring));
        }
      }
      await new Promise<void>((done) => {
        look = () => {
          const right = [...here.keys()].every((who) =>
            seen.has(who) && seen.get(who) === (truth.get(who) ?? null)
          );
          if (right) done();
        };
        look();
      });
      for (const stop of here.values()) stop();
      assertEquals(streams(), 0);
      kv.close();
    }),
    { numRuns: 30 },
  );
});
