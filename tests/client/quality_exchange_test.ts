/** What the two sides of a call tell each other of their networks, and which pictures are asked for. */
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { Quality, type QualityMessage } from "../../client/call/quality.ts";
import type { Sample } from "../../client/call/quality_rating.ts";
import { largerView, type View } from "../../client/call/view_watch.ts";
import { GOOD } from "./quality_samples.ts";

/** A quality and everything it asked for. */
function watched() {
  const told: QualityMessage[] = [];
  const flows: string[] = [];
  const quality = new Quality({
    tell: (message) => told.push(message),
    flow: (sends, receives) => flows.push(`${sends} ${receives}`),
  });
  let at = 0;
  const add = (change: Partial<Sample> = {}, receives = true) => {
    at += 2_000;
    const sample = { ...GOOD, ...change, at };
    quality.add({ sample, sends: true, receives, starved: false, lesser: false });
  };
  return { quality, told, flows, add };
}

Deno.test("the other side is told what changed, and everything when it comes back", () => {
  const { quality, told, add } = watched();
  for (let n = 0; n < 10; n++) add();
  assertEquals(told, [{ type: "quality", bars: 4, sendsPaused: false, receivesPaused: false }]);
  for (let n = 0; n < 3; n++) add({ availableOut: 50_000, lossOut: 0.3 });
  assertEquals(told.at(-1), { type: "quality", bars: 1, sendsPaused: true, receivesPaused: false });
  const count = told.length;
  quality.otherPresent(false);
  quality.otherPresent(true);
  assertEquals(told.length, count + 1);
});

Deno.test("both sides know why a picture rests", () => {
  const { quality, flows, add } = watched();
  add();
  assertEquals([quality.ownPicture.value, quality.otherPicture.value], [null, null]);
  for (let n = 0; n < 2; n++) add({ availableOut: 50_000, lossOut: 0.3 });
  assertEquals([quality.ownPicture.value, quality.otherPicture.value], ["weak_here", null]);
  assertEquals(flows, ["rests flows"]);
  quality.heard({ type: "quality", bars: 1, sendsPaused: true, receivesPaused: false });
  assertEquals(quality.otherPicture.value, "weak_there");
  quality.otherPresent(false);
  assertEquals([quality.otherPicture.value, quality.other.value], [null, null]);
});

Deno.test("once one direction carries a picture again, the other is tried at once", () => {
  const { flows, add } = watched();
  const times = (count: number, change: Partial<Sample> = {}) => {
    for (let n = 0; n < count; n++) add(change);
  };
  // Receiving has failed three times and would be tried in half a minute.
  times(2, { lossIn: 0.3 });
  times(4);
  times(1, { lossIn: 0.3 });
  times(8);
  times(1, { lossIn: 0.3 });
  flows.length = 0;
  times(2, { lossOut: 0.3 });
  times(7);
  assertEquals(flows, ["rests rests", "tried rests", "flows tried"]);
});

Deno.test("while nothing gets through there are no bars, whatever is measured", () => {
  const { quality, add } = watched();
  for (let n = 0; n < 3; n++) add();
  quality.works(false);
  for (let n = 0; n < 3; n++) add();
  assertEquals([quality.own.value, quality.verdict.value], [0, "broken_here"]);
  quality.works(true);
  add();
  assertEquals([quality.own.value, quality.verdict.value], [null, "measuring"]);
  add();
  assertEquals(quality.own.value, 4);
});

Deno.test("the other side is lost until the node hears of it again, or it joins anew", () => {
  const { quality, add } = watched();
  const hears = (...heard: number[]) => heard.forEach((heardThere) => add({ heardThere }));
  quality.heard({ type: "quality", bars: 4, sendsPaused: false, receivesPaused: false });
  hears(10_000, 20_000, 20_000);
  assertEquals([quality.other.value, quality.verdict.value], [0, "broken_there"]);
  hears(20_000, 20_100);
  assertEquals(quality.other.value, 4);
  hears(20_100, 20_100);
  assertEquals(quality.other.value, 0);
  quality.otherPresent(true);
  assertEquals(quality.other.value, 4);
  hears(20_100);
  quality.works(false);
  assertEquals(
    quality.verdict.value,
    "broken_here",
    "who hears nothing knows nothing of the other",
  );
  assertEquals(quality.other.value, 4);
});

Deno.test("what comes in is carried, however little the node believes in", () => {
  const { quality, add } = watched();
  const slow = { availableIn: 30_000, pictureIn: { width: 320, height: 240, rate: 3 } };
  for (let n = 0; n < 5; n++) add({ ...slow, bitrateIn: 100_000 });
  assertEquals(quality.otherPicture.value, null);
  for (let n = 0; n < 2; n++) add({ ...slow, bitrateIn: 60_000 });
  assertEquals(quality.otherPicture.value, "weak_here");
});

Deno.test("a picture nobody sends or wants does not rest", () => {
  const { quality, add } = watched();
  for (let n = 0; n < 20; n++) add({ availableIn: 10_000 }, false);
  assertEquals(quality.otherPicture.value, null);
});

Deno.test("[S8] two minutes are kept during a call, nothing after it", () => {
  const { quality, add } = watched();
  for (let n = 0; n < 200; n++) add();
  assertEquals(quality.samples.value.length, 60);
  quality.heard({ type: "quality", bars: 1, sendsPaused: true, receivesPaused: false });
  quality.forget();
  assertEquals([quality.samples.value, quality.own.value, quality.other.value], [[], null, null]);
});

Deno.test("a picture shown twice is wanted as large as it is shown largest, and as long as it is seen", () => {
  const hidden: View = { kind: "hidden" };
  const shown = (pixels: number): View => ({ kind: "shown", pixels });
  const views = fc.oneof(fc.constant(hidden), fc.nat().map(shown));
  fc.assert(fc.property(views, views, (one, other) => {
    const larger = largerView(one, other);
    assertEquals(larger, largerView(other, one));
    const pixels = [one, other].flatMap((view) => view.kind === "shown" ? [view.pixels] : []);
    assertEquals(larger, pixels.length === 0 ? hidden : shown(Math.max(...pixels)));
  }));
});
