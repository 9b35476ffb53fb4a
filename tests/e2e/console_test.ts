/** The technician's page: many sessions, several tabs, the keyboard alone. */
import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { button, composer, connect, openConsole, openPhone, status } from "./cast.ts";
import { checkMark, hears, message, until, write } from "./look.ts";
import { DEVICE_HERTZ, Stage, TECHNICIAN_HERTZ } from "./people.ts";

Deno.test("[C4] texts of other sessions pop up beside the open one, are counted and answered there", async () => {
  await using stage = await Stage.open();
  const browser = await stage.browser();
  const { server, console } = await openConsole(stage, browser, { MEDIA: "off" });
  const till = await openPhone(stage, browser, console, "Till 4");
  const kiosk = await openPhone(stage, browser, console, "Kiosk");
  await connect(console, till, "Till 4", "Accept with text");
  await connect(console, kiosk, "Kiosk", "Accept with text");

  await write(till, "The printer is on fire.");
  const popup = console.getByRole("group", { name: "New message from Till 4" });
  await popup.waitFor();
  await checkMark(till, "The printer is on fire.", "received");
  await console.getByRole("button", { name: /Till 4.*1 new message/ }).waitFor();
  await until(console, () => document.title.startsWith("(1)"), null);

  // It covers nothing: the conversation on the screen goes on.
  await write(console, "Please restart.");
  await checkMark(console, "Please restart.", "read");
  await popup.getByRole("textbox", { name: "Reply to Till 4" }).fill("Leave the room!");
  await popup.getByRole("button", { name: "Reply" }).click();
  await checkMark(till, "The printer is on fire.", "read");
  await message(till, "Leave the room!").waitFor();
  await popup.waitFor({ state: "detached" });
  assertEquals(await console.getByRole("region", { name: "Kiosk" }).count(), 1);

  await button(console, "Back").click();
  await console.getByRole("region", { name: "Kiosk" }).waitFor({ state: "detached" });
  await write(kiosk, "It works again.");
  await console.getByRole("group", { name: "New message from Kiosk" })
    .getByRole("button", { name: "Kiosk" }).click();
  await checkMark(kiosk, "It works again.", "read");
  assertEquals(stage.errors, []);
  await server.stop();
});

Deno.test("[S3] [S5] two tabs of a technician: the call stays in one, and moves by one click", async () => {
  await using stage = await Stage.open();
  const { server, console } = await openConsole(stage, await stage.technicianBrowser(), {});
  await server.mediaReady();
  const phone = await openPhone(stage, await stage.deviceBrowser(), console, "Till 4");
  await connect(console, phone, "Till 4", "Accept with voice");
  await hears(console, DEVICE_HERTZ);

  const second = await stage.page(console.context());
  await second.goto(`${server.origin}/console`);
  await second.getByRole("button", { name: /Till 4/ }).click();
  await second.getByText("The call is on another page.").waitFor();
  assertEquals(await second.locator("audio").count(), 0);
  await hears(phone, TECHNICIAN_HERTZ);

  await button(second, "Move call here").click();
  await hears(second, DEVICE_HERTZ);
  await hears(phone, TECHNICIAN_HERTZ);
  await button(console, "Move call here").waitFor();
  assertEquals(await button(console, "Hang up").count(), 0);

  // The other tab is closed for good; this one takes the call over again.
  await second.close();
  await button(console, "Move call here").click();
  await hears(console, DEVICE_HERTZ);
  assertEquals(stage.errors, []);
  await server.stop();
});

Deno.test("the whole story by keyboard alone: the focus is never lost", async () => {
  await using stage = await Stage.open();
  const browser = await stage.browser();
  const { server, console } = await openConsole(stage, browser, { MEDIA: "off" });
  const phone = await openPhone(stage, browser, console, "Till 4");

  // A menu closes at Escape; what was chosen of it gives the keyboard back to where it opens from.
  const menu = console.getByLabel("More for Till 4");
  const remove = button(console, "Remove device");
  await menu.press("Enter");
  await remove.press("Escape");
  await remove.waitFor({ state: "hidden" });
  await menu.and(console.locator(":focus")).press("Enter");
  await remove.press("Enter");
  await button(console, "Keep it").press("Escape");
  await console.getByRole("dialog").waitFor({ state: "detached" });
  await menu.and(console.locator(":focus")).waitFor();

  await press(console, "Start session with Till 4");
  await phone.getByRole("alertdialog", { name: "Incoming Live Support session" }).waitFor();
  await phone.keyboard.press("Escape");
  await press(phone, "Accept with text");
  await composer(phone).waitFor();
  await composer(console).and(console.locator(":focus")).waitFor();
  await console.keyboard.type("Can you read this?");
  await console.keyboard.press("Enter");
  await message(phone, "Can you read this?").waitFor();

  await press(phone, "Close");
  await status(phone, "Connected").waitFor();
  await keepsFocus(phone);
  await press(phone, "Live Support");
  await composer(phone).waitFor();
  await keepsFocus(phone);

  // Back leads to the row, Enter opens it again; Escape keeps the session.
  await press(console, "Back");
  const row = console.locator("button:focus").filter({ hasText: "Till 4" });
  // The cursor is in the composer before anything is painted: what is typed at once is not lost.
  const cursor = await row.evaluate(async (row: HTMLElement) => {
    row.click();
    await Promise.resolve();
    return document.activeElement?.getAttribute("aria-label");
  });
  assertEquals(cursor, "Message");
  await press(console, "Back");
  await row.waitFor();
  await console.keyboard.press("Enter");
  await press(console, "End session");
  await console.getByRole("alertdialog", { name: "Ending the session with Till 4" }).waitFor();
  await console.keyboard.press("Escape");
  await console.getByRole("alertdialog").waitFor({ state: "detached" });
  await button(console, "End session").and(console.locator(":focus")).waitFor();

  // One press is enough in the end.
  await console.keyboard.press("Enter");
  await console.getByRole("alertdialog").waitFor();
  await phone.getByText("The session has ended").waitFor();
  await keepsFocus(phone);
  assertEquals(stage.errors, []);
  await server.stop();
});

Deno.test("[S5] [S8] End session, then the console is closed at once: the session ends all the same", async () => {
  await using stage = await Stage.open();
  const browser = await stage.browser();
  const { server, console } = await openConsole(stage, browser, { MEDIA: "off" });
  const phone = await openPhone(stage, browser, console, "Till 4");
  await connect(console, phone, "Till 4", "Accept with text");
  await button(console, "End session").click();
  await console.getByRole("alertdialog").waitFor();
  await console.close({ runBeforeUnload: true });
  await phone.getByText("The session has ended").waitFor();
  await status(phone, "Disconnected").waitFor();
  assertEquals(stage.errors, []);
  await server.stop();
});

/** Tabs to the button with this name and presses it. */
async function press(page: Page, name: string): Promise<void> {
  const target = button(page, name);
  await target.waitFor();
  const isThere = () => target.evaluate((element) => element === document.activeElement);
  for (let tabs = 0; !await isThere(); tabs++) {
    if (tabs > 40) throw new Error(`the keyboard does not reach "${name}"`);
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
}

/** Something on the page has the focus, not the document. */
function keepsFocus(page: Page): Promise<void> {
  return until(page, () => document.activeElement !== document.body, null);
}
