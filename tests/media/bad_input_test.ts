/** [A3] Bad input: a stable code, nothing changed, and the connection goes on. */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { MAX_MEDIA_FRAME } from "../../protocol/media.ts";
import { opus, RawWorld } from "./raw_page.ts";
import { until } from "../support/waiting.ts";

Deno.test("[A3] unreadable frames are refused and the page can go on", async () => {
  await using world = await RawWorld.open();
  const page = await world.joined();
  const nonsense = ["", "{", "null", "[]", '"join"', '{"type":"join"}', '{"type":"drop_tables"}'];
  for (const frame of nonsense) {
    const from = page.heard.length;
    page.raw(frame);
    assertEquals((await page.hears("refused", from)).code, "bad_frame");
  }
  const from = page.heard.length;
  page.raw(new Uint8Array([1, 2, 3]));
  assertEquals((await page.hears("refused", from)).code, "bad_frame");
  page.raw("x".repeat(MAX_MEDIA_FRAME + 1));
  await page.hears("refused", from + 1);
  assertEquals(page.heard.at(-1), {
    type: "refused",
    id: null,
    code: "frame_too_large",
    message: "That request is too large.",
  });
  assertEquals(await page.verdict({ type: "transport", direction: "sideways" }), "bad_frame");
  assertEquals(await page.verdict({ type: "transport", direction: "send" }), "ok");
});

Deno.test("[A3] who has not joined is told so; a wrong ticket ends the connection", async () => {
  await using world = await RawWorld.open();
  const page = await world.page();
  assertEquals(await page.verdict({ type: "transport", direction: "send" }), "not_ready");
  page.raw(JSON.stringify({ type: "join", token: "no ticket" }));
  assertEquals(await page.reason(), "bad_ticket");
  const token = await world.token();
  for (const expected of ["joined", "bad_ticket"]) {
    const next = await world.page();
    next.raw(JSON.stringify({ type: "join", token }));
    if (expected === "joined") await next.hears("joined");
    else assertEquals(await next.reason(), expected);
  }
});

Deno.test("[A3] joining twice, and asking for what there is already, is refused", async () => {
  await using world = await RawWorld.open();
  const { page } = await world.sender();
  page.raw(JSON.stringify({ type: "join", token: await world.token() }));
  assertEquals((await page.hears("refused")).code, "bad_request");
  assertEquals(await page.verdict({ type: "transport", direction: "send" }), "bad_request");
  const { rtpCapabilities } = await page.hears("joined");
  assertEquals(
    await page.verdict({ type: "capabilities", rtpCapabilities: { codecs: 7 } }),
    "bad_request",
  );
  assertEquals(await page.verdict({ type: "capabilities", rtpCapabilities }), "ok");
  assertEquals(await page.verdict({ type: "capabilities", rtpCapabilities }), "bad_request");
});

Deno.test("[A3] nonsense for mediasoup is refused; worker, room and connection survive", async () => {
  await using world = await RawWorld.open();
  const { page, transport } = await world.sender();
  const pids = world.gateway.workerPids;
  const anything = fc.dictionary(
    fc.constantFrom(
      "codecs",
      "encodings",
      "role",
      "fingerprints",
      "mid",
      "rtcp",
      "headerExtensions",
    ),
    fc.jsonValue({ maxDepth: 3 }),
  );
  const kind = fc.constantFrom("audio", "video");
  await fc.assert(
    fc.asyncProperty(anything, kind, async (parameters, kind) => {
      const produce = {
        type: "produce",
        transport,
        kind,
        rtpParameters: parameters,
        paused: false,
      };
      const verdicts = [
        await page.verdict(produce),
        await page.verdict({ type: "connect", transport, dtlsParameters: parameters }),
      ];
      for (const verdict of verdicts) assert(["bad_request", "rate_limited"].includes(verdict));
    }),
    { numRuns: 15 },
  );
  assertEquals(world.gateway.workerPids, pids);
  const good = { type: "produce", transport, kind: "audio", rtpParameters: opus(1), paused: true };
  assertEquals(await page.verdict(good), "ok");
});

Deno.test("[A3] unknown ids are refused", async () => {
  await using world = await RawWorld.open();
  const { page } = await world.sender();
  const dtlsParameters = { role: "client", fingerprints: [] };
  for (
    const request of [
      { type: "connect", transport: "nobody", dtlsParameters },
      { type: "restart_ice", transport: "nobody" },
      { type: "producer", producer: "nobody", action: "pause" },
      { type: "resume_consumer", consumer: "nobody" },
      {
        type: "produce",
        transport: "nobody",
        kind: "audio",
        rtpParameters: opus(1),
        paused: false,
      },
    ]
  ) assertEquals(await page.verdict(request), "bad_request", request.type);
});

Deno.test("[A3] a flood is refused first, and ends the connection when it goes on", async () => {
  await using world = await RawWorld.open();
  const page = await world.joined();
  const other = await world.joined({ side: "technician" });
  for (let n = 0; n < 150; n++) page.raw("flood");
  await until("refused", () => page.heard, (heard) => {
    return heard.some((m) => m.type === "refused" && m.code === "rate_limited");
  });
  assertEquals(page.closed, null);
  // One after the other: frames that cross the close on their way would cut the line.
  while (page.closed === null) {
    const heard = page.heard.length;
    page.raw("flood");
    await until("refused or closed", () => page, (now) => {
      return now.closed !== null || now.heard.length > heard;
    });
  }
  assertEquals(page.closed, { code: 4000, reason: "flooding" });
  assertEquals(await other.verdict({ type: "transport", direction: "send" }), "ok");
});

Deno.test("a plain request to the socket's address is told what is spoken there", async () => {
  await using world = await RawWorld.open();
  const response = await fetch(`http://127.0.0.1:${world.server.addr.port}/media/socket`);
  assertEquals(response.status, 426);
  await response.body?.cancel();
});
