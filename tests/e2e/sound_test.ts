/** Where a call is heard, and what keeps it alive: outputs, autoplay, sleep, headset keys, other windows. */
import { assertEquals } from "@std/assert";
import type { BrowserContext, Page } from "playwright-core";
import { button, connect, openConsole, pressSeldom } from "./cast.ts";
import { hears } from "./look.ts";
import { DEVICE_HERTZ, enroll, setUp, Stage, TECHNICIAN_HERTZ } from "./people.ts";
import { locksHeld, rememberLocks } from "./system.ts";

const DEVICE = "Courier phone";
const ANDROID =
  "Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36";

declare global {
  var plugged: Set<string>;
  var opened: string[];
  var pullOut: (label: string) => void;
  var keys: Map<string, MediaSessionActionHandler>;
}

/** An Android phone's microphones, as Chromium names them there; what they record is real. */
function fakeAndroid(): void {
  globalThis.plugged = new Set(["Speakerphone", "Headset earpiece", "Bluetooth headset"]);
  globalThis.opened = [];
  const { mediaDevices } = navigator;
  const list = mediaDevices.enumerateDevices.bind(mediaDevices);
  const open = mediaDevices.getUserMedia.bind(mediaDevices);
  const tracks = new Map<MediaStreamTrack, string>();
  mediaDevices.enumerateDevices = async () => {
    const others = (await list()).filter(({ kind }) => kind === "videoinput");
    const microphones = [...globalThis.plugged].map((label) => {
      const plain = { deviceId: label, groupId: label, kind: "audioinput", label } as const;
      return { ...plain, toJSON: () => plain };
    });
    return [...microphones, ...others];
  };
  mediaDevices.getUserMedia = async (constraints) => {
    const { audio = false } = constraints ?? {};
    const exact = typeof audio === "object" ? audio.deviceId : undefined;
    const id = typeof exact === "object" && "exact" in exact ? String(exact.exact) : "default";
    if (id !== "default" && !globalThis.plugged.has(id)) {
      throw new DOMException("", "OverconstrainedError");
    }
    const plain = typeof audio === "object" ? { ...audio } : audio;
    if (typeof plain === "object") delete plain.deviceId;
    const stream = await open({ ...constraints, audio: plain });
    for (const track of stream.getAudioTracks()) {
      globalThis.opened.push(id);
      tracks.set(track, id);
      const settings = track.getSettings.bind(track);
      track.getSettings = () => ({ ...settings(), deviceId: id });
    }
    return stream;
  };
  globalThis.pullOut = (label) => {
    globalThis.plugged.delete(label);
    for (const [track, id] of tracks) {
      if (id !== label || track.readyState === "ended") continue;
      track.stop();
      track.dispatchEvent(new Event("ended"));
    }
    mediaDevices.dispatchEvent(new Event("devicechange"));
  };
}

/** Remembers the handlers of headset keys, which a test cannot press. */
function rememberKeys(): void {
  globalThis.keys = new Map();
  const { mediaSession } = navigator;
  const handle = mediaSession.setActionHandler.bind(mediaSession);
  mediaSession.setActionHandler = (action, handler) => {
    handle(action, handler);
    if (handler === null) globalThis.keys.delete(action);
    else globalThis.keys.set(action, handler);
  };
}

async function press(page: Page, key: string): Promise<void> {
  await page.evaluate((key) => globalThis.keys.get(key)?.({ action: "play" }), key);
}

/** A phone in `context`, enrolled as the device. */
async function openIn(stage: Stage, context: BrowserContext, console: Page): Promise<Page> {
  const phone = await stage.page(context);
  await setUp(phone, await enroll(console, DEVICE));
  return phone;
}

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true } as const;

Deno.test("[M3] [M5] an audio output is chosen as the browser can, and one that is pulled out gives way; the screen stays on, headset keys work", async () => {
  await using stage = await Stage.open();
  const { server, console } = await openConsole(stage, await stage.technicianBrowser(), {});
  const context = await (await stage.deviceBrowser()).newContext({ ...PHONE, userAgent: ANDROID });
  await context.addInitScript(fakeAndroid);
  await context.addInitScript(rememberLocks);
  await context.addInitScript(rememberKeys);
  const phone = await openIn(stage, context, console);
  await server.mediaReady();
  await connect(console, phone, DEVICE, "Accept with voice");
  await hears(phone, TECHNICIAN_HERTZ);
  await hears(console, DEVICE_HERTZ);

  // Android: every output comes with its microphone.
  await button(phone, "Audio output").click();
  await phone.getByRole("radio", { name: "Earpiece" }).click();
  await phone.waitForFunction(() => globalThis.opened.at(-1) === "Headset earpiece");
  await hears(console, DEVICE_HERTZ);
  await button(phone, "Audio output").click();
  await phone.getByRole("radio", { name: "Bluetooth headset" }).click();
  await phone.waitForFunction(() => globalThis.opened.at(-1) === "Bluetooth headset");
  await phone.evaluate(() => globalThis.pullOut("Bluetooth headset"));
  await phone.getByText("Bluetooth headset was disconnected.").waitFor();
  await hears(console, DEVICE_HERTZ);
  await hears(phone, TECHNICIAN_HERTZ);
  await button(phone, "Audio output").click();
  assertEquals(await phone.getByRole("radio", { name: "Bluetooth headset" }).count(), 0);
  await phone.getByRole("button", { name: "Done" }).click();

  // Chromium on a desk: the element's own sink.
  await button(console, "Audio output").click();
  const outputs = console.getByRole("radio");
  for (const n of [1, 2]) {
    await outputs.nth(n - 1).press("ArrowDown");
    await console.waitForFunction((n) => {
      const all = document.querySelectorAll<HTMLInputElement>("[name=audio-output]");
      return all[n]?.checked === true && document.activeElement === all[n];
    }, n);
  }
  await console.keyboard.press("Escape");
  await outputs.first().waitFor({ state: "detached" });
  await console.waitForFunction(() => document.querySelector("audio")?.sinkId !== "");
  await hears(console, DEVICE_HERTZ);

  await locksHeld(phone, 1);
  // As if the page had been hidden and shown again: browsers let go of the lock meanwhile.
  await phone.evaluate(async () => {
    for (const lock of globalThis.locks) await lock.release();
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await locksHeld(phone, 1);
  const title = () => phone.evaluate(() => navigator.mediaSession.metadata?.title ?? null);
  assertEquals(typeof await title(), "string");
  await press(phone, "togglemicrophone");
  await button(phone, "Unmute microphone").waitFor();
  await hears(console, null);
  await press(phone, "togglemicrophone");
  await hears(console, DEVICE_HERTZ);
  await press(phone, "hangup");
  await button(phone, "Start call").waitFor();
  await locksHeld(phone, 0);
  assertEquals(await title(), null, "[S8] no name stays with the system");
  assertEquals(stage.errors, []);
  await server.stop();
});

Deno.test("[S5] a call goes on after the page froze, was left and came back; Tap to hear where the browser wants a tap", async () => {
  await using stage = await Stage.open();
  const { server, console } = await openConsole(stage, await stage.technicianBrowser(), {});
  const browser = await stage.browser(["--autoplay-policy=document-user-activation-required"]);
  const context = await browser.newContext(PHONE);
  const phone = await openIn(stage, context, console);
  await server.mediaReady();
  await connect(console, phone, DEVICE, "Accept with voice");
  await hears(phone, TECHNICIAN_HERTZ);

  const session = await context.newCDPSession(phone);
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
  await session.send("Page.setWebLifecycleState", { state: "active" });
  await hears(phone, TECHNICIAN_HERTZ);
  await phone.goto("about:blank");
  await phone.goBack();
  await button(phone, "Hang up").waitFor();
  await phone.waitForFunction(() => document.querySelector("audio")?.srcObject !== null);

  // A page that captures may play; one that may not capture any more has to be tapped first.
  await context.addInitScript(() => {
    if (!isSecureContext) return; // The page in between.
    navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException("", "NotAllowedError"));
    const { play } = HTMLMediaElement.prototype;
    HTMLMediaElement.prototype.play = async function () {
      await play.call(this).catch((error) => {
        globalThis.console.log(`refused: ${error.name}`);
        throw error;
      });
    };
  });
  // Coming from elsewhere it was not touched either; a reload would keep that. To look at a page is
  // to touch it for Playwright, so the page itself says when it was refused.
  const refused = phone.waitForEvent("console", {
    predicate: (line) => line.text() === "refused: NotAllowedError",
  });
  await phone.goto("about:blank");
  await phone.goBack();
  await refused;
  await button(phone, "Tap to hear").click();
  await hears(phone, TECHNICIAN_HERTZ);
  await button(phone, "Tap to hear").waitFor({ state: "detached" });

  // The technician's call in a window of its own.
  const popup = console.context().waitForEvent("page");
  await pressSeldom(console, "Picture in picture");
  const pip = await popup;
  await button(pip, "Mute microphone").click();
  await button(console, "Unmute microphone").waitFor();
  const closed = pip.waitForEvent("close");
  await button(pip, "Hang up").click();
  await closed;
  await button(console, "Start call").waitFor();
  assertEquals(stage.errors, []);
  await server.stop();
});
