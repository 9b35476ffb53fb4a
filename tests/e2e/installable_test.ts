/** The agent as an app: it can be installed, says what is going on without a network, renews itself. */
import { assertEquals, assertNotEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import {
  ADMINISTRATOR,
  button,
  composer,
  connect,
  openBoth,
  openConsole,
  openPhone,
  status,
} from "./cast.ts";
import { hears, until } from "./look.ts";
import { enroll, setUp, Stage } from "./people.ts";
import { Server } from "./server.ts";

const DEVICE = "Till 4";

Deno.test("the agent passes the browser's install criteria", async () => {
  await using stage = await Stage.open();
  const { server, console } = await openConsole(stage, await stage.browser(), { MEDIA: "off" });
  const link = await enroll(console, DEVICE);
  const phone = await stage.page(await stage.profile());
  await setUp(phone, link);
  await status(phone, "Disconnected").waitFor();
  await phone.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  const cdp = await phone.context().newCDPSession(phone);
  const { installabilityErrors } = await cdp.send("Page.getInstallabilityErrors");
  assertEquals(installabilityErrors, []);
  const { url, data, errors } = await cdp.send("Page.getAppManifest");
  assertEquals([url, errors], [`${server.origin}/manifest.webmanifest`, []]);
  const manifest = JSON.parse(data ?? "");
  assertEquals([manifest.start_url, manifest.scope, manifest.display, manifest.id], [
    ...["/device", "/", "standalone", "/device"],
  ]);
  const purposes = manifest.icons.map(({ purpose = "any" }) => purpose);
  assertEquals([purposes.includes("any"), purposes.includes("maskable")], [true, true]);
  for (const { src } of manifest.icons) {
    assertEquals(
      (await fetch(`${server.origin}${src}`).then(async (icon) => {
        await icon.body?.cancel();
        return icon;
      })).status,
      200,
    );
  }
  // A technician is not offered a page that would not know them.
  assertEquals(await console.locator("link[rel=manifest]").count(), 0);
  assertEquals(stage.errors, []);
  await server.stop();
});

Deno.test("[C5] without a network the app says so, keeps what was typed, and goes on by itself", async () => {
  await using stage = await Stage.open();
  const browser = await stage.browser();
  const opened = await openConsole(stage, browser, { MEDIA: "off" });
  const { console } = opened;
  const phone = await openPhone(stage, browser, console, DEVICE);
  await phone.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  await phone.reload();
  await connect(console, phone, DEVICE, "Accept with text");
  await composer(phone).fill("Half a sentence");
  await opened.server.kill();
  await phone.reload();
  await phone.getByRole("heading", { name: "Live Support is not reachable" }).waitFor();
  await phone.getByText("no connection to the server").waitFor();
  assertEquals(await phone.evaluate(() => document.styleSheets.length), 1);
  await phone.context().setOffline(true);
  await phone.getByText("not connected to a network").waitFor();
  await phone.context().setOffline(false);
  const env = { ...ADMINISTRATOR, MEDIA: "off", PORT: new URL(opened.server.origin).port };
  const server = await Server.start(stage.data, env);
  await composer(phone).waitFor();
  assertEquals(await composer(phone).inputValue(), "Half a sentence");
  await server.stop();
});

Deno.test("a new version is loaded by itself: at once where nobody is busy, after the call otherwise", async () => {
  await using stage = await Stage.open();
  const opened = await openBoth(stage, {}, DEVICE);
  const { console, phone } = opened;
  const idle = await openPhone(stage, await stage.browser(), console, "Kiosk");
  await connect(console, phone, DEVICE, "Accept with voice");
  await hears(phone, 500);
  const old = await build(phone);
  await opened.server.kill();
  await rebuild();
  const env = { ...ADMINISTRATOR, PORT: new URL(opened.server.origin).port };
  const server = await Server.start(stage.data, env);

  await until(idle, (old) => document.documentElement.dataset.build !== old, old);
  await status(idle, "Disconnected").waitFor();
  for (const page of [phone, console]) {
    await page.getByText("Live Support was updated.").waitFor();
    assertEquals(await build(page), old);
  }
  await hears(phone, 500);
  await button(phone, "Hang up").click();
  for (const page of [phone, console]) {
    await until(page, (old) => document.documentElement.dataset.build !== old, old);
  }
  await composer(phone).waitFor();
  assertNotEquals(await build(phone), old);
  assertEquals(await build(phone), await build(idle));
  await server.stop();
});

/** The build a page is of. */
function build(page: Page): Promise<string | undefined> {
  return page.evaluate(() => document.documentElement.dataset.build);
}

/** Builds the client anew, as an update does. */
async function rebuild(): Promise<void> {
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--unstable-kv", "dev.ts", "build"],
    cwd: fileURLToPath(new URL("../../", import.meta.url)),
    // Where continuous integration names builds by commits, this one is another.
    env: { GITHUB_SHA: crypto.randomUUID(), CI_COMMIT_SHA: "" },
    stdout: "null",
    stderr: "null",
  }).output();
  if (!success) throw new Error("the client could not be built");
}
