/** Microphones and cameras in real life: carrier calls, permissions, the other camera. */
import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { button, connect, openConsole, openPhone, openWindow } from "./cast.ts";
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
  assertEquals(stage.errors, []);
  await server.stop();
});

/** The name of the camera in the own view. */
function camera(page: Page): Promise<string | undefined> {
  return video(page, "device", "inset").evaluate((element) =>
    ((element as HTMLVideoElement).srcObject as MediaStream).getVideoTracks()[0]?.label
  );
}
