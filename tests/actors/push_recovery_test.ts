/** What a process that died left on the screens of devices is taken off by the next one. */
import { assert, assertEquals } from "@std/assert";
import { isRejection } from "../../protocol/errors.ts";
import { until } from "../support/waiting.ts";
import type { Session } from "../../protocol/session.ts";
import { sessionTag } from "../../protocol/push.ts";
import { PushSubscriptionStore } from "../../store/push_subscriptions.ts";
import { SessionStore } from "../../store/sessions.ts";
import { startWith } from "../../actors/start_session.ts";
import { EVERYTHING_ON } from "../../protocol/service.ts";
import { TestClock } from "./stand_ins.ts";
import { World } from "./world.ts";

Deno.test("[S8] a session that ended in a process that died leaves no notification on a screen", async () => {
  await using world = await World.open();
  const [lived, ended] = [await start(world), await start(world)];
  const subscriptions = new PushSubscriptionStore(world.kv);
  for (const { device, id } of [lived, ended]) {
    await subscribe(world, device.id);
    await subscriptions.shown(device.id, sessionTag(id), null);
  }
  // Its process ended it, and died before it could tell anybody.
  const sessions = new SessionStore(world.kv);
  const head = await sessions.load(ended.id);
  assert(head !== null && await sessions.end(head.version, head.session));

  world.push.goesTo = ended.device.id;
  const hub = await world.hub();
  const told = () => world.push.told.map(({ device, message }) => [device, message.kind]);
  await until("the push is sent", told, (all) => all.length > 0);
  assertEquals(told(), [[ended.device.id, "session_over"]]);
  assertEquals(await subscriptions.allShown(), [
    { device: lived.device.id, tag: sessionTag(lived.id) },
  ]);
  await hub.close();
});

Deno.test("[N2] [S3] what waits in a session, and a process that died did not bring, the next one brings once", async () => {
  const clock = new TestClock();
  await using world = await World.open({ clock });
  const { id, device } = await start(world);
  await subscribe(world, device.id);
  const told = () => world.push.told.map(({ message }) => message.kind);

  const next = await world.hub();
  assertEquals(told(), [], "its pages have time to come back");
  clock.advance(10_000);
  await until("the push is sent", told, (all) => all.length > 0);
  const noted = () => new PushSubscriptionStore(world.kv).whatIsShown(device.id, sessionTag(id));
  await until("it is noted", noted, (shown) => shown?.took === "ring");
  await next.close();

  const another = await world.hub();
  clock.advance(10_000);
  await another.close();
  assertEquals(told(), ["ring"]);
});

Deno.test("[S8] what could not be taken off a screen is taken off by the next process", async () => {
  await using world = await World.open();
  const { id, device } = await start(world);
  await subscribe(world, device.id);
  const subscriptions = new PushSubscriptionStore(world.kv);
  await subscriptions.shown(device.id, sessionTag(id), "ring");
  const sessions = new SessionStore(world.kv);
  const head = await sessions.load(id);
  assert(head !== null && await sessions.end(head.version, head.session));

  world.push.goesTo = device.id;
  world.push.takes = 0;
  const told = () => world.push.told.map(({ message }) => message.kind);
  const failing = await world.hub();
  await until("it is tried", told, (all) => all.length > 0);
  await failing.close();
  world.push.takes = 1;
  const next = await world.hub();
  await until("it is tried again", told, (all) => all.length > 1);
  const left = () => subscriptions.allShown();
  await until("nothing is on a screen", left, (all) => all.length === 0);
  assertEquals(told(), ["session_over", "session_over"]);
  await next.close();
});

async function subscribe(world: World, device: string): Promise<void> {
  const keys = { p256dh: "p".repeat(87), auth: "a".repeat(22) };
  const endpoint = `https://fcm.googleapis.com/fcm/send/${device}`;
  const subscription = { endpoint, keys, browser: device, language: "en" };
  assert(await new PushSubscriptionStore(world.kv).keep(device, subscription));
}

/** A technician starts a session with a device of its own. */
async function start(world: World): Promise<Session> {
  const device = await world.device();
  const { technician } = await world.technician();
  const around = { now: world.clock.now(), available: EVERYTHING_ON, node: null, ringFor: 60_000 };
  const session = await startWith(
    { device: (id) => world.devices.get(id), sessions: new SessionStore(world.kv) },
    { technician, device: device.id, client: "console-1" },
    () => around,
  );
  assert(!isRejection(session));
  return session;
}
