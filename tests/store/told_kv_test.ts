/** A database that fails, in front of who needs it and in the log. */
import { assert, assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { divertLog, logFailure } from "../../log/log.ts";
import { DatabaseAway } from "../../store/kv_connect.ts";
import { Outage } from "../../store/outage.ts";
import { StoreFailed } from "../../store/store_failed.ts";
import { ToldKv } from "../../store/told_kv.ts";

/** A database whose every answer is `fails.with`, unless that is null. */
function breakable(kv: Deno.Kv) {
  const fails: { with: unknown } = { with: null };
  const failing = new Proxy(kv, {
    get(_, name) {
      const value: unknown = Reflect.get(kv, name);
      if (typeof value !== "function") return value;
      if (name === "atomic") {
        return () => {
          const op = kv.atomic();
          const commit = op.commit.bind(op);
          op.commit = () => fails.with === null ? commit() : Promise.reject(fails.with);
          return op;
        };
      }
      if (fails.with === null || name === "close" || name === "list") return value.bind(kv);
      return () => Promise.reject(fails.with);
    },
  });
  return { failing, fails };
}

// What a full disk and a lock really say, and how long: tests/faults/health_test.ts.
Deno.test("[A3] whatever is asked of a database that fails, it is the database that failed", async () => {
  using _ = divertLog(() => {});
  using memory = await Deno.openKv(":memory:");
  const { failing, fails } = breakable(memory);
  const kv = new ToldKv(failing);
  await kv.set(["key"], 1);
  assertEquals((await Array.fromAsync(kv.list({ prefix: [] }))).length, 1);
  const locked = new TypeError("database is locked");
  fails.with = locked;
  const asked = [
    () => kv.get(["key"]),
    () => kv.getMany([["key"]]),
    () => kv.set(["key"], 2),
    () => kv.delete(["key"]),
    () => kv.atomic().set(["key"], 2).commit(),
  ];
  for (const ask of asked) {
    const failure = await assertRejects(ask, StoreFailed);
    assertStrictEquals(failure.cause, locked);
  }
  const away = new DatabaseAway();
  fails.with = away;
  assertStrictEquals(await assertRejects(() => kv.get(["key"]), StoreFailed), away);
  fails.with = null;
  assertEquals((await kv.get(["key"])).value, 1);
});

Deno.test("what no database does, and one that was closed here, are no outage", async () => {
  const kv = new ToldKv(await Deno.openKv(":memory:"));
  const tooLarge = await assertRejects(() => kv.set(["key"], "x".repeat(100_000)), TypeError);
  assert(!(tooLarge instanceof StoreFailed));
  await assertRejects(() => kv.atomic().set(["key"], "x".repeat(100_000)).commit(), TypeError);
  kv.close();
  await assertRejects(() => kv.get(["key"]), Deno.errors.BadResource);
});

Deno.test("an outage is logged once, again where it is another one, and when it is over", () => {
  const said: string[] = [];
  using _ = divertLog(({ event, fields: { error } }) => {
    said.push(typeof error === "object" && error !== null ? `${event}: ${error.message}` : event);
  });
  let now = 0;
  const outage = new Outage(() => now);
  outage.worked();
  for (; now < 60_000; now += 250) {
    outage.failed(new TypeError("disk I/O error"));
    outage.worked();
    if (now === 30_000) outage.failed(new TypeError("database is locked"));
    // Who suffers from it says nothing of it.
    logFailure("watch_broke", new StoreFailed());
  }
  assertEquals(said, ["store_failed: disk I/O error", "store_failed: database is locked"]);
  outage.worked();
  assertEquals(said.length, 2, "only just");
  now += 10_000;
  outage.worked();
  outage.worked();
  outage.failed(new TypeError("disk I/O error"));
  assertEquals(said.slice(2), ["store_works", "store_failed: disk I/O error"]);
});
