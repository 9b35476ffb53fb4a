/**
 * WebKit's ways for the sound of a call, in Chromium: only what they are chosen by is faked, the sound
 * is real. Both go through WebAudio: an iPhone's earpiece, and any output but the system's on a Mac.
 */
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { ADMINISTRATOR, button, connect } from "./cast.ts";
import { hears, loudness, until } from "./look.ts";
import { DEVICE_HERTZ, enroll, setUp, signIn, Stage, TECHNICIAN_HERTZ } from "./people.ts";
import { Server } from "./server.ts";

const DEVICE = "Field iPhone";
const IPHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15 Version/18.4 Mobile/15E148 Safari/604.1";
const MAC =
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.4 Safari/605.1.15";

declare global {
  var bridges: Set<BaseAudioContext>;
  var session: EventTarget & { type: string; state: string };
  var unplugged: Set<string>;
}

/** What tells WebKit from other engines, and an iPhone's audio session (W3C Audio Session). */
function fakeWebKit(): void {
  Object.defineProperty(Navigator.prototype, "vendor", { get: () => "Apple Computer, Inc." });
  globalThis.session = Object.assign(new EventTarget(), { type: "auto", state: "active" });
  Object.defineProperty(navigator, "audioSession", { value: globalThis.session });
  globalThis.bridges = new Set();
  const { createMediaStreamDestination } = AudioContext.prototype;
  AudioContext.prototype.createMediaStreamDestination = function () {
    globalThis.bridges.add(this);
    return createMediaStreamDestination.call(this);
  };
  if (navigator.mediaDevices === undefined) return;
  globalThis.unplugged = new Set();
  const list = navigator.mediaDevices.enumerateDevices.bind(navigator.mediaDevices);
  navigator.mediaDevices.enumerateDevices = async () =>
    (await list()).filter(({ label }) => !globalThis.unplugged.has(label));
}

/** Waits until the page plays the call itself, or what WebAudio makes of it. */
async function plays(page: Page, what: "call" | "WebAudio"): Promise<void> {
  await until(page, (what) => {
    const stream = document.querySelector("audio")?.srcObject;
    if (!(stream instanceof MediaStream)) return false;
    const made = stream.getAudioTracks()[0]?.label === "MediaStreamAudioDestinationNode";
    return made === (what === "WebAudio");
  }, what);
}

/** The system stops the page's WebAudio, as it does in calls and in the background. */
async function stopWebAudio(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (const context of globalThis.bridges) await (context as AudioContext).suspend();
  });
}

async function sessionBecomes(page: Page, state: "interrupted" | "active"): Promise<void> {
  await page.evaluate((state) => {
    globalThis.session.state = state;
    globalThis.session.dispatchEvent(new Event("statechange"));
  }, state);
}

async function choose(page: Page, output: string): Promise<void> {
  await button(page, "Audio output").click();
  const wanted = page.getByRole("radio", { name: output });
  await wanted.click();
  // After a tap the choice closes by itself.
  await wanted.waitFor({ state: "detached" });
}

Deno.test("[M3] [M4] [M5] WebKit: the earpiece is one quiet speaker, outputs go through WebAudio; both survive interruptions, unplugging and reloads", async () => {
  await using stage = await Stage.open();
  const server = await Server.start(stage.data, ADMINISTRATOR);
  const mac = await (await stage.technicianBrowser()).newContext({ userAgent: MAC });
  const iphone = await (await stage.deviceBrowser()).newContext({
    ...{ userAgent: IPHONE, viewport: { width: 360, height: 740 }, hasTouch: true },
  });
  for (const context of [mac, iphone]) await context.addInitScript(fakeWebKit);
  const console = await stage.page(mac);
  await signIn(console, server);
  const phone = await stage.page(iphone);
  await setUp(phone, await enroll(console, DEVICE));
  await server.mediaReady();
  await connect(console, phone, DEVICE, "Accept with voice");
  await Promise.all([hears(phone, TECHNICIAN_HERTZ), hears(console, DEVICE_HERTZ)]);
  const sessionType = () => phone.evaluate(() => globalThis.session.type);
  assertEquals(await sessionType(), "play-and-record");

  // iPhone: the loudspeaker is the call itself, the earpiece a tenth of it on the upper speaker.
  const loud = await loudness(phone);
  assert(loud !== null);
  await plays(phone, "call");
  await choose(phone, "Earpiece");
  const inEarpiece = async () => {
    await plays(phone, "WebAudio");
    await hears(phone, TECHNICIAN_HERTZ);
    const quiet = await loudness(phone);
    assert(quiet !== null && quiet.left < -90, `${quiet?.left} dB in the left`);
    // A tenth is 20 dB; the other side's gain control is never still.
    assertAlmostEquals(quiet.right, loud.right - 20, 12);
  };
  await inEarpiece();
  await sessionBecomes(phone, "interrupted");
  await stopWebAudio(phone);
  await console.getByText("On a phone call", { exact: true }).waitFor();
  await Promise.all([hears(phone, null), hears(console, null)]);
  await sessionBecomes(phone, "active");
  await button(phone, "Resume call").click();
  await Promise.all([inEarpiece(), hears(console, DEVICE_HERTZ)]);
  // In the background WebAudio stops; it goes on when the page is seen again.
  await stopWebAudio(phone);
  await hears(phone, null);
  await phone.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await inEarpiece();
  // Whatever the technician's page does, the sound keeps its way.
  await console.reload();
  await button(console, "Mute microphone").waitFor();
  await inEarpiece();
  await choose(phone, "Speaker");
  await plays(phone, "call");
  await hears(phone, TECHNICIAN_HERTZ);
  await choose(phone, "Earpiece");
  await inEarpiece();
  await phone.reload();
  await button(phone, "Mute microphone").waitFor();
  // Nobody tapped on this page: it joins the call with what the server knows.
  await plays(phone, "call");
  assertEquals(await sessionType(), "play-and-record");
  await hears(phone, TECHNICIAN_HERTZ);

  // Mac: WebKit heeds an element's sink only where the element does not play WebRTC itself.
  await plays(console, "call");
  await hears(console, DEVICE_HERTZ);
  await choose(console, "Fake Audio Output 1");
  await console.waitForFunction(() => document.querySelector("audio")?.sinkId !== "");
  await plays(console, "WebAudio");
  await hears(console, DEVICE_HERTZ);
  await console.evaluate(() => {
    globalThis.unplugged.add("Fake Audio Output 1");
    navigator.mediaDevices.dispatchEvent(new Event("devicechange"));
  });
  await console.getByText("Fake Audio Output 1 was disconnected.").waitFor();
  await console.waitForFunction(() => document.querySelector("audio")?.sinkId === "");
  await plays(console, "call");
  await hears(console, DEVICE_HERTZ);
  // With one output left there was nothing to choose.
  await console.evaluate(() => {
    globalThis.unplugged.clear();
    navigator.mediaDevices.dispatchEvent(new Event("devicechange"));
  });
  await choose(console, "Fake Audio Output 2");
  await plays(console, "WebAudio");
  await hears(console, DEVICE_HERTZ);

  await button(phone, "Hang up").click();
  await button(console, "Start call").waitFor();
  // A context that runs keeps the system's sound to itself.
  await console.waitForFunction(() =>
    [...globalThis.bridges].every((context) => context.state !== "running")
  );
  assertEquals(stage.errors, []);
  await server.stop();
});
