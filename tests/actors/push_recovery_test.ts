/** What a process that died left on the screens of devices is taken off by the next one. */
import { assert, assertEquals } from "@std/assert";
import { until } from "../support/waiting.ts";
import type { Session } from "../../protocol/session.ts";
import { sessionTag } from "../../protocol/push.ts";
import { PushSubscriptionStore } from "../../store/push_subscriptions.ts";
import { SessionStore } from "../../store/sessions.ts";
import { startWith } from "../../actors/start_session.ts";
import { EVERYTHING_ON } from "../../protocol/service.ts";
import { World } from "./world.ts";

Deno.test("[S8] a session that ended in a process that died leaves no notification on a screen", async () => {
  await using world = await World.open();
  const [lived, ended] = [await start(world), await start(world)];
  const subscriptions = new PushSubscriptionStore(world.kv);
  for (const { device, id } of [lived, ended]) {
    const keys = { p256dh: "p".repeat(87), auth: "a".repeat(22) };
    const endpoint = `https://fcm.googleapis.com/fcm/send/${device.id}`;
    await subscriptions.keep(device.id, { endpoint, keys, browser: device.id, language: "en" });
    await subscriptions.shown(device.id, sessionTag(id));
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
  assert(!("kind" in session));
  return session;
}
