/** Calls a node may not have counted yet. */
import { assertEquals } from "@std/assert";
import { Placed } from "../../media/placed.ts";
import { NODE_RENEW_MS } from "../../protocol/media_node.ts";

Deno.test("calls count for their node until it counts them itself, then nothing is remembered of it", () => {
  let now = 0;
  const placed = new Placed(() => now);
  placed.add("a");
  placed.add("a");
  placed.add("b");
  assertEquals([placed.of("a"), placed.of("b"), placed.of("c")], [2, 1, 0]);
  now += 2 * NODE_RENEW_MS;
  placed.add("b");
  assertEquals([placed.of("a"), placed.of("b"), placed.size], [2, 2, 2]);
  now += NODE_RENEW_MS;
  assertEquals([placed.of("a"), placed.of("b")], [0, 1]);
  placed.add("c");
  assertEquals([placed.of("b"), placed.of("c"), placed.size], [1, 1, 2]);
});
