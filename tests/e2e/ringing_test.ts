/** Ringing: several pages of one device, and nobody there to answer. */
import { assertEquals, assertNotEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { button, endSession, openBoth, openText, ring, status } from "./cast.ts";
import { checkMark, message, until, write } from "./look.ts";
import { Stage } from "./people.ts";

const DEVICE = "Warehouse tablet";

Deno.test("[S3] the first answer wins; the other page of the device stops ringing and says so", async () => {
  await using stage = await Stage.open();
  const { server, console, phone } = await openBoth(stage, { MEDIA: "off" }, DEVICE);
  const second = await stage.page(phone.context());
  await second.addInitScript(countRinging);
  await second.goto(`${server.origin}/device`);
  // Sound and vibration wait for the first touch.
  await status(second, "Disconnected").click();
  const calm = await drawsAttention(phone);
  await button(console, `Start session with ${DEVICE}`).click();
  await ring(phone).waitFor();
  await ring(second).waitFor();
  const ringing = await drawsAttention(phone);
  for (const part of ["title", "icon"] as const) assertNotEquals(ringing[part], calm[part]);
  await until(second, () => "rang" in globalThis && "shook" in globalThis, null);
  await button(second, "Accept with text").click();
  await ring(phone).waitFor({ state: "detached" });
  assertEquals(await drawsAttention(phone), calm);
  await phone.getByText("Answered elsewhere").first().waitFor();
  await endSession(console);

  await phone.getByText("Disconnected").first().waitFor();
  await button(console, `Start session with ${DEVICE}`).click();
  await ring(phone).waitFor();
  await ring(second).waitFor();
  await button(phone, "Reject").click();
  await second.getByText("Declined elsewhere").first().waitFor();
  await console.getByText("Rejected").first().waitFor();
  assertEquals(stage.errors, []);
  await server.stop();
});

Deno.test("[S4] nobody answers: ringing stops, the device keeps a pop-up, the session waits", async () => {
  await using stage = await Stage.open();
  const { server, console, phone } = await openBoth(
    stage,
    { MEDIA: "off", RING_SECONDS: "1" },
    DEVICE,
  );
  await button(console, `Start session with ${DEVICE}`).click();
  const missed = phone.getByRole("alertdialog", { name: "Missed Live Support session" });
  // On a slow machine it may have rung for less than a look.
  await ring(phone).or(missed).waitFor();
  await missed.waitFor();
  await phone.reload();
  await missed.waitFor();
  await button(phone, "Live Support").click();
  await openText(phone);
  await write(phone, "Sorry, I was away.");
  await checkMark(phone, "Sorry, I was away.", "read");
  await message(console, "Sorry, I was away.").waitFor();
  assertEquals(stage.errors, []);
  await server.stop();
});

/** What a tab in the background shows of a page. */
function drawsAttention(page: Page): Promise<{ title: string; icon: string | undefined }> {
  return page.evaluate(() => ({
    title: document.title,
    icon: document.querySelector<HTMLLinkElement>('link[rel~="icon"]')?.href,
  }));
}

/** Runs in the page: leaves a mark when a note is played and when the device is shaken. */
function countRinging(): void {
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function (...when) {
    Object.assign(globalThis, { rang: true });
    start.apply(this, when);
  };
  navigator.vibrate = (pattern) => {
    if (pattern !== 0) Object.assign(globalThis, { shook: true });
    return true;
  };
}
