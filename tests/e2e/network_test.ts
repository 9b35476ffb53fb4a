/** A call on a phone whose network gets bad, goes away and comes back, through a real bad network. */
import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { GOOD, UdpRelay } from "../support/udp_relay.ts";
import { until } from "../support/waiting.ts";
import { button, connect, openBoth } from "./cast.ts";
import { hears, showsMoreFrames, video } from "./look.ts";
import { DEVICE_HERTZ, Stage, TECHNICIAN_HERTZ } from "./people.ts";
import { freePort } from "./server.ts";

const DEVICE = "Train tablet";
const PAUSED = "Video paused, weak connection";
/** Both pages are told to find the node under this name; to each it is a relay of its own. */
const NODE = "media-node.local";
const [TECHNICIAN_WAY, DEVICE_WAY] = ["127.0.0.2", "127.0.0.3"];

Deno.test("[S8] a weak network: the picture rests and returns, the voice goes on, paths are found anew", async () => {
  const port = freePort();
  await using stage = await Stage.open();
  await using _technician = await UdpRelay.open(TECHNICIAN_WAY, "127.0.0.1", port);
  await using device = await UdpRelay.open(DEVICE_WAY, "127.0.0.1", port);
  const { server, console, phone } = await openBoth(
    stage,
    {
      MEDIA_PORT: String(port),
      MEDIA_LISTEN_IP: "127.0.0.1",
      MEDIA_ANNOUNCED_ADDRESS: NODE,
    },
    DEVICE,
    {
      technician: [`--host-resolver-rules=MAP ${NODE} ${TECHNICIAN_WAY}`],
      device: [`--host-resolver-rules=MAP ${NODE} ${DEVICE_WAY}`],
    },
  );
  const asked = requestsOf(phone);
  await connect(console, phone, DEVICE, "Accept with video");
  await showsMoreFrames(video(console, "device", "main"));
  await showsMoreFrames(video(phone, "technician", "main"));
  await bars(phone, 3, 4);

  // Details, by keyboard and on a small screen: they never cover Hang up.
  await phone.getByRole("button", { name: /^Call quality: / }).press("Enter");
  const details = phone.getByRole("region", { name: "Call quality" });
  await details.getByText("UDP", { exact: true }).waitFor();
  await details.getByText(/\d kbit\/s, \d/).first().waitFor();
  await details.getByRole("img", { name: /^Bitrate of the last two minutes/ }).waitFor();
  await button(phone, "Hang up").click({ trial: true });
  await phone.keyboard.press("Escape");
  await details.waitFor({ state: "detached" });
  assertEquals(
    await phone.evaluate(() => document.activeElement?.getAttribute("aria-expanded")),
    "false",
    "focus is where it was",
  );

  device.network = { ...GOOD, rate: 60_000 };
  await phone.getByText(PAUSED).waitFor();
  await phone.getByText(/^Your connection is too weak /).waitFor();
  await console.getByText(PAUSED).waitFor();
  await console.getByText(new RegExp(`^The connection of ${DEVICE} is too weak `)).waitFor();
  await video(console, "device", "main").waitFor({ state: "detached" });
  await bars(console, 1, 1);
  for (const page of [phone, console]) await button(page, "Stop camera").waitFor();
  await hears(console, DEVICE_HERTZ);
  await hears(phone, TECHNICIAN_HERTZ);

  device.network = GOOD;
  // What has failed before is tried less often.
  for (const page of [phone, console]) {
    await page.getByText(PAUSED).waitFor({ state: "detached", timeout: 90_000 });
  }
  await showsMoreFrames(video(console, "device", "main"));
  await showsMoreFrames(video(phone, "technician", "main"));

  asked.length = 0;
  device.network = { ...GOOD, blocked: true };
  await phone.getByText("Connection lost. Reconnecting…").waitFor();
  await bars(phone, 0, 0);
  device.network = GOOD;
  await bars(phone, 2, 4);
  await showsMoreFrames(video(console, "device", "main"));
  await hears(console, DEVICE_HERTZ);
  await hears(phone, TECHNICIAN_HERTZ);
  // The node could be asked all the time: where a restart did not help, the page joined it anew.
  assert(asked.includes("restart_ice"), asked.join());

  // From Wi-Fi to mobile data, which is never offline: no silence is waited for.
  asked.length = 0;
  await networkChanges(phone, undefined);
  await networkChanges(phone, "cellular");
  await networkChanges(phone, "cellular");
  const restarts = () => asked.filter((type) => type === "restart_ice").length;
  await until("both ways are looked for anew", restarts, (count) => count >= 2);
  await showsMoreFrames(video(console, "device", "main"));
  assertEquals(restarts(), 2, "one for each way");
  assert(!asked.includes("join"));

  for (const page of [phone, console]) {
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, sessionStorage]));
    assert(!/bars|sample|quality/i.test(kept), kept);
  }
  assertEquals(stage.errors, []);
  await server.stop();
});

/** Waits until the page shows from `least` to `most` bars. */
async function bars(page: Page, least: number, most: number): Promise<void> {
  const all = Array.from({ length: most - least + 1 }, (_, n) => `[data-bars="${least + n}"]`);
  await page.locator(all.join()).waitFor();
}

/** What a phone's browser tells when its network is of another type, or only faster or slower (WICG). */
async function networkChanges(page: Page, type: string | undefined): Promise<void> {
  await page.evaluate((type) => {
    const connection: unknown = Reflect.get(navigator, "connection");
    if (!(connection instanceof EventTarget)) throw new Error("no Network Information API");
    Object.defineProperty(connection, "type", { value: type, configurable: true });
    connection.dispatchEvent(new Event("change"));
  }, type);
}

/** What a page asks of its media node from now on, by type. */
function requestsOf(page: Page): string[] {
  const asked: string[] = [];
  page.on("websocket", (socket) => {
    if (!socket.url().includes("/media/")) return;
    socket.on("framesent", ({ payload }) => asked.push(JSON.parse(String(payload)).type));
  });
  return asked;
}
