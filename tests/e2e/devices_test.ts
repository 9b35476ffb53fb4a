/** Microphones and cameras in real life: carrier calls, permissions, the other camera. */
import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { button, connect, endSession, openConsole, openPhone, openWindow, status } from "./cast.ts";
import { hears, showsMoreFrames, video } from "./look.ts";
import { DEVICE_HERTZ, Stage, TECHNICIAN_HERTZ } from "./people.ts";
import { fakeSystem, systemMutes } from "./system.ts";

const DEVICE = "Field phone";
const CAMERAS = "--use-fake-device-for-media-stream=device-count=3";

Deno.test("[M4] a carrier call mutes both ways, the technician reads why, one tap resumes", async () => {
  await using stage = await Stage.open();
  const { server, console } = await openConsole(stage, await stage.technicianBrowser(), {});
  const browser = await stage.deviceBrowser();
  const phone = await openPhone(stage, browser, console, DEVICE, fakeSystem);
  await server.mediaReady();
  await connect(console, phone, DEVICE, "Accept with video");
  await Promise.all([hears(console, DEVICE_HERTZ), hears(phone, TECHNICIAN_HERTZ)]);

  await systemMutes(phone, "audio", true);
  await console.getByText("On a phone call", { exact: true }).waitFor();
  await console.getByRole("button", { name: `${DEVICE} In session · on a phone call` }).waitFor();
  await phone.getByText("Your device interrupted the call").waitFor();
  await Promise.all([hears(console, null), hears(phone, null)]);
  await button(phone, "Mute microphone").waitFor();
  await console.reload();
  await console.getByText("On a phone call", { exact: true }).waitFor();
  await showsMoreFrames(video(console, "device", "main"));

  await systemMutes(phone, "audio", false);
  await phone.getByText("Ready to go on").waitFor();
  await button(phone, "Resume call").click();
  await Promise.all([hears(console, DEVICE_HERTZ), hears(phone, TECHNICIAN_HERTZ)]);
  await console.getByText("On a phone call").first().waitFor({ state: "detached" });

  await systemMutes(phone, "video", true);
  await console.getByText("Camera paused by the device", { exact: true }).waitFor();
  await video(console, "device", "main").waitFor({ state: "detached" });
  await hears(console, DEVICE_HERTZ);
  await systemMutes(phone, "video", false);
  await showsMoreFrames(video(console, "device", "main"));

  // One's own mute is nobody's interruption, and outlives one.
  await button(phone, "Mute microphone").click();
  await hears(console, null);
  await systemMutes(phone, "audio", true);
  await button(phone, "Resume call").click();
  await button(phone, "Unmute microphone").waitFor();
  await hears(phone, TECHNICIAN_HERTZ);
  await console.getByText("Muted", { exact: true }).waitFor();
  await hears(console, null);
  await button(phone, "Unmute microphone").click();
  await hears(console, DEVICE_HERTZ);
  assertEquals(stage.errors, []);
  await server.stop();
});

Deno.test("[M3] the technician asks for the other camera; the user refuses, allows, or always allows", async () => {
  await using stage = await Stage.open();
  const { server, console } = await openConsole(stage, await stage.technicianBrowser(), {});
  const phone = await openPhone(stage, await stage.browser([CAMERAS]), console, DEVICE);
  await server.mediaReady();
  await connect(console, phone, DEVICE, "Accept with voice");
  const ask = button(console, "Ask to switch camera");
  await button(phone, "Start camera").waitFor();
  await button(console, "Start camera").waitFor();
  assertEquals(await ask.count(), 0, "there is no camera to switch");
  await button(phone, "Start camera").click();
  await showsMoreFrames(video(console, "device", "main"));

  const first = await camera(phone);
  await ask.click();
  await phone.getByText("asks to switch your camera").waitFor();
  await button(phone, "Not now").click();
  await console.getByText("The user does not want to switch the camera now.").waitFor();
  assertEquals(await camera(phone), first);

  await ask.click();
  await phone.getByRole("checkbox", { name: "Always allow this" }).check();
  await button(phone, "Switch").click();
  await console.getByText("The user switched the camera.").waitFor();
  const second = await camera(phone);
  assertEquals(second === first, false);

  await phone.reload();
  await openWindow(phone);
  await ask.click();
  await phone.getByText("switched your camera.").waitFor();
  assertEquals(await phone.getByText("asks to switch your camera").count(), 0);
  await button(phone, "Ask me first").click();
  await ask.click();
  await phone.getByText("asks to switch your camera").waitFor();
  await button(phone, "Stop camera").click();
  await phone.getByText("asks to switch your camera").waitFor({ state: "detached" });
  await ask.waitFor({ state: "detached" });
  await endSession(console);
  await status(phone, "Disconnected").waitFor();
  const kept = await phone.evaluate(() =>
    JSON.stringify(localStorage) + JSON.stringify(sessionStorage)
  );
  assertEquals(
    /Administrator|fake_device/.test(kept),
    false,
    "[S8] only the user's own wish is kept",
  );
  assertEquals(stage.errors, []);
  await server.stop();
});

/** The name of the camera in the own view. */
function camera(page: Page): Promise<string | undefined> {
  return video(page, "device", "inset").evaluate((element) =>
    ((element as HTMLVideoElement).srcObject as MediaStream).getVideoTracks()[0]?.label
  );
}

/** Sets what the person says about a device, as in the browser's own settings. */
async function permissions(page: Page, origin: string) {
  const control = await page.context().newCDPSession(page);
  const { browserContextId } = (await control.send("Target.getTargetInfo")).targetInfo;
  return async (name: "microphone" | "camera", setting: "denied" | "granted") => {
    const permission = { name };
    const where = browserContextId === undefined ? {} : { browserContextId };
    await control.send("Browser.setPermission", { permission, setting, origin, ...where });
  };
}

Deno.test("[M2] a denied camera: the call connects, both read why, and allowing it mends it", async () => {
  await using stage = await Stage.open();
  const { server, console } = await openConsole(stage, await stage.technicianBrowser(), {});
  const phone = await openPhone(stage, await stage.browser([], false), console, DEVICE);
  await server.mediaReady();
  const set = await permissions(phone, server.origin);
  await set("microphone", "granted");
  await set("camera", "denied");
  await connect(console, phone, DEVICE, "Accept with video");
  await phone.getByText("this page may not use the camera").waitFor();
  await button(phone, "Mute microphone").waitFor();
  await console.getByText("They have not allowed the camera", { exact: true }).waitFor();
  await phone.getByText("How to fix it").click();
  await phone.getByText("Allow the microphone and the camera.").waitFor();
  await button(phone, "Try again").click();
  await phone.getByText("this page may not use the camera").waitFor();

  // Nothing more to tap: the page hears that it is allowed.
  await set("camera", "granted");
  await showsMoreFrames(video(console, "device", "main"));
  await phone.getByText("How to fix it").waitFor({ state: "detached" });
  await console.getByText("They have not allowed the camera").waitFor({ state: "detached" });

  await set("microphone", "denied");
  await console.getByText("They have not allowed the microphone", { exact: true }).waitFor();
  await phone.getByText("this page may not use the microphone").waitFor();
  await set("microphone", "granted");
  await button(phone, "Mute microphone").waitFor();
  await console.getByText("They have not allowed the microphone").waitFor({ state: "detached" });
  assertEquals(stage.errors, []);
  await server.stop();
});
