/** The server dies and comes back while two people write. */
import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { ADMINISTRATOR, button, openBoth, openText, openWindow } from "./cast.ts";
import { arrived, checkMark, write } from "./look.ts";
import { Stage } from "./people.ts";
import { Server } from "./server.ts";

const DEVICE = "Warehouse tablet";

Deno.test("[C1] [C2] [C5] [S5] the server dies in mid-chat and comes back: nothing lost, doubled, reordered", async () => {
  await using stage = await Stage.open();
  const opened = await openBoth(stage, { MEDIA: "off" }, DEVICE);
  const { console, phone } = opened;
  let { server } = opened;
  const settings = { ...ADMINISTRATOR, MEDIA: "off", PORT: new URL(server.origin).port };
  await button(console, `Start session with ${DEVICE}`).click();
  await button(phone, "Accept with text").click();
  await openText(phone);
  const sent: string[] = [];
  const say = async (page: Page, text: string) => {
    sent.push(text);
    await write(page, text);
  };
  for (let round = 0; round < 3; round++) {
    for (let n = 0; n < 5; n++) {
      await say(phone, `phone ${round}.${n};`);
      await say(console, `console ${round}.${n};`);
    }
    await server.kill();
    // Written while nobody is there: kept, shown as pending, sent later.
    await say(phone, `phone ${round} alone;`);
    await say(console, `console ${round} alone;`);
    await phone.reload({ waitUntil: "commit" }).catch(() => {});
    server = await Server.start(stage.data, settings);
    if (round === 1) await console.reload();
    await phone.goto(`${server.origin}/device`);
    await arrived(console, `console ${round} alone;`);
    await openWindow(phone);
    await checkMark(phone, `phone ${round} alone;`, "read");
  }
  const texts = async (page: Page) =>
    (await page.getByRole("log", { name: "Messages" }).locator("[data-seq]").allInnerTexts())
      .map((text) => /(phone|console) [\w. ]+;/.exec(text)?.[0] ?? text);
  const [onPhone, onConsole] = [await texts(phone), await texts(console)];
  assertEquals(onPhone, onConsole);
  assertEquals([...onPhone].sort(), [...sent].sort());
  for (const who of ["phone", "console"]) {
    assertEquals(onPhone.filter((t) => t.startsWith(who)), sent.filter((t) => t.startsWith(who)));
  }
  await server.stop();
});
