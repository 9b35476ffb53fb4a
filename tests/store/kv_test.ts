/** Which databases there are. */
import { assertEquals } from "@std/assert";
import { isOwn } from "../../store/kv.ts";

Deno.test("[C2] a server and the platform's own database are shared; a file and memory are not", () => {
  const shared = ["http://10.0.0.5:4512", "https://kv.example", undefined];
  assertEquals(shared.map(isOwn), [false, false, false]);
  assertEquals(["./data/live-support.kv", "/http:/a.kv", ":memory:"].map(isOwn), [
    true,
    true,
    true,
  ]);
});
