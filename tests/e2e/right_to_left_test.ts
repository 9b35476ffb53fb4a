/** Written from right to left: what is along the line mirrors; pictures, names and figures do not. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Locator, Page } from "playwright-core";
import { button, endSession, openConsole } from "./cast.ts";
import { until } from "../support/waiting.ts";
import { showsMoreFrames, video, write } from "./look.ts";
import { enroll, Stage } from "./people.ts";
import { assertSameMarks, drag, frozen, hover, marksOn, showsMarks } from "./shown.ts";

/** Ends with a bracket, which an Arabic sentence takes to its other end unless the name stands apart. */
const DEVICE = "Till 4 (Cairo)";
const ARABIC = {
  locale: "ar-EG",
  viewport: { width: 360, height: 740 },
  hasTouch: true,
} as const;

/** Fails if the page is wider than its window: a person would have to scroll along the line. */
async function assertFits(page: Page, where: string): Promise<void> {
  const [wide = 0, window = 0] = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.scrollingElement ?? document.body;
    return [scrollWidth, clientWidth];
  });
  assert(wide <= window, `${where}: ${wide} pixels in ${window}`);
}

/** Where each part of an element's text begins on the screen, in CSS pixels from the left. */
function placesOf(text: Locator, parts: readonly string[]): Promise<number[]> {
  return text.evaluate((element, parts) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const places = new Map<string, number>();
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      for (const part of parts) {
        const at = node.textContent?.lastIndexOf(part) ?? -1;
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + part.length);
        places.set(part, range.getBoundingClientRect().x);
      }
    }
    return parts.map((part) => places.get(part) ?? NaN);
  }, parts);
}

/** Fails unless these parts of a text stand in this order, from left to right. */
async function assertOrder(text: Locator, ...parts: readonly string[]): Promise<void> {
  const places = await placesOf(text, parts);
  assertEquals(places, [...places].sort((a, b) => a - b), `${parts.join(" ")}: ${places}`);
  assert(places.every(Number.isFinite), `${parts.join(" ")}: ${places}`);
}

/** The middle of an element, as a share of the page's width from the left. */
async function across(element: Locator): Promise<number> {
  const box = await element.boundingBox();
  const width = await element.page().evaluate(() => innerWidth);
  return box === null ? NaN : (box.x + box.width / 2) / width;
}

/** The last own message with this text: its check mark and its time. */
function footOf(page: Page, text: string) {
  const message = page.locator("[data-status]").filter({ hasText: text });
  return { check: message.locator(".check svg"), time: message.locator("time") };
}

Deno.test("an Arabic phone and an English technician: each page in its own direction, one picture for both", async () => {
  await using stage = await Stage.open();
  const browser = await stage.browser();
  const { server, console } = await openConsole(stage, browser, {});
  const link = await enroll(console, DEVICE);
  const phone = await stage.page(await browser.newContext(ARABIC));
  await phone.goto(link);
  const html = phone.locator("html");
  assertEquals([await html.getAttribute("lang"), await html.getAttribute("dir")], ["ar", "rtl"]);
  await assertOrder(phone.getByText("يعرف فريق الدعم"), "Till", "4", "(", "Cairo", ")");
  await button(phone, "إعداد هذا الجهاز").click();
  await phone.getByRole("status").filter({ hasText: /^غير متصل/ }).waitFor();
  await assertFits(phone, "agent");
  await server.mediaReady();

  await button(console, `Start session with ${DEVICE}`).click();
  const ring = phone.getByRole("alertdialog", { name: "جلسة Live Support واردة" });
  await ring.getByText("هنا لمساعدتك في هذا الجهاز.").waitFor();
  await phone.waitForFunction(() => document.title.endsWith("هنا لمساعدتك"));
  await assertFits(phone, "ring");
  await button(phone, "قبول بالفيديو").click();
  const live = video(console, "device", "main");
  await showsMoreFrames(live);
  await showsMoreFrames(video(phone, "technician", "main"));
  await assertFits(phone, "call");

  // One's own picture is at the end of the line: upper left here, upper right there (M3).
  assert(await across(video(phone, "device", "inset")) < 0.4);
  assert(await across(video(console, "technician", "inset")) > 0.6);
  assertMatch(await phone.locator(".call-timer").innerText(), /^[٠-٩]+:[٠-٩]{2}$/);

  // What is pointed at is where it is, whichever way the text runs.
  await button(console, "Pointer").click();
  await hover(live, [0.25, 0.4]);
  // The mouse comes from somewhere: the first place it is seen at may be on its way.
  await until(
    "the pointer is where the mouse is",
    () => marksOn(video(phone, "device", "inset"), "[data-pointer]"),
    ([pointed]) => Math.abs((pointed?.x ?? 0) - 2_500) < 200,
  );
  await button(console, "Pointer").click();
  await phone.locator("[data-pointer]").waitFor({ state: "detached" });

  await button(phone, "الرسائل").click();
  await phone.getByRole("textbox", { name: "رسالة", exact: true }).fill("الطابعة HP لا تطبع (12).");
  await button(phone, "إرسال").click();
  await write(console, "Open Wi-Fi (no. 4).");
  const english = phone.locator(".message-text").filter({ hasText: "Open" });
  await assertOrder(english, "Open", "(", "no", ")", ".");
  const arabic = console.locator(".message-text").filter({ hasText: "HP" });
  await assertOrder(arabic, ".", "تطبع", "HP", "الطابعة");
  await phone.locator("[data-status=read]").waitFor();
  await console.locator("[data-status=read]").waitFor();
  const [here, there] = [footOf(phone, "HP"), footOf(console, "Wi-Fi")];
  assert(await across(here.check) < await across(here.time));
  assert(await across(there.check) > await across(there.time));
  assertMatch(await here.time.innerText(), /^[٠-٩]{2}:[٠-٩]{2}/);
  await assertFits(phone, "conversation");

  // The technician goes on in Arabic, on a narrow window; a drawing is still the same for both.
  await console.locator("summary", { hasText: "English" }).click();
  await button(console, "العربية").click();
  await showsMoreFrames(live);
  await console.setViewportSize({ width: 360, height: 740 });
  await assertFits(console, "console");
  await button(console, "رسم").click();
  await frozen(console).waitFor();
  await drag(frozen(console), [0.2, 0.2], [0.4, 0.3]);
  await button(console, "رقم").click();
  await drag(frozen(console), [0.7, 0.2]);
  await showsMarks(phone, 2);
  const drawn = await marksOn(frozen(console));
  assertEquals(drawn.map(({ x }) => Math.round(x / 1_000)), [3, 7]);
  assertSameMarks(await marksOn(frozen(phone)), drawn);
  await assertFits(console, "drawing");
  await endSession(console, ["إنهاء الجلسة", "إنهاء الجلسة الآن"]);
  await phone.getByText("انتهت الجلسة. لم يُحفظ منها شيء.").waitFor();
  assertEquals(stage.errors, []);
  await server.stop();
});
