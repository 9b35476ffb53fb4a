/** The check of a device's equipment on the server: who may, how often, who sees it, what is kept. */
import { assertEquals } from "@std/assert";
import { type EquipmentReport, NOTHING_CHECKED } from "../../protocol/equipment.ts";
import { Page } from "./page.ts";
import { TestClock } from "./stand_ins.ts";
import { World } from "./world.ts";

const REPORT: EquipmentReport = { ...NOTHING_CHECKED, microphone: "missing", camera: "ok" };

/** A technician's page and a device's page on one process each. */
async function both(world: World) {
  const [device, technician] = [await world.device(), await world.technician()];
  const [one, other] = [await world.hub(), await world.hub()];
  const console = new Page("console-1").open((c) => one.connectTechnician(technician, c));
  const phone = new Page("phone-123").open((c) => other.connectDevice({ device: device.id }, c));
  await console.find((m) => m.type === "devices" ? m : undefined);
  await phone.find((m) => m.type === "device" ? m : undefined);
  return { device, console, phone, processOfDevice: other };
}

/** What the console shows of the device's equipment, once it is so. */
function shown(console: Page, id: string, report: EquipmentReport) {
  return console.find((m) => {
    if (m.type !== "devices") return undefined;
    const found = m.devices.find((row) => row.id === id)?.equipment;
    return found && found.microphone === report.microphone ? found : undefined;
  });
}

Deno.test("[A1] a device reports its equipment, technicians see the last report, nobody else reports", async () => {
  await using world = await World.open({ clock: new TestClock() });
  const { device, console, phone } = await both(world);
  await phone.must({ type: "equipment.report", report: REPORT });
  assertEquals(await shown(console, device.id, REPORT), { ...REPORT, at: world.clock.now() });

  const again: EquipmentReport = { ...REPORT, microphone: "ok" };
  await phone.must({ type: "equipment.report", report: again });
  await shown(console, device.id, again);
  assertEquals((await world.devices.get(device.id))?.equipment?.microphone, "ok");
  assertEquals(await console.refused({ type: "equipment.report", report: REPORT }), "forbidden");
  assertEquals(await console.refused({ type: "equipment.ticket" }), "forbidden");
});

Deno.test("[A3] a report with anything more in it, or anything else, is refused and changes nothing", async () => {
  await using world = await World.open();
  const { device, phone } = await both(world);
  for (
    const bad of [
      { ...REPORT, label: "Built-in microphone" },
      { ...REPORT, microphone: "great" },
      { ...REPORT, network: { ...REPORT.network, udp: "192.0.2.1" } },
      null,
    ]
  ) {
    phone.raw({ type: "equipment.report", id: 77, report: bad });
    const refused = await phone.find((m) => m.type === "rejected" ? m : undefined);
    assertEquals([refused.code, refused.id], ["bad_frame", 77]);
    phone.frames.length = 0;
  }
  assertEquals((await world.devices.get(device.id))?.equipment, undefined);
});

Deno.test("tickets to try the media node, and reports, are few and come back with time", async () => {
  const clock = new TestClock();
  await using world = await World.open({ clock });
  const { device, phone, processOfDevice } = await both(world);
  const first = await phone.must({ type: "equipment.ticket" });
  assertEquals("ticket" in first && first.ticket.token, `probe ${device.id}`);
  for (let n = 0; n < 3; n++) await phone.must({ type: "equipment.ticket" });
  assertEquals(await phone.refused({ type: "equipment.ticket" }), "rate_limited");
  // Coming back brings no new ones.
  phone.close();
  phone.open((c) => processOfDevice.connectDevice({ device: device.id }, c));
  assertEquals(await phone.refused({ type: "equipment.ticket" }), "rate_limited");
  clock.advance(15_000);
  await phone.must({ type: "equipment.ticket" });
  world.media.node = null;
  clock.advance(15_000);
  assertEquals(await phone.refused({ type: "equipment.ticket" }), "calls_unavailable");

  const report = () => phone.ask({ type: "equipment.report", report: REPORT });
  const codes: string[] = [];
  for (let n = 0; n < 21; n++) codes.push((await report()).type);
  assertEquals(codes.indexOf("rejected"), 20);
});

Deno.test("[A1] [S8] a technician's wish for a check reaches the device in another process and ends with the session", async () => {
  await using world = await World.open();
  const { device, console, phone } = await both(world);
  const started = await console.must({ type: "session.start", device: device.id });
  const session = "session" in started && typeof started.session === "string"
    ? started.session
    : "";
  assertEquals(await console.refused({ type: "equipment.ask", session }), "not_answered");
  await phone.until(() => phone.view(session) !== undefined);
  await phone.must({ type: "session.answer", session, as: "text" });
  assertEquals(await phone.refused({ type: "equipment.ask", session }), "forbidden");
  await console.until(() => console.view(session)?.state.kind === "open");
  await console.must({ type: "equipment.ask", session });
  await phone.until(() => phone.view(session)?.equipment === "asked");
  await phone.must({ type: "equipment.answer", session, answer: "started" });
  await console.until(() => console.view(session)?.equipment === "running");

  const other = await world.technician("Somebody else");
  const third = await world.hub();
  const stranger = new Page("stranger").open((c) => third.connectTechnician(other, c));
  await stranger.find((m) => m.type === "welcome" ? m : undefined);
  assertEquals(await stranger.refused({ type: "equipment.ask", session }), "session_ended");
  await console.must({ type: "session.end", session });
  assertEquals(await console.refused({ type: "equipment.ask", session }), "session_ended");
  for await (const { value } of world.kv.list({ prefix: [] })) {
    assertEquals(JSON.stringify(value, bigints)?.includes("running") ?? false, false);
  }
});

function bigints(_: string, value: unknown) {
  return typeof value === "bigint" ? Number(value) : value;
}
