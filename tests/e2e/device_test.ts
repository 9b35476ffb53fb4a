/** The device user's page when things do not go smoothly: networks, windows, other pages. */
import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { button, composer, connect, openConsole, openPhone, status } from "./cast.ts";
import { arrived, checkMark, hears, message, until, write } from "./look.ts";
import { DEVICE_HERTZ, Stage } from "./people.ts";

const DEVICE = "Till 4";

Deno.test("[C5] [S5] what is typed outlives a reload and a dead network, and is sent once", async () => {
  await using stage = await Stage.open();
  const browser = await stage.browser();
  const { server, console } = await openConsole(stage, browser, { MEDIA: "off" });
  const phone = await openPhone(stage, browser, console, DEVICE);
  await connect(console, phone, DEVICE, "Accept with text");

  await composer(phone).fill("Half a sent");
  await phone.reload();
  await composer(phone).waitFor();
  assertEquals(await composer(phone).inputValue(), "Half a sent");

  // The network is gone: the page says so, and keeps what is written.
  await phone.context().setOffline(true);
  await phone.getByText("Reconnecting…").waitFor();
  await write(phone, "Written without a network.");
  await write(phone, "And another one.");
  await checkMark(phone, "And another one.", "pending");
  await composer(phone).fill("Not finished");
  await phone.context().setOffline(false);
  await arrived(phone, "And another one.");
  assertEquals(await composer(phone).inputValue(), "Not finished");
  await phone.getByText("Reconnecting…").waitFor({ state: "detached" });
  for (const text of ["Written without a network.", "And another one."]) {
    assertEquals(await message(console, text).count(), 1);
    assertEquals(await message(phone, text).count(), 1);
  }
  assertEquals(stage.errors, []);
  await server.stop();
});

Deno.test("[C4] a text counts as read only in an open window that is being looked at", async () => {
  await using stage = await Stage.open();
  const browser = await stage.browser();
  const { server, console } = await openConsole(stage, browser, { MEDIA: "off" });
  const phone = await openPhone(stage, browser, console, DEVICE);
  await connect(console, phone, DEVICE, "Accept with text");

  // The call window is closed: received, counted, not read.
  await button(phone, "Close").click();
  await write(console, "Are you there?");
  await checkMark(console, "Are you there?", "received");
  await until(phone, () => document.title.startsWith("(1)"), null);
  assertEquals(await button(phone, "Live Support").getAttribute("aria-description"), "1 new");
  await button(phone, "Live Support").click();
  await checkMark(console, "Are you there?", "read");

  // The window is open, but the person looks at something else.
  await look(phone, false);
  await write(console, "Still there?");
  await message(phone, "Still there?").waitFor();
  await checkMark(console, "Still there?", "received");
  await look(phone, true);
  await checkMark(console, "Still there?", "read");
  assertEquals(stage.errors, []);
  await server.stop();
});

/** What a browser tells a page whose tab goes behind another one, or comes back. */
async function look(page: Page, at: boolean): Promise<void> {
  await page.evaluate((at) => {
    const state = at ? "visible" : "hidden";
    Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, at);
}

Deno.test("[M2] [S6] a closed call window says that the call goes on, and can hang up", async () => {
  await using stage = await Stage.open();
  const { server, console } = await openConsole(stage, await stage.technicianBrowser(), {});
  await server.mediaReady();
  const phone = await openPhone(stage, await stage.deviceBrowser(), console, DEVICE);
  await connect(console, phone, DEVICE, "Accept with voice");
  await hears(console, DEVICE_HERTZ);

  await button(phone, "Close").click();
  await status(phone, "Connected").waitFor();
  await phone.getByText("You are still in the call. Your technician can hear you.").waitFor();
  await hears(console, DEVICE_HERTZ);
  await button(phone, "Hang up").click();
  await phone.getByText("You are still in the call.").waitFor({ state: "detached" });
  await button(console, "Start call").waitFor();
  await button(phone, "Live Support").click();
  await phone.getByText("The call has ended.").waitFor();
  assertEquals(stage.errors, []);
  await server.stop();
});

Deno.test("[S3] [M3] a frightened user at 200 % text on a small phone can reach every answer", async () => {
  await using stage = await Stage.open();
  const browser = await stage.browser();
  const { server, console } = await openConsole(stage, browser, { MEDIA: "off" });
  const phone = await openPhone(stage, browser, console, DEVICE);
  await phone.setViewportSize({ width: 320, height: 568 });
  await phone.evaluate(() => void (document.documentElement.style.fontSize = "200%"));
  await button(console, `Start session with ${DEVICE}`).click();
  for (const name of ["Reject", "Accept with text"]) {
    await button(phone, name).scrollIntoViewIfNeeded();
    const box = await button(phone, name).boundingBox();
    assert(box !== null && box.x >= 0 && box.x + box.width <= 320, `${name} is cut off`);
    assert(box.height >= 44, `${name} is too small to touch`);
  }
  await button(phone, "Accept with text").click();
  await composer(phone).waitFor();
  const tooWide = () => document.documentElement.scrollWidth > innerWidth;
  assertEquals(await phone.evaluate(tooWide), false);
  assertEquals(stage.errors, []);
  await server.stop();
});
