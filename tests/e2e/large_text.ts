/** Pages as people see them who enlarge their text or choose their own colours. */
import type { Page } from "playwright-core";

/**
 * What a person cannot get at in text of twice the size (WCAG 2.2, 1.4.4) and in the system's colours,
 * on a window of 360 pixels; one line each. The page looks as before afterwards.
 */
export async function lostAtTwiceTheSize(page: Page, where: string): Promise<string[]> {
  const before = page.viewportSize();
  const browser = await page.context().newCDPSession(page);
  // As the browser's own setting does it: media and container queries in rem know of it too.
  await browser.send("Page.setFontSizes", { fontSizes: { standard: 32 } });
  await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
  await page.setViewportSize({ width: 360, height: 740 });
  await page.waitForFunction(() =>
    innerWidth === 360 && getComputedStyle(document.documentElement).fontSize === "32px"
  );
  const found = await page.evaluate(outOfReach);
  await browser.send("Page.setFontSizes", { fontSizes: { standard: 16 } });
  await page.emulateMedia({ forcedColors: "none", reducedMotion: "reduce" });
  if (before !== null) await page.setViewportSize(before);
  await browser.detach();
  return found.map((it) => `${where} (200%): ${it}`);
}

/** Runs in the page: controls that cannot be scrolled to, are cut off or covered, or have no outline. */
async function outOfReach(): Promise<string[]> {
  await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
  const root = document.scrollingElement ?? document.documentElement;
  const found: string[] = [];
  if (root.scrollWidth > root.clientWidth) found.push(`${root.scrollWidth} pixels wide`);
  for (const box of document.body.querySelectorAll("*")) {
    const scrolls = /auto|scroll/.test(getComputedStyle(box).overflowX);
    if (scrolls && box.scrollWidth > box.clientWidth + 1) {
      found.push(`.${box.className}: ${box.scrollWidth} pixels in ${box.clientWidth}`);
    }
  }
  const within = document.querySelector("dialog:modal") ?? document.body;
  const controls = within.querySelectorAll<HTMLElement>(
    "button, a[href], input:not([type=hidden], [type=file]), select, textarea, summary",
  );
  for (const control of controls) {
    const { width, height } = control.getBoundingClientRect();
    if (width <= 1 || height <= 1 || !control.checkVisibility({ visibilityProperty: true })) {
      continue;
    }
    const name = (control.getAttribute("aria-label") ?? control.textContent ?? "").trim() ||
      control.className;
    control.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
    // What is only cut off can be scrolled by a script, but by no person.
    for (let box = control.parentElement; box !== null; box = box.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(box);
      if (overflowY === "hidden" && box.scrollTop !== 0) found.push(`"${name}" is cut off`);
      if (overflowX === "hidden" && box.scrollLeft !== 0) found.push(`"${name}" is cut off`);
      if (overflowY === "hidden") box.scrollTop = 0;
      if (overflowX === "hidden") box.scrollLeft = 0;
    }
    // The first line, for a link may take several.
    const at = control.getClientRects()[0] ?? control.getBoundingClientRect();
    const hit = document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2);
    if (!control.contains(hit)) {
      found.push(`"${name}" is covered by ${hit?.className ?? "the edge"}`);
    }
    if (at.x < -1 || at.right > innerWidth + 1) found.push(`"${name}" is too wide`);
  }
  return found;
}
