/** What nodes could not be told, and in which order they are told it later. */
import { assertEquals, assertRejects } from "@std/assert";
import type { ControlCommand } from "../../media/control.ts";
import { Untold } from "../../media/untold.ts";

const close = (session: string, call = 1): ControlCommand => ({
  type: "close_room",
  session,
  call,
});
const fails = () => Promise.reject(new Error("not there"));
const takes = () => Promise.resolve();

Deno.test("what a node does not take waits for it, the newest of a kind for each session, oldest first", async () => {
  const untold = new Untold();
  for (const command of [close("a"), close("b"), close("a", 2)]) {
    await assertRejects(() => untold.tell("one", command, fails));
  }
  assertEquals([untold.next("one"), untold.next("two")], [close("b"), null]);
  await untold.tell("one", close("b"), takes);
  assertEquals(untold.next("one"), close("a", 2));
  await untold.tell("one", close("a", 2), takes);
  assertEquals(untold.next("one"), null);
});

Deno.test("an attempt that fails late brings back nothing that a later one has told", async () => {
  const untold = new Untold();
  const slow = Promise.withResolvers<void>();
  const first = untold.tell("one", close("a"), () => slow.promise);
  assertEquals(untold.next("one"), null, "it is under way");
  await untold.tell("one", close("a", 2), takes);
  slow.reject(new Error("not there"));
  await assertRejects(() => first);
  assertEquals(untold.next("one"), null);
});

Deno.test("nothing waits for ever, nor without a bound", async () => {
  let now = 0;
  const untold = new Untold(() => now);
  for (let session = 0; session < 1_001; session++) {
    await assertRejects(() => untold.tell("one", close(`${session}`), fails));
  }
  assertEquals(untold.next("one"), close("1"));
  now += 600_000;
  assertEquals(untold.next("one"), null);
});
