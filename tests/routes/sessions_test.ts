import { assertEquals } from "@std/assert";
import { divertLog } from "../../log/log.ts";
import { isRejection, reject } from "../../protocol/errors.ts";
import { EVERYTHING_ON } from "../../protocol/service.ts";
import { startSession } from "../../protocol/session.ts";
import { SessionStore } from "../../store/sessions.ts";
import { StoreFailed } from "../../store/store_failed.ts";
import { addDevice, type Browser, enroll, inviteTechnician, setUp } from "../support/browser.ts";
import { openTestApp, type TestApp } from "../support/test_app.ts";

Deno.test("[S5] [A1] [A2] a technician ends the own session by HTTP; to others there is none", async () => {
  await using app = await openTestApp();
  const ada = await setUp(app);
  const bob = await inviteTechnician(ada);
  const { id: device } = await addDevice(ada, "Phone");
  const phone = await enroll(ada, "Till 4");
  await open(app, "s1", device);

  assertEquals(await end(bob, "s1"), "session_ended");
  assertEquals(await end(ada, "never-was"), "session_ended");
  assertEquals(await end(ada, "x".repeat(3000)), "session_ended", "[A3] no key of the store's");
  assertEquals(await end(phone, "s1"), "forbidden");
  assertEquals((await new SessionStore(app.kv).load("s1"))?.session.state.kind, "ringing");

  assertEquals(await end(ada, "s1"), "ended");
  assertEquals(await new SessionStore(app.kv).load("s1"), null);
  assertEquals(await end(ada, "s1"), "session_ended");
});

Deno.test("[S5] an end that failed is not called an end: not where the store fails, nor on the way out", async () => {
  using _ = divertLog(() => {});
  await using app = await openTestApp();
  const ada = await setUp(app);
  const { id: device } = await addDevice(ada, "Phone");
  await open(app, "s1", device);
  const { hub } = app.services;
  const endSession = hub.endSession.bind(hub);
  hub.endSession = () => Promise.resolve(reject("busy"));
  assertEquals(await end(ada, "s1"), "busy");
  hub.endSession = () => Promise.reject(new StoreFailed());
  assertEquals(await end(ada, "s1"), "busy");
  hub.endSession = endSession;
  await hub.close();
  assertEquals(await end(ada, "s1"), "busy");
  assertEquals((await new SessionStore(app.kv).load("s1"))?.session.state.kind, "ringing");
});

/** Ada starts a session with the device. */
async function open(app: TestApp, id: string, device: string): Promise<void> {
  const [ada] = await app.stores.technicians.list();
  if (ada === undefined) throw new Error("Ada is not there");
  const around = { now: 1, available: EVERYTHING_ON, node: null, ringFor: 60_000 };
  const session = startSession({
    id,
    device: { id: device, name: "Phone" },
    technician: { id: ada.id, name: ada.name },
    client: "page",
  }, around);
  if (isRejection(session)) throw new Error(session.code);
  await new SessionStore(app.kv).start(session);
}

async function end(who: Browser, session: string): Promise<string> {
  const answer = await who.api("DELETE", `/api/sessions/${session}`);
  if (answer.status === 204) return "ended";
  return (await answer.json()).code;
}
