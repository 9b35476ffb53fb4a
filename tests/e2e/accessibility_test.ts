/** WCAG 2.2 AA as far as a program can check it (axe), on every page and in every state of a session. */
import { assertEquals } from "@std/assert";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { button, composer, openConsole, openPhone, openText, ring } from "./cast.ts";
import { showsMoreFrames, video, write } from "./look.ts";
import { lostAtTwiceTheSize } from "./large_text.ts";
import { Stage } from "./people.ts";
import { drag, frozen } from "./shown.ts";

/** WCAG 2.2 levels A and AA, and what axe's authors call best practice. */
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const SCHEMES = ["light", "dark"] as const;

/** What axe finds wrong with the page now, in both colour schemes; one line each. */
async function violations(page: Page, where: string): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.evaluate(settled);
    if (await page.evaluate(() => !("axe" in globalThis))) await page.evaluate(axe.source);
    const results = await page.evaluate((values) => {
      const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
      return axe.run(document, { runOnly: { type: "tag", values } });
    }, RULES);
    for (const { id, nodes } of results.violations) {
      for (const { target } of nodes) found.push(`${where} (${colorScheme}): ${id} at ${target}`);
    }
  }
  return found;
}

/** Runs in the page: resolves once nothing is on its way from one look to another. */
async function settled(): Promise<void> {
  await new Promise((painted) => requestAnimationFrame(painted));
  await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
}

Deno.test("[WCAG 2.2 AA] axe finds nothing on any page, nor in any state of a session, light or dark; text of twice the size loses nothing", async () => {
  await using stage = await Stage.open();
  const browser = await stage.browser();
  const { server, console } = await openConsole(stage, browser, { RING_SECONDS: "600" });
  const found: string[] = [];
  const look = async (page: Page, where: string) => {
    found.push(...await violations(page, where), ...await lostAtTwiceTheSize(page, where));
  };
  const visitor = await stage.page(await browser.newContext());
  for (const path of ["/", "/sign-in", "/setup/none", "/enroll/none", "/nowhere"]) {
    await visitor.goto(`${server.origin}${path}`);
    await look(visitor, path);
  }
  await look(console, "console, empty");
  await button(console, "Enroll device").click();
  await console.getByRole("textbox", { name: "Device name" }).waitFor();
  await look(console, "enroll dialog");
  await console.keyboard.press("Escape");
  const phone = await openPhone(stage, browser, console, "Till 4");
  await look(phone, "agent");
  await button(phone, "Check equipment").click();
  await button(phone, "Test network").waitFor();
  await look(phone, "check equipment");
  await button(phone, "Done").click();
  await server.mediaReady();

  await button(console, "Start session with Till 4").click();
  await ring(phone).waitFor();
  await look(phone, "ringing");
  await look(console, "ringing, console");
  await button(phone, "Accept with video").click();
  await showsMoreFrames(video(console, "device", "main"));
  await look(phone, "call");
  await look(console, "call, console");
  await button(console, "Draw").click();
  await frozen(console).waitFor();
  await drag(frozen(console), [0.2, 0.2], [0.6, 0.6]);
  await button(console, "Take snapshot").click();
  await phone.getByRole("alertdialog", { name: "asks to keep" }).waitFor();
  await look(phone, "frozen, asked for a picture");
  await look(console, "drawing");
  await button(phone, "No").click();
  await button(console, "Done").click();
  await button(console, "Unfreeze").click();
  for (const page of [phone, console]) {
    await page.getByRole("button", { name: /^Call quality: / }).click();
    await page.getByRole("region", { name: "Call quality" }).getByText("UDP").waitFor();
  }
  await look(phone, "call quality");
  await look(console, "call quality, console");
  for (const page of [phone, console]) await page.keyboard.press("Escape");
  await openText(phone);
  await composer(console).waitFor();
  await write(phone, "Hello, see https://example.org");
  await look(phone, "call and text");
  await look(console, "call and text, console");
  // The moment in which it can be taken back is over before a busy machine has looked: it stands still.
  await console.evaluate(() => void Object.assign(globalThis, { setInterval: () => 0 }));
  await button(console, "End session").click();
  await console.getByRole("alertdialog").waitFor();
  await look(console, "ending");
  await button(console, "End session now").click();
  await phone.getByText("The session has ended").waitFor();
  await look(phone, "ended");
  await console.goto(`${server.origin}/admin`);
  await look(console, "settings");

  assertEquals(found, []);
  await server.stop();
});
