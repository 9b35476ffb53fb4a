import { assert, assertRejects } from "@std/assert";
import { isStoreFailure } from "../../store/failure.ts";
import { DatabaseAway } from "../../store/kv_connect.ts";
import { openKv } from "../../store/kv.ts";

// What a full disk and a lock really say: tests/faults/health_test.ts.
Deno.test("[A3] a database that is away has failed; one that is asked for what it never does has not", async () => {
  assert(isStoreFailure(new DatabaseAway()));
  using kv = await openKv(":memory:");
  const tooLarge = await assertRejects(() => kv.set(["key"], "x".repeat(100_000)), TypeError);
  assert(!isStoreFailure(tooLarge));
  assert(!isStoreFailure(new Error("database is locked")));
});
