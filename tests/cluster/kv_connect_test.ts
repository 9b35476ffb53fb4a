/** What the stores may rely on where the database is a denokv, whatever happens between. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { divertLog } from "../../log/log.ts";
import { DatabaseAway, PATIENCE } from "../../store/kv_connect.ts";
import { openKv } from "../../store/kv.ts";
import { WatchConnections } from "../../store/watch_connections.ts";
import { watchKeys } from "../../store/watch.ts";
import { Dice, seedOfRun } from "../faults/dice.ts";
import { until, within } from "../support/waiting.ts";
import { Database, skipped } from "./database.ts";

/** More than one connection of Deno's client carries: then nothing else would get through. */
const MANY_WATCHES = 450;
const COMMITS = 150;

Deno.test({
  name: "[C2] however many sessions are watched, the database answers and every doorbell rings",
  ignore: skipped,
  async fn() {
    await using database = await Database.start();
    using kv = await openKv(database.url);
    const rang = new Map<number, number>();
    const stops = Array.from(
      { length: MANY_WATCHES },
      (_, at) => watchKeys(kv, [["key", at]], () => rang.set(at, (rang.get(at) ?? 0) + 1)),
    );
    await until("all watches are open", () => rang.size, (size) => size === MANY_WATCHES);
    for (let at = 0; at < MANY_WATCHES; at++) await kv.set(["key", at], at);
    await until("all rang", () => [...rang.values()].filter((n) => n > 1).length, (all) => {
      return all === MANY_WATCHES;
    });
    for (const stop of stops) stop();
  },
});

Deno.test({
  name:
    "[C2] a connection of watches that is forgotten without a word is found out, and they ring again",
  ignore: skipped,
  async fn() {
    await using database = await Database.start();
    const connect = () => Deno.openKv(database.url);
    const watches = new WatchConnections(connect, {
      everyMs: 100,
      patienceMs: 500,
      renewMs: Infinity,
    });
    let seen: unknown;
    let over = false;
    const watching = (async () => {
      while (!over) for await (const [{ value }] of watches.watch([["key"]])) seen = value;
    })();
    await until("it is watched", () => seen, (value) => value === null);
    database.network.forget();
    using writer = await connect();
    await writer.set(["key"], "after");
    await until("it rings again", () => seen, (value) => value === "after");
    over = true;
    watches.close();
    await watching;
  },
});

const seed = seedOfRun();
Deno.test({
  name:
    `[C2] a commit whose answer was lost counts once, and says what happened, FAULT_SEED=${seed}`,
  ignore: skipped,
  async fn() {
    const dice = new Dice(seed);
    await using database = await Database.start();
    using kv = await openKv(database.url);
    let taken = 0;
    const key = ["count"];
    let over = false;
    const cutting = (async () => {
      while (!over) {
        database.network.cutAfter(dice.between(1, 1_500));
        await new Promise((done) => setTimeout(done, dice.between(5, 60)));
      }
    })();
    for (let n = 0; n < COMMITS; n++) {
      const entry = await kv.get<number>(key);
      assertEquals(entry.value ?? 0, taken, "what was said to be committed, and nothing else, is");
      const { ok } = await kv.atomic().check(entry).set(key, taken + 1)
        .sum(["directory"], 1n).commit();
      assert(ok, "nobody else writes here: what failed was our own, done twice");
      taken++;
    }
    over = true;
    await cutting;
    const { value } = await kv.get<Deno.KvU64>(["directory"]);
    assertEquals(value?.value, BigInt(COMMITS));
  },
});

Deno.test({
  name: "a commit that somebody else was faster than says so",
  ignore: skipped,
  async fn() {
    await using database = await Database.start();
    using one = await openKv(database.url);
    using other = await openKv(database.url);
    const entry = await one.get(["key"]);
    assert((await other.atomic().check(entry).set(["key"], "other").commit()).ok);
    assertEquals(await one.atomic().check(entry).set(["key"], "one").commit(), { ok: false });
    assertEquals((await one.get(["key"])).value, "other");
  },
});

Deno.test({
  name: "a database that is away is said to be; back again, it is found, and rings what was missed",
  ignore: skipped,
  async fn() {
    const found = Promise.withResolvers<void>();
    using _ = divertLog(({ event }) => event === "database_back" && found.resolve());
    await using database = await Database.start();
    using kv = await openKv(database.url);
    let rang: unknown = null;
    const stop = watchKeys(kv, [["key"]], ([entry]) => rang = entry?.value);
    await kv.set(["key"], "before");
    await until("it rings", () => rang, (value) => value === "before");

    // Half-open: the machine is gone, and nobody is told.
    database.network.forget();
    database.server.freeze();
    const asked = performance.now();
    await assertRejects(() => kv.get(["key"]), DatabaseAway);
    const took = performance.now() - asked;
    assert(took >= PATIENCE - 100, `given up after ${took} ms`);
    const again = performance.now();
    await assertRejects(() => kv.atomic().check({ key: ["a"], versionstamp: null }).commit());
    await assertRejects(() => kv.set(["key"], "given up"), DatabaseAway);
    assert(performance.now() - again < took / 2, "nobody waits for what is known to be away");

    await database.server.kill();
    await database.server.start();
    await within("it is found again", found.promise);
    const other = await openKv(database.url);
    await other.set(["key"], "meanwhile");
    other.close();
    await until("it rings with what was missed", () => rang, (value) => value === "meanwhile");
    assertEquals((await kv.get(["key"])).value, "meanwhile");
    stop();
  },
});

Deno.test({
  name: "a database that is restarted within seconds keeps nobody from anything",
  ignore: skipped,
  async fn() {
    await using database = await Database.start();
    using kv = await openKv(database.url);
    await kv.set(["key"], 1);
    await database.server.kill();
    const asked = kv.get(["key"]);
    await database.server.start();
    assertEquals((await asked).value, 1);
  },
});

Deno.test({
  name: "a database that refuses the token is not waited for",
  ignore: skipped,
  async fn() {
    await using database = await Database.start();
    Deno.env.set("DENO_KV_ACCESS_TOKEN", "somebody else's token");
    await assertRejects(() => openKv(database.url), Error, "access token");
  },
});
