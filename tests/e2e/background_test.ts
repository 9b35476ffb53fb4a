/** A call whose page is really hidden, behind another tab, as a phone's page is behind another app. */
import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { ADMINISTRATOR, button, connect, pressSeldom } from "./cast.ts";
import { arrived, hears, showsMoreFrames, video, write } from "./look.ts";
import { DEVICE_HERTZ, enroll, setUp, signIn, Stage, TECHNICIAN_HERTZ } from "./people.ts";
import { Server } from "./server.ts";
import { within } from "../support/waiting.ts";
import {
  asPhone,
  fakeMicrophone,
  hide,
  locksHeld,
  microphoneGives,
  rememberLocks,
  show,
} from "./system.ts";

const DEVICE = "Driver phone";
/** Looks at a microphone it takes to know it, and then to miss it (client/call/stillness.ts). */
const KNOWN = 11;
const MISSED = 7;
/** All that says that a connection is lost. */
const LOST = /reconnecting|interrupted|connection .* lost/i;

Deno.test("[S5] [M4] [M5] behind another app the call is heard and its picture floats; a microphone gone dead silent there is a phone call", async () => {
  await using stage = await Stage.open();
  let server = await Server.start(stage.data, ADMINISTRATOR);
  const desk = await stage.ordinary("technician");
  const console = await stage.page(desk);
  await signIn(console, server);
  const pocket = await stage.ordinary("device");
  for (const system of [rememberLocks, fakeMicrophone]) await pocket.addInitScript(system);
  const phone = await stage.page(pocket);
  await asPhone(phone);
  const heard = framesHeard(phone);
  await setUp(phone, await enroll(console, DEVICE));
  await server.mediaReady();
  await connect(console, phone, DEVICE, "Accept with video");
  await Promise.all([hears(console, DEVICE_HERTZ), hears(phone, TECHNICIAN_HERTZ)]);
  await locksHeld(phone, 1);

  // The picture floats while there is one, and the control follows it.
  const pip = button(phone, "Picture in picture");
  await showsMoreFrames(video(phone, "technician", "main"));
  await pressSeldom(phone, "Picture in picture");
  await floats(phone, true);
  await button(console, "Stop camera").click();
  await floats(phone, false);
  await pip.waitFor({ state: "detached" });
  await button(console, "Start camera").click();
  await showsMoreFrames(video(phone, "technician", "main"));
  await pressSeldom(phone, "Picture in picture");
  await floats(phone, true);
  await phone.waitForFunction((known) => globalThis.looks.visible >= known, KNOWN);

  await hide(phone, pocket);
  heard.clear();
  await locksHeld(phone, 0);
  await showsMoreFrames(video(phone, "technician", "main"));
  // Closed as the browser's own button does it.
  await phone.evaluate(() => document.exitPictureInPicture());
  await floats(phone, false);
  await write(console, "Are you still there?");
  await arrived(console, "Are you still there?");
  await phone.waitForFunction((looks) => globalThis.looks.hidden >= looks, MISSED, {
    polling: 100,
  });
  await Promise.all([hears(console, DEVICE_HERTZ), hears(phone, TECHNICIAN_HERTZ)]);
  assertEquals(await console.getByText("On a phone call").count(), 0);
  await heard.next("heartbeat");

  await microphoneGives(phone, false);
  await console.getByText("On a phone call", { exact: true }).waitFor();
  await phone.getByText("Your device interrupted the call").waitFor();
  await Promise.all([hears(console, null), hears(phone, null)]);
  await show(phone);
  await microphoneGives(phone, true);
  await phone.getByText("Ready to go on").waitFor();
  await button(phone, "Resume call").click();
  await Promise.all([hears(console, DEVICE_HERTZ), hears(phone, TECHNICIAN_HERTZ)]);
  await console.getByText("On a phone call").first().waitFor({ state: "detached" });
  await locksHeld(phone, 1);
  assertEquals(heard.sockets, 1, "one connection lasted through all of it");

  // The technician works in another tab: the window over all others shows what happens.
  const opened = desk.waitForEvent("page");
  await pressSeldom(console, "Picture in picture");
  const small = await opened;
  await hide(console, desk);
  await showsMoreFrames(video(small, "device", "main"), 40);
  await hears(phone, TECHNICIAN_HERTZ);
  await show(console);

  // Left and come back to. Chromium keeps no page with a call in its cache: it is loaded anew.
  await phone.goto("about:blank");
  await phone.goBack();
  await button(phone, "Hang up").waitFor();
  await Promise.all([hears(console, DEVICE_HERTZ), hears(phone, TECHNICIAN_HERTZ)]);

  // A server that dies is said once, over the picture, and to nobody twice.
  const settings = { ...ADMINISTRATOR, PORT: new URL(server.origin).port };
  await server.kill();
  for (const page of [phone, console]) {
    await page.locator(".stage").getByText(LOST).waitFor();
    assertEquals(await page.getByText(LOST).filter({ visible: true }).count(), 1);
  }
  server = await Server.start(stage.data, settings);
  for (const page of [phone, console]) await page.getByText(LOST).waitFor({ state: "detached" });
  await Promise.all([hears(console, DEVICE_HERTZ), hears(phone, TECHNICIAN_HERTZ)]);
  await button(phone, "Hang up").click();
  await locksHeld(phone, 0);
  assertEquals(stage.errors, []);
  await server.stop();
});

/** Waits until a picture of the page floats, or none, and the page knows it. */
async function floats(page: Page, whether: boolean): Promise<void> {
  await page.waitForFunction(
    (whether) => {
      const controls = [...document.querySelectorAll("button[aria-pressed]")];
      const control = controls.find(({ textContent }) => textContent === "Picture in picture");
      const pressed = control?.getAttribute("aria-pressed") === "true";
      return pressed === whether && (document.pictureInPictureElement !== null) === whether;
    },
    whether,
    { polling: 100 },
  );
}

/** What the page's sockets to the web process say from now on. */
function framesHeard(page: Page) {
  let sockets = 0;
  let frames: string[] = [];
  let tell = () => {};
  page.on("websocket", (socket) => {
    if (!new URL(socket.url()).pathname.startsWith("/api/socket")) return;
    sockets++;
    socket.on("framereceived", ({ payload }) => {
      frames.push(String(payload));
      tell();
    });
  });
  return {
    get sockets() {
      return sockets;
    },
    clear: () => void (frames = []),
    next: (type: string) =>
      within(
        `a frame of the type ${type}`,
        new Promise<void>((heard) => {
          tell = () => {
            if (frames.some((frame) => JSON.parse(frame).type === type)) heard();
          };
          tell();
        }),
      ),
  };
}
