/** A short soak, and the arithmetic of a long one. */
import { assertEquals } from "@std/assert";
import { growth, leaks, type Sample } from "./figures.ts";
import { soak } from "./soak.ts";

const MIB = 1024 * 1024;

function samples(make: (at: number) => Partial<Sample>): Sample[] {
  return Array.from({ length: 60 }, (_, n) => ({
    ...{ at: n * 10, rss: 300 * MIB, heap: 100 * MIB, handles: 2000, database: MIB, lag: 10 },
    ...make(n * 10),
  }));
}

Deno.test("what grows in the second half is told; what was gained while it began, or wavers, is not", () => {
  assertEquals(leaks(samples(() => ({}))), []);
  assertEquals(leaks(samples((at) => ({ rss: Math.min(at, 300) * MIB }))), [], "it began");
  assertEquals(leaks(samples((at) => ({ heap: (100 + at % 20) * MIB }))), [], "it wavers");
  const leaking = samples((at) => ({ heap: (100 + at / 20) * MIB, handles: 2000 + at / 2 }));
  assertEquals(Math.round(growth(leaking, "heap") / MIB), 15);
  assertEquals(leaks(leaking).map((sentence) => sentence.split(" ")[0]), ["heap", "handles"]);
});

Deno.test("[C2] [S5] a hundred sessions come, write, lose connections and end; nothing lost, doubled, left", async () => {
  const { deeds, wrong } = await soak({
    ...{ sessions: 100, seconds: 8, every: 1 },
    pace: { text: 500, session: 3_000, connection: 6_000 },
  }, () => {});
  // So short, nothing about memory is known: only what people noticed counts.
  assertEquals(wrong.filter((sentence) => !/^(rss|heap|handles) /.test(sentence)), []);
  assertEquals([deeds.texts > 300, deeds.sessions > 100, deeds.drops > 10], [true, true, true]);
});
