/** What a page may do on a node: its ticket, the administrator's word, its place in the room. */
import { assertEquals, assertNotEquals } from "@std/assert";
import { until } from "../support/waiting.ts";
import { opus, type RawPage, RawWorld, vp8 } from "./raw_page.ts";

function produce(transport: string, kind: "audio" | "video", ssrc = 1000) {
  const rtpParameters = kind === "audio" ? opus(ssrc) : vp8(ssrc);
  return { type: "produce", transport, kind, rtpParameters, paused: false };
}

/** Lets `page` receive what the other side sends. */
async function receive(page: RawPage): Promise<void> {
  const { rtpCapabilities } = await page.hears("joined");
  await page.idOf({ type: "transport", direction: "receive" });
  assertEquals(await page.verdict({ type: "capabilities", rtpCapabilities }), "ok");
}

Deno.test("[M1] a page sends only what its ticket allows", async () => {
  await using world = await RawWorld.open();
  const send = { voice: true, video: false };
  const { page, transport } = await world.sender({ send });
  assertEquals(await page.verdict(produce(transport, "video")), "video_off");
  assertEquals(await page.verdict(produce(transport, "audio")), "ok");
  const silent = await world.sender({ side: "technician", send: { voice: false, video: true } });
  assertEquals(await silent.page.verdict(produce(silent.transport, "audio")), "voice_off");
});

Deno.test("[M1] one voice and one picture per side, not two", async () => {
  await using world = await RawWorld.open();
  const { page, transport } = await world.sender();
  const first = await page.idOf(produce(transport, "audio"));
  assertEquals(await page.verdict(produce(transport, "audio", 2000)), "bad_request");
  assertEquals(await page.verdict({ type: "producer", producer: first, action: "close" }), "ok");
  assertEquals(await page.verdict(produce(transport, "audio", 2000)), "ok");
});

Deno.test("[M1] what is switched off stops at once and is refused until it is switched on", async () => {
  await using world = await RawWorld.open();
  const { page, transport } = await world.sender();
  const other = await world.joined({ side: "technician" });
  await receive(other);
  await page.idOf(produce(transport, "audio"));
  const video = await page.idOf(produce(transport, "video", 2000));
  const seen = await other.hears("consumer", 0);
  assertNotEquals(seen.consumer, "");

  world.gateway.restrict(world.session, { voice: true, video: false });
  assertEquals((await page.hears("producer_closed")).producer, video);
  assertEquals((await other.hears("consumer_changed")).change, "closed");
  assertEquals(await page.verdict(produce(transport, "video", 3000)), "video_off");
  // A fresh ticket does not help against the administrator.
  assertEquals(await page.verdict({ type: "renew", token: await world.token() }), "ok");
  assertEquals(await page.verdict(produce(transport, "video", 3000)), "video_off");

  world.gateway.restrict(world.session, { voice: true, video: true });
  assertEquals(await page.verdict(produce(transport, "video", 3000)), "ok");
});

Deno.test("[M1] a restriction holds for pages that come later", async () => {
  await using world = await RawWorld.open();
  const token = await world.token();
  world.gateway.restrict(world.session, { voice: false, video: false });
  const page = await world.page();
  page.raw(JSON.stringify({ type: "join", token }));
  await page.hears("joined");
  const transport = await page.idOf({ type: "transport", direction: "send" });
  assertEquals(await page.verdict(produce(transport, "audio")), "voice_off");
});

Deno.test("[M1] renewing takes a ticket for the same place only", async () => {
  await using world = await RawWorld.open();
  const send = { voice: true, video: false };
  const { page, transport } = await world.sender({ send });
  const renew = async (claims: Parameters<RawWorld["token"]>[0]) =>
    await page.verdict({ type: "renew", token: await world.token(claims) });
  assertEquals(await renew({ session: "another" }), "bad_ticket");
  assertEquals(await renew({ call: 2 }), "bad_ticket");
  assertEquals(await renew({ side: "technician" }), "bad_ticket");
  assertEquals(await renew({ client: "other-page" }), "bad_ticket");
  assertEquals(await page.verdict(produce(transport, "video")), "video_off");
  assertEquals(await renew({}), "ok");
  assertEquals(await page.verdict(produce(transport, "video")), "ok");
  // Narrower counts too, at once.
  assertEquals(await renew({ send }), "ok");
  await page.hears("producer_closed");
});

Deno.test("one page of a side: the newer one stays, the older one is told", async () => {
  await using world = await RawWorld.open();
  const first = await world.joined();
  const other = await world.joined({ side: "technician" });
  const second = await world.joined();
  assertEquals(await first.reason(), "replaced");
  assertEquals(await second.verdict({ type: "transport", direction: "send" }), "ok");
  assertEquals(await other.verdict({ type: "transport", direction: "send" }), "ok");
});

Deno.test("[A2] another session's producers and consumers are out of reach", async () => {
  await using world = await RawWorld.open();
  const { page, transport } = await world.sender();
  const producer = await page.idOf(produce(transport, "audio"));
  const stranger = await world.sender({ session: "stranger", side: "technician" });
  await receive(stranger.page);
  const close = { type: "producer", producer, action: "close" };
  assertEquals(await stranger.page.verdict(close), "bad_request");
  assertEquals(await stranger.page.verdict(produce(transport, "audio")), "bad_request");
  assertEquals(await stranger.page.verdict({ type: "restart_ice", transport }), "bad_request");
  assertEquals(stranger.page.heard.filter(({ type }) => type === "consumer"), []);
});

Deno.test("[S6] tickets of a call that is over, or was followed by another, open nothing", async () => {
  await using world = await RawWorld.open();
  const late = [await world.token(), await world.token(), await world.token({ call: 2 })];
  const page = await world.joined();
  world.gateway.closeRoom(world.session);
  assertEquals(await page.reason(), "call_over");
  const again = await world.page();
  again.raw(JSON.stringify({ type: "join", token: late[0] }));
  assertEquals(await again.reason(), "bad_ticket");
  const next = await world.joined({ call: 3 });
  for (const token of late.slice(1)) {
    const stale = await world.page();
    stale.raw(JSON.stringify({ type: "join", token }));
    assertEquals(await stale.reason(), "bad_ticket");
  }
  assertEquals(await next.verdict({ type: "transport", direction: "send" }), "ok");
});

Deno.test("a later call of the session ends the one before", async () => {
  await using world = await RawWorld.open();
  const before = await world.joined();
  await world.joined({ call: 2, side: "technician" });
  assertEquals(await before.reason(), "call_over");
});

Deno.test("pages that come at the same moment meet in one room", async () => {
  await using world = await RawWorld.open();
  for (let call = 1; call <= 5; call++) {
    const [device, technician] = await Promise.all([
      world.joined({ call, side: "device" }),
      world.joined({ call, side: "technician" }),
    ]);
    for (const page of [device, technician]) {
      const present = () => page.heard.some((m) => m.type === "peer" && m.present);
      await until("the other page is there", present, (there) => there);
    }
  }
});
