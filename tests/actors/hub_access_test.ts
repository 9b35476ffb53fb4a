/** Status, switches and access of hubs and pages on a real Deno KV (T, M and A rules). */
import { assert, assertEquals } from "@std/assert";
import { EVERYTHING_ON } from "../../protocol/service.ts";
import { TestClock } from "./stand_ins.ts";
import { World } from "./world.ts";
import { consolePage, devicePage, openSession, start } from "./hub_pages.ts";

Deno.test("[T1] [T3] [T4] [T5] the console's list follows what happens to a device", async () => {
  await using world = await World.open();
  const hub = await world.hub();
  const fresh = await world.devices.create("Till 9", world.clock.now());
  const technician = await world.technician();
  const console = consolePage(hub, technician);
  const row = () => {
    const rows = console.frames.flatMap((f) => f.type === "devices" ? f.devices : []);
    const latest = rows.filter(({ id }) => id === fresh.id).at(-1);
    return latest && `${latest.status}${latest.reachable ? ", reachable" : ""}`;
  };
  await console.until(() => row() === "Not Installed");
  assertEquals(
    await console.refused({ type: "session.start", device: fresh.id }),
    "device_not_installed",
  );
  const phone = devicePage(hub, fresh);
  await console.until(() => row() === "Disconnected, reachable");
  const session = await start(console, fresh);
  await console.until(() => row() === "Connected, reachable");
  phone.close();
  await console.until(() => row() === "Connected");
  await console.must({ type: "session.end", session });
  await console.until(() => row() === "Disconnected");
});

Deno.test("[T2] [M1] switching the service off reaches open pages in every process at once", async () => {
  await using world = await World.open();
  const [one, two] = [await world.hub(), await world.hub()];
  const { console, phone, session, device } = await openSession(world, {
    console: one,
    device: two,
  });
  await world.policy.setChatService({ ...EVERYTHING_ON, service: false });
  await phone.find((f) => f.type === "device" && f.status === "Disabled" ? f : undefined);
  await console.find((f) =>
    f.type === "devices" && f.devices.some((d) => d.id === device.id && d.status === "Disabled")
      ? f
      : undefined
  );
  const text = { type: "text.send" as const, session, n: 1, text: "hello" };
  assertEquals(await phone.refused(text), "text_off");
  await world.policy.setChatService(EVERYTHING_ON);
  await phone.until(() =>
    phone.frames.filter((f) => f.type === "device").at(-1)?.status === "Connected"
  );
  await phone.must(text);
});

Deno.test("[M1] switching video off in a call tells the pages and the media node", async () => {
  await using world = await World.open();
  const hub = await world.hub();
  const [technician, device] = [await world.technician(), await world.device()];
  const [console, phone] = [consolePage(hub, technician), devicePage(hub, device)];
  const session = await start(console, device);
  await phone.until(() => phone.view(session) !== undefined);
  await phone.must({ type: "session.answer", session, as: "video" });
  await world.policy.setChatService({ ...EVERYTHING_ON, video: false });
  await phone.until(() => {
    const state = phone.view(session)?.state;
    return state?.kind === "open" && state.call.kind === "active" &&
      state.call.sides.device.medium === "voice";
  });
  await phone.must({ type: "call.hangup", session });
  assertEquals(world.media.told, [
    "placed node",
    `restrict ${session} {"voice":true,"video":false}`,
    `close ${session} 1`,
  ]);
});

Deno.test("[A1] [A2] another device's session answers like one that does not exist", async () => {
  await using world = await World.open();
  const hub = await world.hub();
  const { session } = await openSession(world, { console: hub, device: hub });
  const stranger = devicePage(hub, await world.device("Till 5"), "phone-99");
  const other = consolePage(hub, await world.technician("Tom Berg"), "console-9");
  for (const page of [stranger, other]) {
    for (const id of [session, "no-such-session"]) {
      const send = { type: "text.send" as const, session: id, n: 1, text: "hi" };
      assertEquals(await page.refused(send), "session_ended");
      assertEquals(await page.refused({ type: "call.ticket", session: id }), "session_ended");
    }
  }
  assertEquals(stranger.frames.filter((f) => f.type === "devices" || f.type === "session"), []);
});

Deno.test("[A1] a ticket goes to the page that holds the call, and to no other", async () => {
  await using world = await World.open();
  const hub = await world.hub();
  const [technician, device] = [await world.technician(), await world.device()];
  const console = consolePage(hub, technician);
  const [phone, tablet] = [devicePage(hub, device), devicePage(hub, device, "tablet-1")];
  const session = await start(console, device);
  await phone.until(() => phone.view(session) !== undefined);
  assertEquals(await phone.refused({ type: "call.ticket", session }), "no_call");
  await phone.must({ type: "session.answer", session, as: "voice" });
  const ack = await phone.must({ type: "call.ticket", session });
  assert("ticket" in ack);
  assertEquals(JSON.parse(ack.ticket.token), {
    session,
    call: 1,
    move: 0,
    side: "device",
    client: "phone-01",
    send: { voice: true, video: true },
    node: "node",
  });
  await tablet.until(() => tablet.view(session)?.state.kind === "open");
  assertEquals(await tablet.refused({ type: "call.ticket", session }), "forbidden");
});

Deno.test("[A1] a page whose sign-in is gone is closed at once", async () => {
  await using world = await World.open();
  const technician = await world.technician();
  const console = consolePage(await world.hub(), technician);
  await console.find((f) => f.type === "welcome" ? f : undefined);
  await world.kv.delete(["sign_in", technician.signInHash]);
  await console.until(() => console.closedWith === "signed_out");
});

Deno.test("[A3] nonsense is refused with a code and ends nothing", async () => {
  await using world = await World.open();
  const hub = await world.hub();
  const { console, session } = await openSession(world, { console: hub, device: hub });
  const nonsense = [
    "not json",
    "[]",
    '{"type":"session.end"}',
    { type: "session.end", id: -1, session },
    { type: "session.end", id: 77, session, extra: true },
    { type: "text.send", id: 78, session, n: 1, text: 5 },
    { type: "text.cursor", id: 79, session, received: 1.5, read: 0 },
    "x".repeat(70_000),
  ];
  for (const frame of nonsense) console.raw(frame);
  await console.until(() =>
    console.frames.filter((f) => f.type === "rejected").length === nonsense.length
  );
  const refused = console.frames.flatMap((f) => f.type === "rejected" ? [`${f.code} ${f.id}`] : []);
  assertEquals(refused, [
    ...["null", "null", "null", "null", "77", "78", "79"].map((id) => `bad_frame ${id}`),
    "frame_too_large null",
  ]);
  await console.must({ type: "text.send", session, n: 1, text: "still working" });
});

Deno.test("[A3] a page that floods is refused first, closed when it goes on", async () => {
  const clock = new TestClock();
  await using world = await World.open({ clock });
  const phone = devicePage(await world.hub(), await world.device());
  await phone.find((f) => f.type === "welcome" ? f : undefined);
  for (let id = 1; phone.closedWith === null && id < 2000; id++) phone.raw({ type: "ping", id });
  assertEquals(phone.closedWith, "flooding");
  assert(phone.frames.some((f) => f.type === "rejected" && f.code === "rate_limited"));
});
