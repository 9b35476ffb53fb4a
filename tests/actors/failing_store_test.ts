/** Stores that fail at awkward moments, and switches that change meanwhile. */
import { assert, assertEquals } from "@std/assert";
import { divertLog } from "../../log/log.ts";
import { EVERYTHING_ON } from "../../protocol/service.ts";
import { StoreFailed } from "../../store/store_failed.ts";
import { until } from "../support/waiting.ts";
import { Page } from "./page.ts";
import { TestClock } from "./stand_ins.ts";
import { gate, quietly, replaced, World } from "./world.ts";

Deno.test("[M1] what was switched off while nobody looked holds when somebody looks again", async () => {
  await using world = await World.open();
  const hub = await world.hub();
  const [who, device] = [await world.technician(), await world.device()];
  const console = new Page("console-1").open((c) => hub.connectTechnician(who, c));
  const phone = new Page("phone-01").open((c) => hub.connectDevice({ device: device.id }, c));
  const ack = await console.must({ type: "session.start", device: device.id });
  assert("session" in ack);
  const { session } = ack;
  await phone.until(() => phone.view(session) !== undefined);
  await phone.must({ type: "session.answer", session, as: "video" });
  await hub.close();
  await world.policy.setChatService({ ...EVERYTHING_ON, voice: false, video: false });
  const second = await world.hub();
  const back = new Page("phone-01").open((c) => second.connectDevice({ device: device.id }, c));
  await back.until(() => {
    const state = back.view(session)?.state;
    return state?.kind === "open" && state.call.kind === "none" &&
      state.call.last === "switched_off";
  });
});

Deno.test("[M1] a session whose store failed just then is kept to the switches a moment later", async () => {
  using _ = quietly();
  const clock = new TestClock();
  await using world = await World.open({ clock });
  const fails = { times: 0 };
  const hub = await world.hub((store) =>
    replaced(store, {
      sessions: {
        commit: (...step) =>
          fails.times-- > 0 ? Promise.reject(new StoreFailed()) : store.sessions.commit(...step),
      },
    })
  );
  const [who, device] = [await world.technician(), await world.device()];
  const console = new Page("console-1").open((c) => hub.connectTechnician(who, c));
  const phone = new Page("phone-01").open((c) => hub.connectDevice({ device: device.id }, c));
  const ack = await console.must({ type: "session.start", device: device.id });
  assert("session" in ack);
  const { session } = ack;
  await phone.until(() => phone.view(session) !== undefined);
  await phone.must({ type: "session.answer", session, as: "video" });
  fails.times = 3;
  await world.policy.setChatService({ ...EVERYTHING_ON, voice: false, video: false });
  const over = () => {
    const state = phone.view(session)?.state;
    return state?.kind === "open" && state.call.kind === "none";
  };
  await until("it was tried", () => fails.times, (left) => left < 3);
  assert(!over());
  await until("it is tried until it is taken", () => {
    clock.advance(1_000);
    return over();
  }, (now) => now);
});

Deno.test("[M1] a console that is still waiting for its list is not told that there are no devices", async () => {
  const slow = gate();
  await using world = await World.open();
  const hub = await world.hub((store) => ({
    ...store,
    directory: async () => {
      await slow.opened;
      return await store.directory();
    },
  }));
  const [who, device] = [await world.technician(), await world.device()];
  const phone = new Page("phone-01").open((c) => hub.connectDevice({ device: device.id }, c));
  const console = new Page("console-1").open((c) => hub.connectTechnician(who, c));
  await console.find((m) => m.type === "welcome" ? m : undefined);
  await world.policy.setChatService({ ...EVERYTHING_ON, video: false });
  await phone.find((m) => m.type === "device" && !m.available.video ? m : undefined);
  slow.open();
  const first = await console.find((m) => m.type === "devices" ? m : undefined);
  assertEquals(first.devices.map(({ id, available }) => [id, available.video]), [
    [device.id, false],
  ]);
});

Deno.test("[A3] what a store that fails keeps from being done is answered with busy, and is no fault of the program", async () => {
  const events: string[] = [];
  using _ = divertLog(({ event }) => events.push(event));
  await using world = await World.open();
  let fails = false;
  const hub = await world.hub((store) => ({
    ...store,
    device: (id) => fails ? Promise.reject(new StoreFailed()) : store.device(id),
  }));
  const [who, device] = [await world.technician(), await world.device()];
  const console = new Page("console-1").open((c) => hub.connectTechnician(who, c));
  await console.find((m) => m.type === "devices" ? m : undefined);
  fails = true;
  assertEquals(await console.refused({ type: "session.start", device: device.id }), "busy");
  assertEquals(events, []);
});

Deno.test("[S5] a store that fails at the hello sends the device's page back, never away for good", async () => {
  using _ = quietly();
  await using world = await World.open();
  let broken = true;
  const hub = await world.hub((store) =>
    replaced(store, {
      device: (id) => broken ? Promise.reject(new Error("no network")) : store.device(id),
    })
  );
  const device = await world.device();
  const open = () => new Page("phone-01").open((c) => hub.connectDevice({ device: device.id }, c));
  const first = open();
  await first.until(() => first.closedWith !== null);
  assertEquals(first.closedWith, "unavailable");
  broken = false;
  await open().find((f) => f.type === "welcome" ? f : undefined);
});

Deno.test("[S3] a device whose change could not be read rings a moment later", async () => {
  using log = quietly();
  const clock = new TestClock();
  await using world = await World.open({ clock });
  let broken = false;
  const hub = await world.hub((store) =>
    replaced(store, {
      sessions: {
        ofDevice: (id) =>
          broken ? Promise.reject(new Error("no network")) : store.sessions.ofDevice(id),
      },
    })
  );
  const device = await world.device();
  const phone = new Page("phone-01").open((c) => hub.connectDevice({ device: device.id }, c));
  await phone.find((f) => f.type === "device" ? f : undefined);
  broken = true;
  const failed = log.hearsUnread("a device");
  const elsewhere = await world.hub();
  const who = await world.technician();
  const console = new Page("console-1").open((c) => elsewhere.connectTechnician(who, c));
  const ack = await console.must({ type: "session.start", device: device.id });
  await failed;
  broken = false;
  clock.advance(1000);
  assert("session" in ack);
  await phone.until(() => phone.view(ack.session)?.state.kind === "ringing");
});

Deno.test("[M1] switches that could not be read hold a moment later; the process lives on", async () => {
  using log = quietly();
  const clock = new TestClock();
  await using world = await World.open({ clock });
  let broken = false;
  const failed = log.hearsUnread("the chat service's switches");
  const hub = await world.hub((store) =>
    replaced(store, {
      chatService: () => broken ? Promise.reject(new Error("no network")) : store.chatService(),
    })
  );
  const device = await world.device();
  const phone = new Page("phone-01").open((c) => hub.connectDevice({ device: device.id }, c));
  await phone.find((f) => f.type === "device" ? f : undefined);
  broken = true;
  await world.policy.setChatService({ ...EVERYTHING_ON, service: false });
  await failed;
  broken = false;
  clock.advance(1000);
  await phone.find((f) => f.type === "device" && f.status === "Disabled" ? f : undefined);
});
