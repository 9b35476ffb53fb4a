/** Text between hubs, pages and actors on a real Deno KV: one process and several (C rules). */
import { assertEquals } from "@std/assert";
import { Page } from "./page.ts";
import { World } from "./world.ts";
import { consolePage, devicePage, everyKey, openSession } from "./hub_pages.ts";

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
