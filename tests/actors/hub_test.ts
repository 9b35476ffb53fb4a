/** Hubs, pages and actors on a real Deno KV: one process and several (S, C, T, A rules). */
import { assert, assertEquals } from "@std/assert";
import { type Hub } from "../../actors/hub.ts";
import { EVERYTHING_ON } from "../../protocol/service.ts";
import { openHubStore } from "../../store/hub_store.ts";
import { openStores } from "../../store/mod.ts";
import { sessionKeys } from "../../store/keys.ts";
import { overlay, Page, TestClock, World } from "./world.ts";

type Technician = Awaited<ReturnType<World["technician"]>>;

function consolePage(hub: Hub, technician: Technician, client = "console-1", lastSeq = {}): Page {
  return new Page(client).open((c) => hub.connectTechnician(technician, c), lastSeq);
}

function devicePage(hub: Hub, device: { id: string }, client = "phone-01", lastSeq = {}): Page {
  return new Page(client).open((c) => hub.connectDevice({ device: device.id }, c), lastSeq);
}

async function start(page: Page, device: { id: string }): Promise<string> {
  const ack = await page.must({ type: "session.start", device: device.id });
  assert("session" in ack);
  return ack.session;
}

/** A session that is open, with a page on each side. */
async function openSession(world: World, hubs: { console: Hub; device: Hub }) {
  const [technician, device] = [await world.technician(), await world.device()];
  const console = consolePage(hubs.console, technician);
  const phone = devicePage(hubs.device, device);
  const session = await start(console, device);
  await phone.until(() => phone.view(session)?.state.kind === "ringing");
  await phone.must({ type: "session.answer", session, as: "text" });
  await console.until(() => console.view(session)?.state.kind === "open");
  return { technician, device, console, phone, session };
}

/** `kv`, which notes every key that is watched. */
function watchNoting(kv: Deno.Kv, watched: Deno.KvKey[]): Deno.Kv {
  const watch: Deno.Kv["watch"] = (keys) => {
    watched.push(...keys);
    return kv.watch(keys);
  };
  return overlay(kv, { watch });
}

async function everyKey(kv: Deno.Kv): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of kv.list({ prefix: [] })) keys.push(key.join("/"));
  return keys;
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

Deno.test("[C1] [C2] both sides write at once on two processes: exactly once, one order", async () => {
  await using world = await World.open();
  const [one, two] = [await world.hub(), await world.hub()];
  const { console, phone, session } = await openSession(world, { console: one, device: two });
  const COUNT = 60;
  const write = (page: Page) =>
    Promise.all(
      Array.from({ length: COUNT }, (_, i) =>
        page.must({ type: "text.send", session, n: i + 1, text: `${page.client} ${i + 1}` })),
    );
  await Promise.all([write(console), write(phone)]);
  for (const page of [console, phone]) {
    await page.until(() => page.messages(session).length >= 2 * COUNT);
    const messages = page.messages(session);
    assertEquals(messages.map((m) => m.seq), messages.map((_, i) => i + 1));
    for (const author of [console, phone]) {
      const ns = messages.filter((m) => m.client === author.client).map((m) => m.n);
      assertEquals(ns, Array.from({ length: COUNT }, (_, i) => i + 1));
    }
  }
  assertEquals(console.messages(session), phone.messages(session));
});

Deno.test("[C1] [C2] the same on a file, and it is all there after closing and opening it again", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/data/kv.sqlite3`;
  await Deno.mkdir(`${folder}/data`);
  let left: string[] = [];
  {
    await using world = await World.open({ path });
    const [one, two] = [await world.hub(), await world.hub()];
    const { console, phone, session } = await openSession(world, { console: one, device: two });
    await Promise.all([console, phone].map(async (page) => {
      for (let n = 1; n <= 20; n++) {
        await page.must({ type: "text.send", session, n, text: `${n}` });
      }
    }));
    for (const page of [console, phone]) {
      await page.until(() => page.messages(session).length === 40);
      assertEquals(
        page.messages(session).map((m) => m.seq),
        Array.from({ length: 40 }, (_, i) => i + 1),
      );
    }
  }
  {
    await using world = await World.open({ path });
    left = await everyKey(world.kv);
  }
  assertEquals(left.filter((key) => key.startsWith("message/")).length, 40);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("[C2] what a page says again after a crash gets the number of the first time", async () => {
  await using world = await World.open();
  const first = await world.hub();
  const { technician, console, session } = await openSession(world, {
    console: first,
    device: first,
  });
  const send = (n: number) => ({ type: "text.send" as const, session, n, text: `no. ${n}` });
  const answers = [await console.must(send(1)), await console.must(send(2))];
  await first.close();
  const again = consolePage(await world.hub(), technician, console.client);
  await again.until(() => again.view(session) !== undefined);
  assertEquals(again.view(session)?.outboxN, 2);
  const repeated = [await again.must(send(1)), await again.must(send(2))];
  assertEquals(
    repeated.map((a) => "seq" in a && a.seq),
    answers.map((a) => "seq" in a && a.seq),
  );
  assertEquals(again.messages(session).length, 2);
});

Deno.test("[C2] resume: a page that holds n messages gets the ones after, in order, in one path", async () => {
  await using world = await World.open();
  const hub = await world.hub();
  const { device, console, phone, session } = await openSession(world, {
    console: hub,
    device: hub,
  });
  phone.close();
  const COUNT = 180;
  for (let n = 1; n <= COUNT; n++) {
    await console.must({ type: "text.send", session, n, text: `no. ${n}` });
  }
  const back = devicePage(hub, device, "phone-01", { [session]: 40 });
  await back.until(() => back.messages(session).length === COUNT - 40);
  assertEquals(back.messages(session).map((m) => m.seq)[0], 41);
  assertEquals(back.messages(session).at(-1)?.seq, COUNT);
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

Deno.test("[C3] [C4] cursors reach the other side, never go back, never run ahead", async () => {
  await using world = await World.open();
  const [one, two] = [await world.hub(), await world.hub()];
  const { console, phone, session } = await openSession(world, { console: one, device: two });
  await console.must({ type: "text.send", session, n: 1, text: "one" });
  await console.must({ type: "text.send", session, n: 2, text: "two" });
  await phone.until(() => phone.messages(session).length === 2);
  await phone.must({ type: "text.cursor", session, received: 2, read: 1 });
  await console.until(() => console.view(session)?.cursors.device.received === 2);
  await phone.must({ type: "text.cursor", session, received: 1, read: 0 });
  await phone.must({ type: "text.cursor", session, received: 2, read: 2 });
  await console.until(() => console.view(session)?.cursors.device.read === 2);
  const ahead = { type: "text.cursor" as const, session, received: 3, read: 0 };
  assertEquals(await phone.refused(ahead), "bad_cursor");
});

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
