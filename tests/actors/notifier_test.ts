/** What waits to be pushed: its bound, and its order where several processes have something to say. */
import { assert, assertEquals } from "@std/assert";
import { Notifier } from "../../actors/notifier.ts";
import { divertLog } from "../../log/log.ts";
import type { PushMessage } from "../../protocol/push.ts";
import { PushSubscriptionStore } from "../../store/push_subscriptions.ts";
import { until } from "../support/waiting.ts";
import { Page } from "./page.ts";
import { RecordingPush } from "./stand_ins.ts";
import { gate, replaced, World } from "./world.ts";

/** As actors/notifier.ts has it. */
const MAX_LINES = 5_000;

Deno.test("5,000 pushes may wait; beyond, what is new is given up and said so, and nothing else", async () => {
  await using world = await World.open();
  const shed: unknown[] = [];
  using _log = divertLog(({ event }) => event === "push_shed" && shed.push(event));
  const slow = gate();
  const looked: string[] = [];
  const store = replaced(world.store("process"), {
    async device(id) {
      await slow.opened;
      looked.push(id);
      return null;
    },
  });
  const notifier = new Notifier({ push: new RecordingPush(), store, here: () => false });
  for (let at = 0; at < MAX_LINES; at++) notifier.notified(`device-${at}`, "one");
  assertEquals(shed.length, 0);
  notifier.notified("device-new", "one");
  assertEquals(shed.length, 1);
  // The newest under a tag that waits already takes its place.
  notifier.done("device-0", "one", null);
  assertEquals(shed.length, 1);
  slow.open();
  await notifier.idle();
  assertEquals(new Set(looked).size, MAX_LINES);
  assert(!looked.includes("device-new"));
  // There is room again.
  notifier.notified("device-new", "two");
  await notifier.idle();
  assertEquals([looked.at(-1), shed.length], ["device-new", 1]);
  await notifier.close();
});

/** A technician with a page, and a device whose browser takes pushes and whose pages are closed. */
async function people(world: World) {
  const technician = await world.technician();
  const device = (await world.device()).id;
  const keys = { p256dh: "p".repeat(87), auth: "a".repeat(22) };
  const endpoint = `https://fcm.googleapis.com/fcm/send/${device}`;
  const book = new PushSubscriptionStore(world.kv);
  await book.keep(device, { endpoint, keys, browser: "browser", language: "en" });
  return { technician, device, book };
}

Deno.test("[S8] a ring that a push service took only after another process said that all is over is taken off again", async () => {
  await using world = await World.open();
  const [one, two] = [await world.hub(), await world.hub()];
  const { technician, device, book } = await people(world);
  const [posting, taken] = [gate(), gate()];
  const send = world.push.send.bind(world.push);
  world.push.send = async (target, message) => {
    if (message.kind !== "ring") return await send(target, message);
    posting.open();
    await taken.opened;
    return await send(target, message);
  };
  const console = new Page("console-1").open((c) => one.connectTechnician(technician, c));
  const started = await console.must({ type: "session.start", device });
  assert("session" in started);
  await posting.opened;
  // Its technician ends it on another process, which says so first.
  assertEquals(await two.endSession(technician.technician.id, started.session), {});
  const told = () => world.push.told.map(({ message }) => message.kind);
  await until("it says so", told, (kinds) => kinds.includes("session_over"));
  taken.open();
  await until("all is said", told, (kinds) => kinds.length === 3);
  assertEquals(told(), ["session_over", "ring", "session_over"]);
  await until("nothing is on a screen", () => book.allShown(), (all) => all.length === 0);
});

Deno.test("[S8] a push is not tried again once it is not true any more", async () => {
  await using world = await World.open();
  const hub = await world.hub();
  const { technician, device } = await people(world);
  const asked = Promise.withResolvers<() => Promise<boolean>>();
  const sent = gate();
  const send = world.push.send.bind(world.push);
  world.push.send = async (target: Parameters<typeof send>[0], message: PushMessage) => {
    if (message.kind !== "ring" || target.still === undefined) return await send(target, message);
    asked.resolve(target.still);
    await sent.opened;
    return { taken: 0, failed: 0 };
  };
  const console = new Page("console-1").open((c) => hub.connectTechnician(technician, c));
  const started = await console.must({ type: "session.start", device });
  assert("session" in started);
  const still = await asked.promise;
  assertEquals(await still(), true);
  await console.must({ type: "session.end", session: started.session });
  assertEquals(await still(), false);
  sent.open();
});
