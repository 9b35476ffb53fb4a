/** Sessions on hubs, pages and actors on a real Deno KV: one process and several (S rules). */
import { assert, assertEquals } from "@std/assert";
import { openHubStore } from "../../store/hub_store.ts";
import { openStores } from "../../store/mod.ts";
import { sessionKeys } from "../../store/keys.ts";
import { Page } from "./page.ts";
import { TestClock } from "./stand_ins.ts";
import { overlay, World } from "./world.ts";
import { consolePage, devicePage, everyKey, openSession, start } from "./hub_pages.ts";

/** `kv`, which notes every key that is watched. */
function watchNoting(kv: Deno.Kv, watched: Deno.KvKey[]): Deno.Kv {
  const watch: Deno.Kv["watch"] = (keys) => {
    watched.push(...keys);
    return kv.watch(keys);
  };
  return overlay(kv, { watch });
}

Deno.test("[S1] [A1] a device's page cannot start a session, whatever it sends", async () => {
  await using world = await World.open();
  const hub = await world.hub();
  const device = await world.device();
  const phone = devicePage(hub, device);
  assertEquals(await phone.refused({ type: "session.start", device: device.id }), "forbidden");
});

Deno.test("[S2] a second start is refused and names who holds the session", async () => {
  await using world = await World.open();
  const hub = await world.hub();
  const [device, maria, tom] = [
    await world.device(),
    await world.technician("Maria Keller"),
    await world.technician("Tom Berg"),
  ];
  await start(consolePage(hub, maria), device);
  const answer = await consolePage(hub, tom).ask({ type: "session.start", device: device.id });
  assert(answer.type === "rejected" && answer.code === "device_in_session");
  assertEquals(answer.message, "Maria Keller has a session with this device.");
  assertEquals(answer.holder, { name: "Maria Keller", you: false });
});

Deno.test("[S2] of many starts at once from several processes exactly one wins", async () => {
  await using world = await World.open();
  const hubs = [await world.hub(), await world.hub(), await world.hub()];
  const device = await world.device();
  const answers = await Promise.all(hubs.map(async (hub) => {
    const page = consolePage(hub, await world.technician());
    return await page.ask({ type: "session.start", device: device.id });
  }));
  assertEquals(answers.filter((answer) => answer.type === "ack").length, 1);
});

Deno.test("[S3] it rings on every open page; the first answer wins, also across processes", async () => {
  await using world = await World.open();
  const [one, two] = [await world.hub(), await world.hub()];
  const [technician, device] = [await world.technician(), await world.device()];
  const phone = devicePage(one, device, "phone-01");
  const tablet = devicePage(two, device, "tablet-1");
  const session = await start(consolePage(one, technician), device);
  for (const page of [phone, tablet]) {
    await page.until(() => page.view(session)?.state.kind === "ringing");
  }
  const answers = await Promise.all([
    phone.ask({ type: "session.answer", session, as: "voice" }),
    tablet.ask({ type: "session.reject", session }),
  ]);
  assertEquals(answers.filter((answer) => answer.type === "ack").length, 1);
  if (answers[0].type === "ack") {
    await tablet.until(() => tablet.view(session)?.state.kind === "open");
    const state = tablet.view(session)?.state;
    assert(state?.kind === "open" && state.answeredBy === "phone-01");
  } else {
    await phone.find((frame) => frame.type === "ended" ? frame : undefined);
  }
});

Deno.test("[S4] after the ringing time the session waits; nothing ends", async () => {
  const clock = new TestClock();
  await using world = await World.open({ clock });
  const hub = await world.hub();
  const [technician, device] = [await world.technician(), await world.device()];
  const console = consolePage(hub, technician);
  const session = await start(console, device);
  await console.until(() => console.view(session) !== undefined);
  clock.advance(60_000);
  await console.until(() => console.view(session)?.state.kind === "waiting");
});

Deno.test("[S4] ringing that ran out while no process looked is found out on the next look", async () => {
  const clock = new TestClock();
  await using world = await World.open({ clock });
  const [technician, device] = [await world.technician(), await world.device()];
  const first = await world.hub();
  const session = await start(consolePage(first, technician), device);
  await first.close();
  clock.advance(3_600_000);
  const phone = devicePage(await world.hub(), device);
  await phone.until(() => phone.view(session)?.state.kind === "ringing");
  clock.advance(0);
  await phone.until(() => phone.view(session)?.state.kind === "waiting");
});

Deno.test("[S5] [C2] everybody away and the process gone: the session and its text are still there", async () => {
  await using world = await World.open();
  const first = await world.hub();
  const { technician, device, console, session } = await openSession(world, {
    console: first,
    device: first,
  });
  await console.must({ type: "text.send", session, n: 1, text: "Still here?" });
  await first.close();
  assertEquals(console.closedWith, "shutting_down");
  const second = await world.hub();
  const phone = devicePage(second, device, "phone-02");
  await phone.until(() => phone.messages(session).length === 1);
  assertEquals(phone.messages(session)[0]?.text, "Still here?");
  const back = consolePage(second, technician);
  const welcome = await back.find((f) => f.type === "welcome" ? f : undefined);
  assertEquals(welcome.sessions, [session]);
});

Deno.test("[S7] [S8] after the end commands are refused and no key knows the session", async () => {
  await using world = await World.open();
  const [one, two] = [await world.hub(), await world.hub()];
  const { console, phone, session } = await openSession(world, { console: one, device: two });
  for (let n = 1; n <= 30; n++) {
    await console.must({ type: "text.send", session, n, text: `secret ${n}` });
  }
  await phone.until(() => phone.messages(session).length === 30);
  await console.must({ type: "session.end", session });
  await phone.find((f) => f.type === "ended" && f.session === session ? f : undefined);
  assertEquals(
    await phone.refused({ type: "text.send", session, n: 1, text: "hello?" }),
    "session_ended",
  );
  assertEquals(await console.refused({ type: "session.end", session }), "session_ended");
  assertEquals((await everyKey(world.kv)).filter((key) => key.includes(session)), []);
});

Deno.test("[S8] a crash between the end and the erasing is finished at the next start", async () => {
  await using world = await World.open();
  const hub = await world.hub();
  const { console, device, session } = await openSession(world, { console: hub, device: hub });
  await console.must({ type: "text.send", session, n: 1, text: "secret" });
  const other = await openSession(world, { console: hub, device: hub });
  await other.console.must({ type: "text.send", session: other.session, n: 1, text: "stays" });
  await hub.close();
  // What the end commits before the rest is erased; then the process dies.
  await world.kv.atomic().delete(sessionKeys.head(session))
    .delete(sessionKeys.ofDevice(device.id)).commit();
  await world.hub();
  const left = await everyKey(world.kv);
  assertEquals(left.filter((key) => key.startsWith(`message/${session}`)), []);
  assertEquals(left.filter((key) => key.startsWith(`message/${other.session}`)).length, 1);
});

Deno.test("[S3] [C2] [S7] a process alone with its database does all of it without doorbells", async () => {
  await using world = await World.open();
  const keys: Deno.KvKey[] = [];
  const kv = watchNoting(world.kv, keys);
  const hub = await world.hub(() =>
    openHubStore(kv, openStores(kv), "alone", Date.now, { alone: true })
  );
  const { technician, device, console, phone, session } = await openSession(world, {
    console: hub,
    device: hub,
  });
  const tablet = devicePage(hub, device, "tablet-1");
  const write = async (page: Page, from: number, to: number) => {
    for (let n = from; n <= to; n++) {
      await page.must({ type: "text.send", session, n, text: `no. ${n}` });
    }
  };
  await Promise.all([write(console, 1, 10), write(phone, 1, 10)]);
  console.close();
  await write(phone, 11, 15);
  const held = console.messages(session).length;
  const again = consolePage(hub, technician, console.client, { [session]: held });
  await again.until(() => held + again.messages(session).length === 25);
  await tablet.until(() => tablet.messages(session).length === 25);
  assertEquals(
    tablet.messages(session).map((m) => m.seq),
    Array.from({ length: 25 }, (_, i) => i + 1),
  );
  await again.must({ type: "session.end", session });
  for (const page of [phone, tablet]) {
    await page.find((m) => m.type === "ended" ? m.session : undefined);
    assertEquals(
      await page.refused({ type: "text.send", session, n: 16, text: "late" }),
      "session_ended",
    );
  }
  assertEquals(keys.filter(([name]) => name === "session"), []);
});
