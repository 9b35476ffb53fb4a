/** What a page is sent of a picture: no more than it asks for, and no more than its network carries. */
import { assert, assertEquals } from "@std/assert";
import { World } from "./world.ts";
import { RawWorld, vp8 } from "./raw_page.ts";

Deno.test("a small view is sent a small picture, and the other side stops making a larger one", async () => {
  await using world = await World.open();
  const { technician, device } = await world.call("video");
  const show = (width: number) =>
    technician.page.evaluate((width) => {
      const video = document.querySelector("video");
      if (video === null) throw new Error("no video");
      video.style.width = `${width}px`;
    }, width);
  await show(640);
  await technician.until("the whole picture", ({ frameWidth }) => frameWidth === 640);
  await device.until("both sizes", ({ sent }) => sent.join() === "320,640");
  await show(200);
  await technician.until("the small one", ({ frameWidth }) => frameWidth === 320);
  const small = await device.until("one size", ({ sent }) => sent.join() === "320");
  await technician.seesMore();
  await show(640);
  await technician.until("the whole picture again", ({ frameWidth }) => frameWidth === 640);
  const after = await device.look();
  assertEquals(after.negotiations, small.negotiations, "nothing is negotiated for that (M5)");
});

Deno.test("a page that is hidden is sent no picture, but the voice; it sees again when it is shown", async () => {
  await using world = await World.open();
  const { technician } = await world.call("video");
  await technician.seesMore();
  const become = (state: "hidden" | "visible") =>
    technician.page.evaluate((state) => {
      Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, state);
  await become("hidden");
  let before = -1;
  await technician.until("no more frames", ({ frames }) => {
    const still = frames === before;
    before = frames;
    return still;
  });
  const hidden = await technician.hearsMore();
  assertEquals((await technician.look()).frames, hidden.frames);
  assert((await technician.look()).remoteView, "it is still there");
  await become("visible");
  await technician.seesMore();
});

Deno.test("[A3] layers and pauses are for the pictures a page is sent; anything else is refused", async () => {
  await using world = await RawWorld.open();
  const device = await world.joined();
  const { page: technician, transport } = await world.sender({
    side: "technician",
    client: "technician",
  });
  const { rtpCapabilities } = await device.hears("joined");
  await device.ask({ type: "capabilities", rtpCapabilities });
  await device.ask({ type: "transport", direction: "receive" });
  const produce = { type: "produce", transport, paused: false };
  await technician.ask({ ...produce, kind: "video", rtpParameters: vp8(1) });
  const { consumer } = await device.hears("consumer");
  const layers = { type: "layers", consumer, spatial: 0, temporal: 2 };
  const verdicts: Record<string, string> = {};
  const ask = async (what: string, request: Readonly<Record<string, unknown>>) =>
    verdicts[what] = await device.verdict(request);
  await ask("unknown", { ...layers, consumer: "nobody" });
  await ask("too many", { ...layers, spatial: 3 });
  await ask("negative", { ...layers, temporal: -1 });
  await ask("half", { ...layers, spatial: 0.5 });
  await ask("no pause of nobody", { type: "pause_consumer", consumer: "nobody" });
  assertEquals(verdicts, {
    "unknown": "bad_request",
    "too many": "bad_frame",
    "negative": "bad_frame",
    "half": "bad_frame",
    "no pause of nobody": "bad_request",
  });
  assertEquals(await technician.verdict({ ...layers }), "bad_request", "it is not its consumer");
  assertEquals(technician.heard.filter(({ type }) => type === "producer_layers"), []);
  assertEquals(await device.verdict({ type: "pause_consumer", consumer }), "ok");
  assertEquals(await device.verdict({ type: "resume_consumer", consumer }), "ok");
  assertEquals(await device.verdict(layers), "ok");
  assertEquals((await technician.hears("producer_layers")).spatial, 0);
  const measured = await device.ask({ type: "measure" });
  assert(measured.type === "answer");
  assertEquals(Object.keys(measured.data), [
    ...["lossUp", "lossUpThere", "availableDown", "heardThere"],
  ]);
  const { heardThere } = measured.data;
  assert(typeof heardThere === "number" && heardThere > 0);
  // Asking counts for who asks.
  const again = await device.ask({ type: "measure" });
  assertEquals(again.type === "answer" && again.data.heardThere, heardThere);
  await technician.ask({ type: "measure" });
  const later = await device.ask({ type: "measure" });
  assertEquals(later.type === "answer" && later.data.heardThere, heardThere + 1);
});
