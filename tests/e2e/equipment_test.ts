/** The check of the equipment, as its people see it: on the idle page, and when a technician asks. */
import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { TurnServer } from "../support/turn_server.ts";
import { until } from "../support/waiting.ts";
import { button, connect, endSession, openBoth } from "./cast.ts";
import { Stage } from "./people.ts";

const DEVICE = "Night shift phone";

declare global {
  var captured: MediaStreamTrack[];
  /** What the person does not allow any more. */
  var refused: "audio" | null;
}

/** From now on the page remembers what it captures. */
async function rememberCaptures(page: Page): Promise<void> {
  await page.evaluate(() => {
    globalThis.captured = [];
    globalThis.refused = null;
    const { mediaDevices } = navigator;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (constraints) => {
      if (globalThis.refused !== null && constraints?.[globalThis.refused]) {
        throw new DOMException("Permission denied", "NotAllowedError");
      }
      const stream = await open(constraints);
      globalThis.captured.push(...stream.getTracks());
      return stream;
    };
  });
}

/** How many tracks were captured so far, and how many of them still are. */
function captures(page: Page): Promise<{ all: number; live: number }> {
  return page.evaluate(() => ({
    all: globalThis.captured.length,
    live: globalThis.captured.filter(({ readyState }) => readyState === "live").length,
  }));
}

function part(phone: Page, name: string) {
  return phone.getByRole("dialog", { name: "Check equipment" }).getByRole("region", { name });
}

Deno.test("[M2] [A1] Check equipment: microphone, camera, speaker, notifications, network; a technician asks for it and reads what was found", async () => {
  await using stage = await Stage.open();
  await using turn = await TurnServer.start();
  const env = { MEDIA_ICE_SERVERS: turn.iceServers };
  const { server, console, phone } = await openBoth(stage, env, DEVICE);
  await phone.context().grantPermissions(["microphone", "camera", "notifications"]);
  await phone.reload();
  await rememberCaptures(phone);

  await button(phone, "Check equipment").click();
  await part(phone, "Microphone").waitFor();
  assertEquals((await captures(phone)).all, 0, "nothing is opened before it is tapped");
  await button(phone, "Test microphone").click();
  await part(phone, "Microphone").getByText("The microphone hears you.").waitFor();
  await button(phone, "Test camera").click();
  await part(phone, "Camera").getByText("The camera works.").waitFor();
  await phone.waitForFunction(() => {
    const video = document.querySelector<HTMLVideoElement>("video.equipment-preview");
    return (video?.getVideoPlaybackQuality().totalVideoFrames ?? 0) > 10;
  });
  await button(phone, "Play a test sound").click();
  await button(phone, "Yes").click();
  await button(phone, "Show a test notification").click();
  await part(phone, "Notifications").getByText("A notification was sent.").waitFor();
  await button(phone, "Test network").click();
  await part(phone, "Network").getByText("Calls and text get through well.").waitFor();
  const legs = await part(phone, "Network").locator(".finding").allTextContents();
  assertEquals(legs, [
    "Live Support and textworks",
    "Call serverworks",
    "Calls by UDPworks",
    "Calls by TCPworks",
    "Calls through TURNworks",
  ]);
  await button(phone, "Done").click();
  await until("nothing is captured any more", () => captures(phone), ({ live }) => live === 0);
  assertEquals((await captures(phone)).all, 2);
  await console.getByLabel(`More for ${DEVICE}`).click();
  await button(console, "Equipment details").click();
  await console.getByText("all that was tried works").waitFor();
  await button(console, "Close").click();

  await connect(console, phone, DEVICE, "Accept with voice");
  await button(phone, "Hang up").click();
  await button(console, "Ask to check equipment").click();
  await phone.getByText("asks you to check this device's equipment").waitFor();
  await button(phone, "Not now").click();
  await console.getByText("does not want to check the equipment now").waitFor();
  await button(console, "Ask to check equipment").click();
  await button(phone, "Check equipment").click();
  await console.getByText("is checking the equipment").waitFor();
  // The tests' Chromium grants whatever is asked for: the refusal is put in at the browser's edge.
  await phone.evaluate(() => globalThis.refused = "audio");
  await button(phone, "Test microphone").click();
  await part(phone, "Microphone").getByText("This page may not use the microphone.").waitFor();
  await turn.stop();
  await button(phone, "Test network").click();
  await part(phone, "Network").getByText("Calls and text get through well.").waitFor();
  await part(phone, "Network").getByText("does not work").waitFor();
  await button(phone, "Done").click();
  await console.getByText("microphone not allowed and no way through TURN").waitFor();

  // A call takes the place of the check.
  await phone.evaluate(() => globalThis.refused = null);
  await button(console, "Ask to check equipment").click();
  await button(phone, "Check equipment").click();
  await button(phone, "Test camera").click();
  await part(phone, "Camera").getByText("The camera works.").waitFor();
  await button(console, "Start call").click();
  await phone.getByRole("alertdialog", { name: "Incoming call" })
    .getByRole("button", { name: "Accept with voice" }).click();
  await button(phone, "Hang up").waitFor();
  await phone.getByRole("dialog", { name: "Check equipment" }).waitFor({ state: "detached" });
  await phone.waitForFunction(() =>
    globalThis.captured.every(({ kind, readyState }) => kind === "audio" || readyState === "ended")
  );
  await button(console, "Ask to check equipment").waitFor({ state: "detached" });
  await button(phone, "Hang up").click();
  await endSession(console);
  // Browser contexts of tests are private windows, which have no push service.
  assertEquals(stage.errors.filter((error) => !error.includes("Push API in incognito")), []);
  await server.stop();
});
