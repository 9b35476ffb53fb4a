/** Calls as they change: voice becomes video and back, either side calls, cameras are switched. */
import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { button, connect, openConsole, openPhone } from "./cast.ts";
import { showsMoreFrames, video } from "./look.ts";
import { Stage } from "./people.ts";

const DEVICE = "Warehouse tablet";
/** The second of Chromium's fake cameras measures depth: it has no picture to send. */
const THREE_CAMERAS = "--use-fake-device-for-media-stream=device-count=3";

Deno.test("[M2] [M3] [M5] voice becomes video and back on either side; the camera is switched", async () => {
  await using stage = await Stage.open();
  const { server, console } = await openConsole(stage, await stage.browser(), {});
  const phone = await openPhone(stage, await stage.browser([THREE_CAMERAS]), console, DEVICE);
  await server.mediaReady();
  await connect(console, phone, DEVICE, "Accept with voice");
  await button(phone, "Mute microphone").waitFor();
  await button(console, "Mute microphone").waitFor();
  for (const page of [phone, console]) assertEquals(await page.locator("video").count(), 0);

  await button(console, "Start camera").click();
  await showsMoreFrames(video(phone, "technician", "main"));
  assertEquals(await video(phone, "device", "inset").count(), 0);
  // The keyboard stays where it was, though the camera takes its time to start.
  await button(phone, "Start camera").press("Enter");
  await showsMoreFrames(video(console, "device", "main"));
  await phone.waitForFunction(() => document.activeElement?.textContent === "Stop camera");
  const camera = () =>
    video(phone, "device", "inset").evaluate((element) =>
      ((element as HTMLVideoElement).srcObject as MediaStream).getVideoTracks()[0]?.label
    );
  const first = await camera();
  for (let n = 0; n < 2; n++) {
    const before = await camera();
    await button(phone, "Switch camera").click();
    await phone.waitForFunction((label) => {
      const own = document.querySelector<HTMLVideoElement>("video[data-view=inset]");
      const track = (own?.srcObject as MediaStream | null)?.getVideoTracks()[0];
      return track !== undefined && track.label !== label;
    }, before);
  }
  assertEquals(await camera() === first, false);
  await showsMoreFrames(video(console, "device", "main"));
  for (const [width, height] of [[1280, 800], [768, 1024], [740, 360], [360, 740]] as const) {
    await console.setViewportSize({ width, height });
    assertEquals(await coveringPicture(console), [], `of ${width} by ${height}`);
  }
  // What waits behind "More" goes back there at Escape, and the keyboard to where it was.
  await button(console, "More").click();
  await button(console, "Share screen").focus();
  await console.keyboard.press("Escape");
  await button(console, "Share screen").waitFor({ state: "hidden" });
  await console.waitForFunction(() => document.activeElement?.textContent === "More");
  // Also at an Escape that is there before anything was painted.
  await button(console, "More").evaluate(async (more: HTMLElement) => {
    more.click();
    await Promise.resolve();
    more.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  });
  await button(console, "Share screen").waitFor({ state: "hidden" });
  await button(console, "More").and(console.locator("[aria-expanded=false]")).waitFor();

  await button(console, "Stop camera").click();
  await video(phone, "technician", "main").waitFor({ state: "detached" });
  await button(phone, "Stop camera").click();
  await video(console, "device", "main").waitFor({ state: "detached" });
  await button(phone, "Hang up").waitFor();
  assertEquals(stage.errors, []);
  await server.stop();
});

Deno.test("[S6] [M2] a call inside a session rings; rejecting it ends that call only", async () => {
  await using stage = await Stage.open();
  const browser = await stage.browser();
  const { server, console } = await openConsole(stage, browser, {});
  const phone = await openPhone(stage, browser, console, DEVICE);
  await server.mediaReady();
  await connect(console, phone, DEVICE, "Accept with voice");
  await button(console, "Hang up").click();
  const incoming = phone.getByRole("alertdialog", { name: "Incoming call" });

  await button(console, "Start video call").click();
  await incoming.getByRole("button", { name: "Reject" }).click();
  await button(console, "Start video call").click();
  await incoming.getByRole("button", { name: "Accept with voice" }).click();
  await showsMoreFrames(video(phone, "technician", "main"));
  assertEquals(await console.locator("video[data-participant=device]").count(), 0);
  assertEquals(stage.errors, []);
  await server.stop();
});

/** Tools that stand on the device's picture or outside of the window, where nobody can press them. */
function coveringPicture(console: Page): Promise<string[]> {
  return video(console, "device", "main").evaluate((picture) => {
    const below = picture.getBoundingClientRect().bottom;
    const tools = [...document.querySelectorAll<HTMLElement>(".stage button:not(.quality-button)")];
    const names = (tool: HTMLElement) => tool.getAttribute("aria-label") ?? tool.innerText;
    return tools.filter((tool) => {
      if (!tool.checkVisibility()) return false;
      const { left, top, right, bottom } = tool.getBoundingClientRect();
      return top < below || left < 0 || right > innerWidth || bottom > innerHeight;
    }).map(names);
  });
}
