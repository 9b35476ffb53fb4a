/** Pages that only try the ways to a node: what they may, how many, how long. */
import { assert, assertEquals } from "@std/assert";
import { opus, type RawPage, RawWorld } from "./raw_page.ts";

/** A certificate's hash as a browser has it; nobody connects here. */
const DTLS = {
  role: "client",
  fingerprints: [{ algorithm: "sha-256", value: Array(32).fill("AB").join(":") }],
};

async function probing(world: RawWorld, device = "device-1"): Promise<RawPage> {
  const page = await world.page();
  const { token } = await world.gateway.probeTicket(device);
  page.raw(JSON.stringify({ type: "join", token }));
  await page.hears("joined");
  return page;
}

Deno.test("a probe is told where the node listens, for UDP and for TCP", async () => {
  await using world = await RawWorld.open();
  const page = await probing(world);
  const joined = await page.hears("joined");
  assertEquals([joined.send, joined.rtpCapabilities], [{ voice: false, video: false }, {}]);
  const answer = await page.ask({ type: "probe", dtlsParameters: DTLS });
  assert(answer.type === "answer");
  const { iceCandidates, iceParameters, dtlsParameters } = answer.data;
  assert(Array.isArray(iceCandidates));
  assertEquals(iceCandidates.map(({ protocol }) => protocol).sort(), ["tcp", "udp"]);
  assert(iceParameters !== undefined && dtlsParameters !== undefined);
});

Deno.test("[A1] a probe sends and receives nothing, and has a few transports only", async () => {
  await using world = await RawWorld.open();
  const page = await probing(world);
  const forbidden = [
    { type: "capabilities", rtpCapabilities: {} },
    { type: "transport", direction: "send" },
    { type: "produce", transport: "t", kind: "audio", rtpParameters: opus(1), paused: false },
    { type: "tell", message: { type: "switch_camera" } },
  ];
  for (const request of forbidden) assertEquals(await page.verdict(request), "forbidden");
  assertEquals(await page.verdict({ type: "renew", token: await world.token() }), "bad_ticket");
  assertEquals(await page.verdict({ type: "probe", dtlsParameters: {} }), "bad_request");
  const probe = () => page.verdict({ type: "probe", dtlsParameters: DTLS });
  assertEquals([await probe(), await probe(), await probe()], ["ok", "ok", "bad_request"]);

  const caller = await world.joined();
  assertEquals(await caller.verdict({ type: "probe", dtlsParameters: DTLS }), "forbidden");
});

Deno.test("[A1] a probe's ticket is good once, and a device has one probe at a time", async () => {
  await using world = await RawWorld.open();
  const { token } = await world.gateway.probeTicket("device-1");
  const first = await world.page();
  first.raw(JSON.stringify({ type: "join", token }));
  await first.hears("joined");
  const again = await world.page();
  again.raw(JSON.stringify({ type: "join", token }));
  assertEquals(await again.reason(), "bad_ticket");

  const other = await probing(world, "device-2");
  const second = await probing(world);
  assertEquals(await first.reason(), "replaced");
  for (const page of [second, other]) {
    assertEquals(await page.verdict({ type: "probe", dtlsParameters: DTLS }), "ok");
  }
  await world.gateway.close();
  assertEquals(await second.reason(), "shutting_down");
});
