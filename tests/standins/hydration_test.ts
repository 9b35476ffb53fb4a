import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { launchChromium } from "../support/chromium.ts";
import { buildOnDisk } from "./support.ts";

/** A page as a browser shows it, with what it complained about and which scripts it loaded. */
interface Visit {
  page: Page;
  origin: string;
  complaints: string[];
  scripts: string[];
}

/** Serves a production build with `deno serve`, as it is deployed, and visits it. */
async function withBrowser(visit: (visit: Visit) => Promise<void>): Promise<void> {
  const folder = await buildOnDisk();
  const server = new Deno.Command(Deno.execPath(), {
    args: ["serve", "-A", "--host=127.0.0.1", "--port=0", `${folder}/server.js`],
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const log = server.stderr.pipeThrough(new TextDecoderStream()).getReader();
  const browser = await launchChromium();
  try {
    let started = "";
    while (!/http:\/\/[^/\s]+\//.test(started)) {
      const { value, done } = await log.read();
      assert(!done, `the server did not start: ${started}`);
      started += value;
    }
    const origin = /http:\/\/[^/\s]+/.exec(started)?.[0] ?? "";
    const page = await browser.newPage();
    const complaints: string[] = [];
    const scripts: string[] = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    page.on("request", (request) => {
      if (request.resourceType() === "script") scripts.push(new URL(request.url()).pathname);
    });
    await visit({ page, origin, complaints, scripts });
  } finally {
    await browser.close();
    server.kill();
    await log.cancel();
    await server.status;
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test({
  name: "islands come to life in a browser under the nonce policy",
  // The browser driver keeps a child process and timers of its own.
  sanitizeOps: false,
  sanitizeResources: false,
  fn: () =>
    withBrowser(async ({ page, origin, complaints, scripts }) => {
      await page.goto(`${origin}/`);
      await page.waitForSelector(`.counter[data-side="browser"]`);

      const label = await page.textContent(".counter .label");
      assertEquals(label, `</script><script>alert(1)</script><!-- "'&`);
      const props = (await page.textContent(".counter code"))?.replaceAll(/\s+/g, " ").trim();
      assertEquals(props, "1970-01-01T00:00:00.000Z 1 a+b 9 true");
      assertEquals(await page.locator(".counter").count(), 1, "server markup is taken over");

      await page.click(".more");
      await page.click(".more");
      assertEquals(await page.textContent("#second"), "5", "both islands share one signal");
      const placed = await page.locator("#second + #high + img").count();
      assertEquals(placed, 1, "what an island adds stays in its place");

      assertEquals(scripts.some((script) => script.includes("heavy")), false);
      await page.click(".load");
      await page.waitForFunction(() => document.querySelector(".loaded")?.textContent !== "");
      assertEquals(await page.textContent(".loaded"), "HEAVY_CODE_LOADED");
      assertEquals(scripts.some((script) => script.includes("heavy")), true);

      await page.goto(`${origin}/settings`);
      await page.waitForFunction(() =>
        document.querySelector("#later")?.textContent?.startsWith("settings on the browser")
      );
      await page.waitForFunction(() => document.title === "On the browser");
      await page.click("#later .more");
      assertEquals(await page.textContent("#later .more"), "1");
      assertEquals(complaints, []);
    }),
});
