/** Calls between two real pages through a real node: what is sent is decoded at the other side. */
import { assert, assertEquals } from "@std/assert";
import { until } from "../support/waiting.ts";
import { World } from "./world.ts";

Deno.test("[M3] voice and video flow both ways", async () => {
  await using world = await World.open();
  const { technician, device } = await world.call("video");
  for (const person of [technician, device]) {
    await person.until("connected", ({ phase }) => phase === "connected");
    await person.seesMore();
    await person.hearsMore();
    const seen = await person.look();
    assert(seen.ownView && seen.remoteView && seen.remoteVoice && seen.peerPresent);
    assertEquals(seen.problem, null);
    assertEquals(seen.asked, ["audio+video"]);
    assertEquals(seen.reports, []);
  }
});

Deno.test("[M2] a voice call never opens a camera, and video can be added and taken away", async () => {
  await using world = await World.open();
  const { technician, device } = await world.call("voice");
  await technician.hearsMore();
  await device.hearsMore();
  const seen = await device.look();
  assertEquals(seen.asked, ["audio"]);
  assertEquals(seen.live, ["audio"]);
  assertEquals([seen.camera, seen.ownView, seen.remoteView], ["off", false, false]);

  await device.page.evaluate(() => call.setCamera(true));
  await technician.until("sees the device", ({ remoteView }) => remoteView);
  await technician.seesMore();
  assertEquals((await device.look()).reports, ["video"]);

  await device.page.evaluate(() => call.setCamera(false));
  await technician.until("sees nothing", ({ remoteView }) => !remoteView);
  const off = await device.look();
  assertEquals(off.live, ["audio"], "the camera's light is off");
  assertEquals(off.reports, ["video", "voice"]);
  await technician.hearsMore();
});

Deno.test("[M5] mute silences one voice and nothing else; nothing is negotiated", async () => {
  await using world = await World.open();
  const { technician, device } = await world.call("video");
  await Promise.all([technician.seesMore(), device.seesMore()]);
  const before = [await technician.look(), await device.look()];

  await device.page.evaluate(() => call.setMuted(true));
  const silent = await technician.untilSilent();
  const later = await technician.seesMore(silent, 40);
  assert(later.energy - silent.energy < 1e-4, `heard ${later.energy - silent.energy}`);
  assertEquals(later.audioPackets, silent.audioPackets);
  await device.hearsMore();
  assertEquals((await device.look()).reports, ["video muted"]);

  await device.page.evaluate(() => call.setMuted(false));
  await technician.hearsMore();
  const after = [await technician.look(), await device.look()];
  assertEquals(after.map(({ negotiations }) => negotiations), before.map((b) => b.negotiations));
  assertEquals(after[1]?.reports, ["video muted", "video"]);
});

Deno.test("[M5] camera off, on and switched: the voice goes on, nothing is negotiated", async () => {
  await using world = await World.open();
  const { technician, device } = await world.call("video");
  await Promise.all([technician.seesMore(), device.seesMore()]);
  const before = [await technician.look(), await device.look()];
  assertEquals(before[1]?.cameras, 3);

  await device.page.evaluate(() => call.setCamera(false));
  await technician.until("sees nothing", ({ remoteView }) => !remoteView);
  await technician.hearsMore();
  await device.page.evaluate(() => call.setCamera(true));
  await technician.until("sees again", ({ remoteView }) => remoteView);
  await technician.seesMore();

  // The second of Chromium's fake cameras measures depth: it has no picture to send.
  await device.page.evaluate(() => call.switchCamera());
  await technician.hearsMore();
  await device.page.evaluate(() => call.switchCamera());
  await technician.seesMore();
  await technician.hearsMore();
  const after = [await technician.look(), await device.look()];
  assertEquals(after.map(({ negotiations }) => negotiations), before.map((b) => b.negotiations));
  assertEquals(after[1]?.live.toSorted(), ["audio", "video"], "one microphone, one camera");
  assertEquals(after[1]?.reports, ["voice", "video"]);
});

Deno.test("[M1] video switched off stops at once, and voice goes on", async () => {
  await using world = await World.open();
  const { technician, device } = await world.call("video");
  await Promise.all([technician.seesMore(), device.seesMore()]);

  world.gateway.restrict(world.session, { voice: true, video: false });
  for (const person of [technician, device]) {
    const seen = await person.until("no picture", ({ remoteView, camera }) => {
      return !remoteView && camera === "off";
    });
    assertEquals([seen.problem, seen.live, seen.phase], ["refused", ["audio"], "connected"]);
    await person.hearsMore();
  }

  world.send = { voice: true, video: false };
  await device.page.evaluate(() => call.setCamera(true));
  const refused = await device.until("refused", ({ camera }) => camera === "off");
  assertEquals([refused.problem, refused.live], ["refused", ["audio"]]);
  assert(!(await technician.look()).remoteView);

  world.send = { voice: true, video: true };
  world.gateway.restrict(world.session, world.send);
  await device.page.evaluate(() => call.setCamera(true));
  await technician.until("sees again", ({ remoteView }) => remoteView);
  await technician.seesMore();
  assertEquals((await device.look()).problem, null);
});

Deno.test("[M1] a ticket without video is renewed when video is switched on", async () => {
  await using world = await World.open();
  world.send = { voice: true, video: false };
  const { technician, device } = await world.call("voice");
  await technician.hearsMore();
  world.send = { voice: true, video: true };
  await device.page.evaluate(() => call.setCamera(true));
  await technician.until("sees the device", ({ remoteView }) => remoteView);
  assertEquals((await device.look()).phase, "connected");
});

Deno.test("a page that reloads takes part again", async () => {
  await using world = await World.open();
  const { technician, device } = await world.call("video");
  await Promise.all([technician.seesMore(), device.seesMore()]);
  await device.reload();
  await technician.until("the device is gone", (seen) => !seen.peerPresent && !seen.remoteView);
  await device.join("video");
  await device.seesMore();
  await technician.seesMore();
  await technician.hearsMore();
  assertEquals((await technician.look()).problem, null);
});

Deno.test("a killed worker is replaced, and both pages come back by themselves", async () => {
  await using world = await World.open();
  const { technician, device } = await world.call("video");
  await Promise.all([technician.seesMore(), device.seesMore()]);
  const [pid] = world.gateway.workerPids;
  assert(pid !== undefined);
  const before = [await technician.look(), await device.look()];
  Deno.kill(pid, "SIGKILL");
  for (const [index, person] of [technician, device].entries()) {
    await person.until(
      "a new connection",
      (now) => now.negotiations > (before[index]?.negotiations ?? 0),
    );
    await person.until("connected", ({ phase }) => phase === "connected");
    const again = await person.look();
    await person.seesMore(again);
    await person.hearsMore(again);
  }
  assert(!world.gateway.workerPids.includes(pid));
});

Deno.test("[M5] a call that moves is joined at the other node before the first is left", async () => {
  await using world = await World.open();
  await using other = await world.secondNode();
  const { technician, device } = await world.call("video");
  const people = [technician, device];
  await Promise.all(people.map((person) => person.seesMore()));
  await technician.page.evaluate(() => call.setMuted(true));
  const before = await Promise.all(people.map((person) => person.look()));
  world.on = other.gateway;
  world.moves = 1;
  for (const { page } of people) await page.evaluate(() => call.follow(1));
  await until("the first node is left", () => world.gateway.load(), ({ peers }) => peers === 0);
  for (const [index, person] of people.entries()) {
    const now = await person.until("connected", ({ phase, peerPresent }) => {
      return phase === "connected" && peerPresent;
    });
    assertEquals(now.phases, before[index]?.phases, "it was never interrupted");
    assertEquals(now.asked, before[index]?.asked, "nothing was captured anew");
    await person.seesMore(now);
  }
  await technician.hearsMore();
  assertEquals((await technician.look()).muted, true);
  await device.untilSilent();
  // To be told where one is, or has been, is no reason to do anything.
  const rested = await device.look();
  await device.page.evaluate(() => [0, 1].forEach((moves) => call.follow(moves)));
  assertEquals((await device.seesMore(rested)).negotiations, rested.negotiations);
});

Deno.test("a second page of one side takes over from the first", async () => {
  await using world = await World.open();
  const { technician, device } = await world.call("video");
  await Promise.all([technician.seesMore(), device.seesMore()]);
  const other = await world.person("device");
  await other.join("video");
  const replaced = await device.until("replaced", ({ phase }) => phase === "failed");
  assertEquals([replaced.problem, replaced.live], ["refused", []]);
  await other.seesMore();
  await technician.seesMore();
});

Deno.test("[S6] when the call ends, pages let go of microphone and camera", async () => {
  await using world = await World.open();
  const { technician, device } = await world.call("video");
  await Promise.all([technician.seesMore(), device.seesMore()]);
  world.gateway.closeRoom(world.session);
  for (const person of [technician, device]) {
    const seen = await person.until("idle", ({ phase }) => phase === "idle");
    assertEquals([seen.live, seen.problem, seen.remoteView], [[], null, false]);
  }
  // The next call of the session is another room.
  world.callId = 2;
  await Promise.all([technician.join("voice", 2), device.join("voice", 2)]);
  await technician.hearsMore();
  await device.hearsMore();
});

Deno.test("leaving after preparing releases everything", async () => {
  await using world = await World.open();
  const device = await world.person("device");
  await device.page.evaluate(() => call.prepare("video"));
  assertEquals((await device.look()).live.toSorted(), ["audio", "video"]);
  await device.page.evaluate(() => call.leave());
  assertEquals((await device.look()).live, []);
});

Deno.test("a denied camera or a missing microphone never keeps a person out", async () => {
  await using world = await World.open();
  const technician = await world.person("technician");
  const device = await world.person("device");
  await technician.page.evaluate(() => void (globalThis.broken.video = "NotAllowedError"));
  await device.page.evaluate(() => void (globalThis.broken.audio = "NotFoundError"));
  await Promise.all([technician.join("video"), device.join("video")]);

  await device.hearsMore();
  await technician.seesMore();
  const [noCamera, noMicrophone] = [await technician.look(), await device.look()];
  assertEquals([noCamera.problem, noCamera.camera, noCamera.muted], ["camera", "off", false]);
  assertEquals([noMicrophone.problem, noMicrophone.camera], ["microphone", "on"]);
  assert(noMicrophone.muted);
  assertEquals(noCamera.reports, ["voice camera:denied"]);
  assertEquals(noMicrophone.reports, ["video muted microphone:missing"]);

  await device.page.evaluate(() => {
    delete globalThis.broken.audio;
    call.setMuted(false);
  });
  await technician.hearsMore();
  assertEquals((await device.look()).problem, null);
});

Deno.test("whoever can only watch and listen is connected, and so is who they watch", async () => {
  await using world = await World.open();
  const technician = await world.person("technician");
  const device = await world.person("device");
  await technician.page.evaluate(() => {
    globalThis.broken.audio = globalThis.broken.video = "NotAllowedError";
  });
  await technician.join("video");
  const alone = await technician.until("connected", ({ phase }) => phase === "connected");
  assertEquals([alone.problem, alone.muted, alone.camera], ["devices", true, "off"]);
  await device.join("video");
  await technician.seesMore();
  await technician.hearsMore();
  await device.until("connected", ({ phase }) => phase === "connected");
  for (const person of [technician, device]) {
    assertEquals((await person.look()).phases, ["idle", "connecting", "connected"]);
  }
});
