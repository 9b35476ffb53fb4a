/** What the two pages of a call tell each other, past the web processes. */
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { PeerExchange } from "../../client/call/peer_talk.ts";
import type { PeerMessage } from "../../protocol/peer_messages.ts";
import { RawWorld } from "./raw_page.ts";

const ASK = { type: "switch_camera" } as const;
const BARS = { type: "quality", bars: 2, sendsPaused: false, receivesPaused: true } as const;

Deno.test("[A1] the node passes on what a page may say, to the other page of that call only", async () => {
  await using world = await RawWorld.open();
  const device = await world.joined();
  const alone = await device.ask({ type: "tell", message: BARS });
  assertEquals(alone.type === "answer" && alone.data, { delivered: false });

  const technician = await world.joined({ side: "technician", client: "technician" });
  const stranger = await world.joined({ session: crypto.randomUUID() });
  const told = await technician.ask({ type: "tell", message: ASK });
  assertEquals(told.type === "answer" && told.data, { delivered: true });
  assertEquals((await device.hears("told")).message, ASK);
  assertEquals(await device.verdict({ type: "tell", message: BARS }), "ok");
  assertEquals((await technician.hears("told")).message, BARS);
  assertEquals(stranger.heard.filter(({ type }) => type === "told"), []);
});

Deno.test("[A1] [A3] what a side may not say, or nobody can read, is refused and passed on to nobody", async () => {
  await using world = await RawWorld.open();
  const device = await world.joined();
  const technician = await world.joined({ side: "technician", client: "technician" });
  assertEquals(await device.verdict({ type: "tell", message: ASK }), "forbidden");
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ maxDepth: 2 }), async (message) => {
      assertEquals(await device.verdict({ type: "tell", message }), "bad_frame");
    }),
    { numRuns: 20 },
  );
  assertEquals(await device.verdict({ type: "tell", message: { ...BARS, more: 1 } }), "bad_frame");
  assertEquals(await device.verdict({ type: "tell", message: BARS }), "ok");
  await technician.hears("told");
  assertEquals(technician.heard.filter(({ type }) => type === "told").length, 1);
});

Deno.test("a page hears messages by their type until it no longer listens", () => {
  const sent: PeerMessage[] = [];
  const exchange = new PeerExchange((message) => Promise.resolve(sent.push(message) > 0));
  const heard: number[] = [];
  const stop = exchange.on("quality", ({ bars }) => heard.push(bars));
  exchange.hear(BARS);
  exchange.hear(ASK);
  stop();
  exchange.hear(BARS);
  assertEquals(heard, [2]);
});

Deno.test("[M1] nothing is shown where video is switched off, whatever the pages say", async () => {
  await using world = await RawWorld.open();
  const technician = await world.joined({ side: "technician", client: "technician" });
  const device = await world.joined();
  const point = { type: "show_pointer", at: [5_000, 2_500] };
  const part = { type: "picture_part", picture: "p1", copy: 7, part: 0, data: "AAAA" };
  assertEquals(await device.verdict({ type: "tell", message: point }), "forbidden");
  assertEquals(await technician.verdict({ type: "tell", message: point }), "ok");
  assertEquals(await device.verdict({ type: "tell", message: part }), "ok");
  world.gateway.restrict(world.session, { voice: true, video: false });
  assertEquals(await technician.verdict({ type: "tell", message: point }), "video_off");
  assertEquals(await device.verdict({ type: "tell", message: part }), "video_off");
  assertEquals(await device.verdict({ type: "tell", message: BARS }), "ok");
});
