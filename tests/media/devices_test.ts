/** What systems do to the microphones and cameras of a call, between two real pages (M4). */
import { assert, assertEquals } from "@std/assert";
import { World } from "./world.ts";

Deno.test("[M4] a muted microphone on a phone silences both directions until a tap", async () => {
  await using world = await World.open();
  const { technician, device } = await world.call("video", true);
  await Promise.all([technician.hearsMore(), device.hearsMore(), technician.seesMore()]);

  await device.page.evaluate(() => systemMutes("audio", true));
  const interrupted = await device.until(
    "interrupted",
    (now) => now.interruption === "interrupted",
  );
  assertEquals(interrupted.reports, ["video microphone:phone_call"]);
  assert(!interrupted.listens, "the technician's voice does not disturb the carrier call");
  const silent = await technician.untilSilent();
  assertEquals([interrupted.muted, interrupted.problem], [false, null], "nobody muted themself");

  await device.page.evaluate(() => systemMutes("audio", false));
  const resumable = await device.until("resumable", (now) => now.interruption === "resumable");
  assert(!resumable.listens);
  const later = await technician.seesMore(silent, 30);
  assertEquals(later.audioPackets, silent.audioPackets, "nobody is heard again without a tap");

  await device.page.evaluate(() => call.resume());
  const back = await technician.hearsMore(later).then(() => device.look());
  assertEquals([back.interruption, back.listens], ["active", true]);
  assertEquals(back.reports, ["video microphone:phone_call", "video"]);
  assertEquals(back.asked, ["audio+video"], "a microphone that was given back is not asked for");
  assertEquals(back.negotiations, interrupted.negotiations);
});

Deno.test("[M4] a microphone that is not given back is opened anew; one's own mute stays", async () => {
  await using world = await World.open();
  const { technician, device } = await world.call("voice", true);
  await technician.hearsMore();
  await device.page.evaluate(() => {
    call.setMuted(true);
    systemInterrupts(true);
    systemMutes("audio", true);
  });
  const { using } = await device.until("interrupted", (now) => now.interruption === "interrupted");
  await device.page.evaluate((microphone) => {
    unplug(microphone);
    unplug(null);
  }, using.audio);
  const ended = await device.look();
  assertEquals([ended.asked, ended.live], [["audio"], []], "a dead microphone waits for the tap");
  await device.page.evaluate(() => systemInterrupts(false));
  await device.until("resumable", ({ interruption }) => interruption === "resumable");
  await device.page.evaluate(() => call.resume());
  const muted = await device.look();
  assertEquals([muted.interruption, muted.muted, muted.listens], ["active", true, true]);
  assertEquals(muted.asked, ["audio", "audio"]);
  assertEquals(muted.live, ["audio"], "the dead microphone was closed");
  await device.page.evaluate(() => call.setMuted(false));
  await technician.hearsMore();
  assertEquals((await device.look()).reports.at(-1), "voice");
});

Deno.test("[M4] the system's own word about the page's sound counts at once", async () => {
  await using world = await World.open();
  const technician = await world.person("technician");
  const device = await world.person("device");
  await device.page.addInitScript(() => {
    const session = Object.assign(new EventTarget(), { type: "auto", state: "active" });
    Object.defineProperty(navigator, "audioSession", { value: session });
    Object.assign(globalThis, {
      says: (state: string) =>
        Object.assign(session, { state }).dispatchEvent(new Event("statechange")),
    });
  });
  await device.reload();
  await Promise.all([technician.join("voice"), device.join("voice")]);
  await technician.hearsMore();
  await device.page.evaluate(() => says("interrupted"));
  const now = await device.look();
  assertEquals([now.interruption, now.listens], ["interrupted", false]);
  await device.page.evaluate(() => call.resume());
  assertEquals((await device.look()).interruption, "interrupted", "a tap in vain");
  await device.page.evaluate(() => says("active"));
  assertEquals((await device.look()).interruption, "resumable");
  await device.page.evaluate(() => call.resume());
  await technician.hearsMore();
});

Deno.test("on a computer a muted microphone is a switch: the other voice goes on", async () => {
  await using world = await World.open();
  const { technician, device } = await world.call("voice");
  await technician.hearsMore();
  await device.page.evaluate(() => systemMutes("audio", true));
  const paused = await device.until("paused", ({ problem }) => problem === "microphone");
  assertEquals([paused.interruption, paused.listens], ["active", true]);
  assertEquals(paused.reports, ["voice microphone:paused"]);
  await device.hearsMore();
  await device.page.evaluate(() => systemMutes("audio", false));
  const back = await device.until("back", ({ problem }) => problem === null);
  assertEquals(back.reports, ["voice microphone:paused", "voice"]);
});

Deno.test("[M4] a camera the system pauses shows nothing, and comes back by itself", async () => {
  await using world = await World.open();
  const { technician, device } = await world.call("video", true);
  await technician.seesMore();
  await device.page.evaluate(() => systemMutes("video", true));
  await technician.until("no picture", ({ remoteView }) => !remoteView);
  const paused = await device.look();
  assertEquals([paused.problem, paused.interruption], ["camera", "active"]);
  assertEquals(paused.reports, ["video camera:paused"]);
  await technician.hearsMore();
  await device.page.evaluate(() => systemMutes("video", false));
  await technician.seesMore();
  const back = await device.look();
  assertEquals([back.problem, back.asked], [null, ["audio+video"]]);
  assertEquals(back.reports, ["video camera:paused", "video"]);
});

Deno.test("an unplugged microphone or camera is replaced, and taken again when it is back", async () => {
  await using world = await World.open();
  const { technician, device } = await world.call("video");
  for (const person of [technician, device]) await person.seesMore(await person.hearsMore());
  const { negotiations } = await device.look();
  const headset = "Fake Audio Input 1";
  await device.page.evaluate(async (headset) => {
    const devices = await navigator.mediaDevices.enumerateDevices();
    const id = devices.find(({ label }) => label === headset)?.deviceId;
    if (id === undefined || !await call.useMicrophone(id)) throw new Error("no headset");
  }, headset);
  assertEquals((await device.look()).using.audio, headset);

  await device.page.evaluate((headset) => unplug(headset), headset);
  const without = await device.until("another", ({ replaced }) => replaced !== null);
  assertEquals(without.using.audio, without.replaced);
  assert(without.replaced !== headset);
  await technician.hearsMore();
  await device.page.evaluate(() => unplug(null));
  const back = await device.until("back", ({ replaced }) => replaced === headset);
  assertEquals([back.using.audio, back.problem, back.muted], [headset, null, false]);
  await technician.hearsMore();

  const first = back.using.video;
  assert(await device.page.evaluate(() => call.switchCamera()));
  const second = (await device.look()).using.video;
  assert(second !== null && second !== first);
  await device.page.evaluate((second) => unplug(second), second);
  await device.until("the first camera", ({ replaced }) => replaced === first);
  await technician.seesMore();
  await device.page.evaluate(() => unplug(null));
  await device.until("the second again", ({ replaced }) => replaced === second);
  assertEquals((await device.look()).live.toSorted(), ["audio", "video"], "one of each");
  assertEquals((await device.look()).negotiations, negotiations);
});

Deno.test("what was missing or busy is taken when it can be had, or in a tap", async () => {
  await using world = await World.open();
  const technician = await world.person("technician");
  const device = await world.person("device");
  await device.page.evaluate(() => {
    globalThis.broken.audio = "NotFoundError";
    globalThis.broken.video = "NotReadableError";
  });
  await Promise.all([technician.join("voice"), device.join("video")]);
  const alone = await device.until("told", ({ reports }) => reports.length > 0);
  assertEquals(alone.reports, ["voice muted microphone:missing camera:busy"]);
  assertEquals(alone.trouble, { microphone: "missing", camera: "busy" });

  await device.page.evaluate(() => {
    delete globalThis.broken.audio;
    unplug(null); // Something was plugged in.
  });
  await technician.hearsMore();
  const heard = await device.look();
  assertEquals([heard.muted, heard.trouble], [false, { camera: "busy" }]);
  await device.page.evaluate(() => {
    delete globalThis.broken.video;
    return call.retry();
  });
  await technician.seesMore();
  const whole = await device.look();
  assertEquals([whole.problem, whole.reports.at(-1)], [null, "video"]);
});

Deno.test("[M5] a camera that cannot be switched is shown again, and the voice goes on", async () => {
  await using world = await World.open();
  const { technician, device } = await world.call("video");
  for (const person of [technician, device]) await person.seesMore(await person.hearsMore());
  const before = await device.look();
  const switched = await device.page.evaluate(() => {
    const capture = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = (wanted) =>
      JSON.stringify(wanted).includes("exact")
        ? Promise.reject(new DOMException("held by another app", "NotReadableError"))
        : capture(wanted);
    return call.switchCamera();
  });
  assertEquals(switched, false);
  const after = await device.until("shown again", ({ camera }) => camera === "on");
  assertEquals([after.using.video, after.problem], [before.using.video, null]);
  assertEquals([after.negotiations, after.live.length], [before.negotiations, 2]);
  await technician.hearsMore(await technician.seesMore());
});
