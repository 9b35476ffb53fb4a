/** A picture that goes: by the administrator's switch, and by its user's, in the middle of showing. */
import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { TcpRelay } from "../support/tcp_relay.ts";
import { button, connect, openConsole, pressSeldom, status } from "./cast.ts";
import { hears, showsMoreFrames, until, video } from "./look.ts";
import { DEVICE_HERTZ, enroll, setUp, Stage, TECHNICIAN_HERTZ } from "./people.ts";
import { drag, frozen, showsMarks } from "./shown.ts";

const DEVICE = "Till 7";
const OFF = "Video is switched off.";
/** Nobody is there to choose one. */
const ANY_SCREEN = "--auto-select-desktop-capture-source=Entire screen";

Deno.test("[M1] video switched off in mid-freeze and mid-share ends pictures and tools, says why, and comes back; its user's switch leaves the frozen picture", async () => {
  await using stage = await Stage.open();
  const technician = await stage.technicianBrowser();
  const { server, console } = await openConsole(stage, technician, {});
  await using line = await TcpRelay.open(Number(new URL(server.origin).port));
  const context = await (await stage.deviceBrowser([ANY_SCREEN])).newContext({
    viewport: { width: 360, height: 740 },
    hasTouch: true,
  });
  await context.addInitScript(keepCaptured);
  const phone = await stage.page(context);
  await setUp(phone, (await enroll(console, DEVICE)).replace(server.origin, line.origin));
  await status(phone, "Disconnected").waitFor();
  // A window of their own: browsers hardly paint a page that is behind another one.
  const storageState = await console.context().storageState();
  const admin = await stage.page(await technician.newContext({ storageState }));
  await admin.goto(`${server.origin}/admin`);
  const flip = () => admin.getByRole("switch", { name: "Video", exact: true }).click();
  await server.mediaReady();
  await connect(console, phone, DEVICE, "Accept with video");
  const seen = video(console, "device", "main");
  await showsMoreFrames(seen);

  await freezeAndDraw(console, phone);
  await flip();
  await allGone(console, phone);
  await flip();
  for (const page of [console, phone]) await page.getByText(OFF).waitFor({ state: "detached" });
  // The phone's network changes in the very moment: whether it may is asked again over the next one.
  line.forget();
  await pressSeldom(phone, "Start camera");
  await showsMoreFrames(seen);
  assertEquals(await phone.getByText("Something went wrong").count(), 0);

  await pressSeldom(phone, "Share screen");
  await console.getByText("Sharing screen").waitFor();
  await freezeAndDraw(console, phone);
  await flip();
  await allGone(console, phone);
  await flip();
  await pressSeldom(phone, "Share screen");
  await console.getByText("Sharing screen").waitFor();
  await showsMoreFrames(seen, 2);

  // By the user: what both look at stays until the technician lets it go.
  await freezeAndDraw(console, phone);
  await pressSeldom(phone, "Stop sharing");
  await letGo(console, phone);
  await pressSeldom(phone, "Start camera");
  await showsMoreFrames(seen);
  await freezeAndDraw(console, phone);
  await pressSeldom(phone, "Stop camera");
  await letGo(console, phone);
  assertEquals(stage.errors, []);
  await server.stop();
});

/** Both look at a frozen picture with one mark. */
async function freezeAndDraw(console: Page, phone: Page): Promise<void> {
  await button(console, "Freeze").click();
  for (const page of [console, phone]) await frozen(page).waitFor();
  await button(console, "Draw").click();
  await drag(frozen(console), [0.3, 0.3], [0.6, 0.5]);
  await showsMarks(phone, 1);
}

/** Nothing is shown or captured any more, both are told why, and they still hear each other. */
async function allGone(console: Page, phone: Page): Promise<void> {
  for (const page of [console, phone]) {
    await frozen(page).waitFor({ state: "detached" });
    await showsMarks(page, 0);
    await page.locator("video").first().waitFor({ state: "detached" });
    await page.getByText(OFF).waitFor();
  }
  for (const tool of ["Draw", "Unfreeze", "Freeze", "Circle"]) {
    await button(console, tool).waitFor({ state: "detached" });
  }
  await console.getByText("Sharing screen").waitFor({ state: "detached" });
  await capturesNothing(phone);
  await hears(console, DEVICE_HERTZ);
  await hears(phone, TECHNICIAN_HERTZ);
}

/** The user has ended the picture: the frozen one is still drawn on, then let go. */
async function letGo(console: Page, phone: Page): Promise<void> {
  await video(phone, "device", "inset").waitFor({ state: "detached" });
  await capturesNothing(phone);
  await console.getByText("Sharing screen").waitFor({ state: "detached" });
  await drag(frozen(console), [0.3, 0.7], [0.6, 0.8]);
  await showsMarks(phone, 2);
  await button(console, "Unfreeze").click();
  for (const page of [console, phone]) await frozen(page).waitFor({ state: "detached" });
  await button(console, "Freeze").waitFor({ state: "detached" });
  await hears(console, DEVICE_HERTZ);
}

/** Waits until the browser captures neither camera nor screen: no light, no bar. */
async function capturesNothing(page: Page): Promise<void> {
  await until(page, () => {
    const { captured = [] } = globalThis as { captured?: MediaStreamTrack[] };
    return captured.length > 0 && captured.every(({ readyState }) => readyState === "ended");
  }, null);
}

/** Runs in the page: remembers all pictures the browser ever captured for it. */
function keepCaptured(): void {
  const captured: MediaStreamTrack[] = [];
  Object.assign(globalThis, { captured });
  const { mediaDevices } = navigator;
  for (const way of ["getUserMedia", "getDisplayMedia"] as const) {
    const ask = mediaDevices[way].bind(mediaDevices);
    mediaDevices[way] = async (constraints) => {
      const stream = await ask(constraints);
      captured.push(...stream.getVideoTracks());
      return stream;
    };
  }
}
