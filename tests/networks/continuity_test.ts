/** The arithmetic of the table in docs/NETWORKS.md. */
import { assertEquals } from "@std/assert";
import { continuityOf } from "./continuity.ts";

/** "#" was heard, "." was not; each for 20 ms. */
function heard(text: string): boolean[] {
  return [...text].map((sign) => sign === "#");
}

Deno.test("a tone that was there all the time, and one that never was", () => {
  assertEquals(continuityOf(heard("####")), { share: 1, longestGapMs: 0, recoveredMs: 0 });
  const never = { share: 0, longestGapMs: 400, recoveredMs: 400 };
  assertEquals(continuityOf(heard(".".repeat(20))), never);
});

Deno.test("hitches count for the share, silence for the recovery", () => {
  assertEquals(continuityOf(heard("##..####")), { share: 0.75, longestGapMs: 40, recoveredMs: 0 });
  const silence = "#####" + ".".repeat(15) + "###.####";
  const { longestGapMs, recoveredMs } = continuityOf(heard(silence));
  assertEquals({ longestGapMs, recoveredMs }, { longestGapMs: 300, recoveredMs: 400 });
});
