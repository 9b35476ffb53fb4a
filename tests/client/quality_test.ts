/** How good a call's connections are, and whose network is weak. */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { PictureFlow } from "../../client/call/picture_floor.ts";
import {
  type Bars,
  isSilentThere,
  type LinkReading,
  rate,
  type Sample,
  sampleOf,
  steady,
  verdictOf,
} from "../../client/call/quality_rating.ts";
import { MAX_SIZES, sizesOf } from "../../client/call/simulcast.ts";
import { type Reading, readStats } from "../../client/call/stats.ts";
import { ceiling, line } from "../../components/call/graph.ts";
import { layerFor } from "../../client/call/view_watch.ts";
import { GOOD } from "./quality_samples.ts";

const QUIET: Reading = {
  bytesIn: 0,
  bytesOut: 0,
  checks: 0,
  answers: 0,
  packetsOut: 0,
  packetsIn: 0,
  packetsLost: 0,
  roundTripMs: null,
  voiceLost: null,
  availableOut: null,
  path: null,
  voiceCodec: null,
  pictureCodec: null,
  picture: null,
  jitterMs: null,
};

function reading(at: number, send: Partial<Reading>, receive: Partial<Reading>): LinkReading {
  return { at, send: { ...QUIET, ...send }, receive: { ...QUIET, ...receive } };
}

Deno.test("what is lost before the media node is not held against this page's network", () => {
  const before = reading(0, { bytesOut: 1_000 }, { packetsIn: 100, packetsLost: 10 });
  const after = reading(2_000, { bytesOut: 26_000 }, { packetsIn: 180, packetsLost: 30 });
  const there = { lossUp: 0.01, lossUpThere: 0.2, availableDown: 500_000, heardThere: 7 };
  const sample = sampleOf(before, after, there);
  assertEquals([sample.lossIn, sample.lossOut, sample.bitrateOut], [0, 0.01, 100_000]);
  assertEquals(sampleOf(before, after, null).lossIn, 0.2);
  const full = reading(2_000, { voiceLost: 0.4 }, {});
  assertEquals(sampleOf(before, full, null).lossOut, 0.4, "the node's answer did not come in time");
  assertEquals(sampleOf(before, full, there).lossOut, 0.01);
  const few = reading(2_000, {}, { packetsIn: 101, packetsLost: 12 });
  assertEquals(sampleOf(before, few, null).lossIn, null, "two of three packets say nothing");
});

Deno.test("bars fall as each measurement gets worse, and a resting picture leaves one", () => {
  const fine = { rests: false, lesser: false };
  assertEquals(rate(GOOD, fine), 4);
  assertEquals(rate(GOOD, { ...fine, rests: true }), 1);
  const worse: Partial<Sample>[][] = [
    [300, 500, 800].map((roundTripMs) => ({ roundTripMs })),
    [0.03, 0.08, 0.2].map((lossIn) => ({ lossIn })),
    [0.03, 0.08, 0.2].map((lossOut) => ({ lossOut })),
    [60, 100, 200].map((jitterMs) => ({ jitterMs })),
  ];
  for (const steps of worse) {
    assertEquals(steps.map((change) => rate({ ...GOOD, ...change }, fine)), [3, 2, 1]);
  }
  const room = [400_000, 180_000, 20_000].map((availableOut) => ({ ...GOOD, availableOut }));
  assertEquals(room.map((sample) => rate(sample, fine)), [3, 2, 2]);
  const voice = { ...GOOD, pictureOut: null, availableOut: 90_000 };
  assertEquals(rate(voice, fine), 4, "a voice needs no more");
  const small = { ...GOOD, availableIn: 90_000 };
  assertEquals(rate(small, fine), 4, "a small view needs no more, and the node looks for no more");
  assertEquals(rate(small, { ...fine, lesser: true }), 2, "it does not get what it could show");
});

Deno.test("one odd measurement moves nothing", () => {
  assertEquals([steady([]), steady([1]), steady([4])], [null, null, null]);
  assertEquals([steady([1, 4]), steady([4, 1]), steady([1, 1])], [4, 4, 1]);
  assertEquals([steady([4, 4, 1]), steady([4, 1, 1]), steady([1, 1, 4])], [4, 1, 1]);
});

Deno.test("the verdict names whose network is weak", () => {
  const own: (Bars | null)[] = [null, 0, 1, 2, 3, 4];
  assertEquals(own.map((bars) => verdictOf(bars, null)), [
    "measuring",
    "broken_here",
    "weak_here",
    "weak_here",
    "fair",
    "good",
  ]);
  assertEquals([verdictOf(4, 2), verdictOf(3, 1), verdictOf(2, 2), verdictOf(4, 3)], [
    "weak_there",
    "weak_there",
    "weak_both",
    "fair",
  ]);
});

Deno.test("a side that was heard and is not heard at all is lost; one that is merely quiet is not", () => {
  const silent = (...heard: (number | null)[]) => isSilentThere(heard);
  assert(!silent() && !silent(9_000) && !silent(9_000, 9_000), "too little is known");
  assert(silent(1_000, 9_000, 9_000), "a voice stopped, and no check came either");
  assert(silent(1_000, 9_000, 9_100, 9_100), "just after a measurement");
  assert(!silent(8_900, 9_000, 9_000), "of a few checks one may be late");
  assert(silent(9_000, 9_000, 9_000));
  assert(!silent(1_000, 9_000, 9_001) && !silent(9_000, 9_000, 50), "it is back, or joined anew");
  assert(!silent(1_000, null, 9_000) && !silent(9_000, 9_000, null), "the node did not say");
  assertEquals([verdictOf(4, 0), verdictOf(0, 0)], ["broken_there", "broken_here"]);
});

Deno.test("pictures come in as many sizes as a camera is worth, none larger than can be shown", () => {
  const sent = (longest: number, top = 2, flow: PictureFlow = "flows") =>
    sizesOf(longest, top, flow).filter(({ active }) => active)
      .map(({ scaleResolutionDownBy }) => longest / scaleResolutionDownBy);
  assertEquals(sent(1280), [320, 640, 1280]);
  assertEquals(sent(640), [320, 640]);
  assertEquals(sent(320), [320]);
  assertEquals(sent(1280, 1), [320, 640]);
  assertEquals(sent(1280, 2, "rests"), []);
  assertEquals(sent(1280, 2, "tried"), [320, 640, 1280]);
  fc.assert(fc.property(fc.integer({ min: 1, max: 8000 }), fc.nat(2), (longest, top) => {
    const sizes = sizesOf(longest, top, "flows");
    assertEquals(sizes.length, MAX_SIZES, "what is negotiated stays as it is (M5)");
    const active = sizes.filter((size) => size.active);
    assert(active.length >= 1 && active.length <= top + 1);
    assert(active.reduce((sum, { maxBitrate }) => sum + maxBitrate, 0) <= 2_200_000);
  }));
});

Deno.test("the least size that looks sharp is asked for", () => {
  const ask = (pixels: number) => layerFor({ kind: "shown", pixels }, 3, 1280);
  assertEquals([ask(100), ask(360), ask(500), ask(740), ask(1100), ask(Infinity)], [
    0,
    0,
    1,
    1,
    2,
    2,
  ]);
  assertEquals(layerFor({ kind: "hidden" }, 3, 1280), 0);
  assertEquals(layerFor({ kind: "shown", pixels: 5000 }, 1, 1280), 0);
});

Deno.test("statistics of different browsers read alike; what one leaves out is not known", () => {
  const report = (rows: Record<string, unknown>[]) =>
    new Map(rows.map((row) => [String(row.id), row])) as unknown as RTCStatsReport;
  const chromium = readStats(report([
    { id: "T", type: "transport", selectedCandidatePairId: "P" },
    {
      id: "P",
      type: "candidate-pair",
      bytesSent: 10,
      bytesReceived: 20,
      requestsSent: 2,
      consentRequestsSent: 3,
      responsesReceived: 5,
      currentRoundTripTime: 0.05,
      availableOutgoingBitrate: 300_000,
      localCandidateId: "L",
    },
    { id: "L", type: "local-candidate", candidateType: "host", protocol: "udp" },
    { id: "C", type: "codec", mimeType: "video/VP8" },
    { id: "r0", type: "outbound-rtp", kind: "video", codecId: "C", active: true, packetsSent: 7 },
    {
      id: "r1",
      type: "outbound-rtp",
      kind: "video",
      codecId: "C",
      active: false,
      frameWidth: 1280,
      frameHeight: 720,
    },
  ]));
  assertEquals([chromium.checks, chromium.answers, chromium.roundTripMs], [5, 5, 50]);
  assertEquals([chromium.path, chromium.pictureCodec, chromium.picture], ["udp", "VP8", null]);
  const firefox = readStats(report([
    { id: "P", type: "candidate-pair", selected: true, localCandidateId: "L", bytesSent: 1 },
    { id: "L", type: "local-candidate", candidateType: "relay", protocol: "udp" },
    { id: "R", type: "remote-inbound-rtp", roundTripTime: 0.2 },
  ]));
  assertEquals([firefox.path, firefox.roundTripMs, firefox.availableOut], ["relay", 200, null]);
  const relayBehindNat = readStats(report([
    { id: "T", type: "transport", selectedCandidatePairId: "P" },
    { id: "P", type: "candidate-pair", localCandidateId: "L" },
    {
      id: "L",
      type: "local-candidate",
      candidateType: "prflx",
      protocol: "udp",
      relayProtocol: "tls",
    },
  ]));
  assertEquals(relayBehindNat.path, "relay");
  assertEquals(readStats(report([])), QUIET);
  const probed = readStats(report([
    { id: "i1", type: "inbound-rtp", kind: "audio", ssrc: 7, packetsReceived: 90, packetsLost: 1 },
    {
      id: "i2",
      type: "inbound-rtp",
      kind: "video",
      ssrc: 1234,
      packetsReceived: 8,
      packetsLost: 9,
    },
  ]));
  assertEquals([probed.packetsIn, probed.packetsLost], [90, 1], "the node's probes are no picture");
});

Deno.test("a graph ends at its right edge, under a round number", () => {
  assertEquals([ceiling([]), ceiling([1_000]), ceiling([1_001, 30]), ceiling([420_000])], [
    1_000,
    1_000,
    2_000,
    500_000,
  ]);
  assertEquals(line([5], 10, 140, 10), "");
  assertEquals(line([0, 10], 10, 140, 10), "M130.0 10.0L140.0 0.0");
  fc.assert(fc.property(fc.array(fc.nat(), { minLength: 2, maxLength: 60 }), (values) => {
    const points = line(values, ceiling(values), 300, 72).slice(1).split("L");
    assertEquals(points.length, values.length);
    assert(points.at(-1)?.startsWith("300.0 "));
    for (const point of points) {
      const [x = NaN, y = NaN] = point.split(" ").map(Number);
      assert(x >= 0 && x <= 300 && y >= 0 && y <= 72, point);
    }
  }));
});
