/** Show me: freeze, draw, point, take a picture with consent, share the screen. */
import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { button, connect, openBoth, openConsole, openPhone, pressSeldom } from "./cast.ts";
import { until } from "../support/waiting.ts";
import { picture, showsMoreFrames, video } from "./look.ts";
import { Stage } from "./people.ts";
import {
  assertSameMarks,
  barAt,
  colourAt,
  drag,
  frozen,
  hover,
  marksOn,
  showsMarks,
  swipe,
} from "./shown.ts";

const DEVICE = "Till 4";
/** Nobody is there to choose one. */
const ANY_SCREEN = "--auto-select-desktop-capture-source=Entire screen";
/** Chromium's fake camera does not say which way it looks; a phone's front camera does. */
const FRONT_CAMERA = () => {
  const { getSettings } = MediaStreamTrack.prototype;
  MediaStreamTrack.prototype.getSettings = function () {
    const settings = getSettings.call(this);
    return this.kind === "video" ? { ...settings, facingMode: "user" } : settings;
  };
};

Deno.test("[S8] the technician freezes, points and draws on the device's picture; the user sees it live", async () => {
  await using stage = await Stage.open();
  const { server, console, phone } = await openBoth(stage, {}, DEVICE);
  await phone.addInitScript(FRONT_CAMERA);
  await phone.reload();
  await connect(console, phone, DEVICE, "Accept with video");
  await showsMoreFrames(video(console, "device", "main"));
  await showsMoreFrames(video(phone, "technician", "main"));

  // A pointer on the moving video; on the phone that is a mirror, so the pointer is mirrored too.
  await button(console, "Pointer").click();
  const live = video(console, "device", "main");
  await hover(live, [0.25, 0.4]);
  const own = video(phone, "device", "inset");
  await phone.locator("[data-pointer]").waitFor();
  await phone.waitForFunction(() => {
    const pointer = document.querySelector("[data-pointer] circle:last-child");
    const video = document.querySelector("video[data-view=inset]");
    if (pointer === null || video === null) return false;
    const [at, box] = [pointer.getBoundingClientRect(), video.getBoundingClientRect()];
    return Math.abs((at.x + at.width / 2 - box.x) / box.width - 0.75) < 0.02;
  });
  const [pointed] = await marksOn(own, "[data-pointer]");
  assert(Math.abs((pointed?.y ?? 0) - 4_000) < 100, `pointer at ${pointed?.y}`);
  await showsMoreFrames(own);
  await button(console, "Pointer").click();
  await phone.locator("[data-pointer]").waitFor({ state: "detached" });

  // Both look at the very same frame, and at everything that is drawn on it.
  await button(console, "Freeze").click();
  await phone.getByText("froze the picture").waitFor();
  await frozen(console).waitFor();
  assertEquals(await barAt(frozen(console)), await barAt(frozen(phone)));
  await button(console, "Draw").click();
  await button(console, "Circle").waitFor();
  await drag(frozen(console), [0.2, 0.2], [0.4, 0.3]);
  await button(console, "Circle").click();
  await button(console, "Red").click();
  await drag(frozen(console), [0.6, 0.5], [0.8, 0.8]);
  await button(console, "Free line").click();
  await swipe(frozen(console), [0.2, 0.6], [0.3, 0.8], [0.4, 0.6], [0.5, 0.8]);
  await button(console, "Number").click();
  await drag(frozen(console), [0.7, 0.2]);
  // Without a mouse: the crosshair starts in the middle.
  await console.getByRole("application").focus();
  await console.keyboard.press("ArrowRight");
  await console.keyboard.press("Enter");
  await showsMarks(phone, 5);
  const drawn = await marksOn(frozen(console));
  const kinds = drawn.map(({ kind, text }) => kind + text);
  assertEquals(kinds, ["arrow", "circle", "line", "number1", "number2"]);
  const middles = [3_000, 7_000, 3_500, 7_000, 5_250];
  for (const [n, { kind, x }] of drawn.entries()) {
    assert(Math.abs(x - (middles[n] ?? 0)) < 90, `${kind} at ${x}`);
  }
  assertSameMarks(await marksOn(frozen(phone)), drawn);
  await button(console, "Undo").click();
  await showsMarks(phone, 4);

  // The picture to keep has the drawing in it: the circle's left edge is red.
  await button(console, "Take snapshot").click();
  await phone.getByRole("alertdialog", { name: "asks to keep the frozen picture" })
    .getByRole("button", { name: "Allow" }).click();
  const [red = 0, green = 0] = await colourAt(console, await saved(console), [0.6, 0.65]);
  assert(red > 150 && green < 120, `the edge is ${red}, ${green}`);

  // The device's page comes back to the same picture; the call's controls stay in reach.
  const bar = await barAt(frozen(phone));
  await phone.reload();
  await frozen(phone).waitFor();
  await showsMarks(phone, 4);
  assertEquals(await barAt(frozen(phone)), bar);
  assertSameMarks(await marksOn(frozen(phone)), await marksOn(frozen(console)));
  await button(phone, "Hang up").click({ trial: true });
  await button(console, "Hang up").click({ trial: true });
  await button(console, "Clear drawing").click();
  await showsMarks(phone, 0);

  // The user closes it, or the technician unfreezes, or is gone: the video moves again.
  await button(phone, "Close picture").click();
  await console.getByText("The user closed the picture.").waitFor();
  await showsMoreFrames(live);
  await button(console, "Draw").click();
  await frozen(phone).waitFor();
  await button(console, "Unfreeze").click();
  await frozen(phone).waitFor({ state: "detached" });
  await button(console, "Freeze").click();
  await frozen(phone).waitFor();
  await console.reload();
  await frozen(phone).waitFor({ state: "detached" });
  await showsMoreFrames(own);
  assertEquals(await left(phone), "");

  await snapshots(console, phone);
  assertEquals(stage.errors, []);
  assert(!/show_|snapshot_|picture_/.test(server.printed), "the log keeps what was shown");
  await server.stop();
});

/** What the browser still keeps of pictures. */
function left(page: Page): Promise<string> {
  return page.evaluate(() =>
    [...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter((key) =>
      /picture|show|snapshot/i.test(key)
    ).join()
  );
}

/** The technician asks for pictures; the user decides. */
async function snapshots(console: Page, phone: Page): Promise<void> {
  await showsMoreFrames(video(console, "device", "main"));
  const asked = phone.getByRole("alertdialog", { name: "asks for a picture" });
  await button(console, "Take snapshot").click();
  await asked.getByRole("button", { name: "No" }).click();
  await console.getByText("The user does not want to give you the picture.").waitFor();
  await button(console, "Done").click();

  await button(console, "Take snapshot").click();
  await asked.waitFor();
  // A reload is no answer: the user is asked again.
  await phone.reload();
  await asked.getByRole("button", { name: "Allow" }).click();
  const [red = 0, green = 0] = await colourAt(console, await saved(console), [0.6, 0.65]);
  assert(green > red + 40, "what the camera sees, and nothing else");
}

/** Saves the snapshot, and is done with it. */
async function saved(console: Page): Promise<Uint8Array> {
  const save = console.getByRole("link", { name: "Save picture" });
  await save.waitFor();
  const [download] = await Promise.all([console.waitForEvent("download"), save.click()]);
  await button(console, "Done").click();
  return await Deno.readFile(await download.path());
}

Deno.test("[M5] [M1] the device shares its screen in the camera's place; the browser's own button ends it", async () => {
  await using stage = await Stage.open();
  const { server, console } = await openConsole(
    stage,
    await stage.technicianBrowser([ANY_SCREEN]),
    {},
  );
  const sharing = await stage.deviceBrowser([ANY_SCREEN]);
  const phone = await openPhone(stage, sharing, console, DEVICE);
  await server.mediaReady();
  await connect(console, phone, DEVICE, "Accept with video");
  const seen = video(console, "device", "main");
  await showsMoreFrames(seen);
  const producer = () =>
    seen.evaluate((element) =>
      ((element as HTMLVideoElement).srcObject as MediaStream).getVideoTracks()[0]?.id
    );
  const before = await producer();
  await pressSeldom(phone, "Share screen");
  await console.getByText("Sharing screen").waitFor();
  assertEquals(await producer(), before, "the same producer: nothing was negotiated");
  const hint = () =>
    video(phone, "device", "inset").evaluate((element) =>
      ((element as HTMLVideoElement).srcObject as MediaStream).getVideoTracks()[0]?.contentHint
    );
  assertEquals(await hint(), "detail");

  // The browser's own "Stop sharing": the camera is back.
  await video(phone, "device", "inset").evaluate((element) => {
    const [track] = ((element as HTMLVideoElement).srcObject as MediaStream).getVideoTracks();
    track?.stop();
    track?.dispatchEvent(new Event("ended"));
  });
  await console.getByText("Sharing screen").waitFor({ state: "detached" });
  await button(phone, "Stop camera").waitFor();
  await showsMoreFrames(seen);
  // Pictures of the screen may still have been on their way.
  await until("the camera is seen", () => picture(seen), ({ colour }) => colour === "green");
  await pressSeldom(phone, "Share screen");
  await console.getByText("Sharing screen").waitFor();
  // The technician shows how it is done, and nothing of that screen is cut off on the phone.
  await pressSeldom(console, "Share screen");
  await phone.getByText("Sharing screen").waitFor();
  const shown = video(phone, "technician", "main");
  await showsMoreFrames(shown, 2);
  assertEquals(await shown.evaluate((element) => getComputedStyle(element).objectFit), "contain");
  await button(console, "Stop sharing").click();
  await phone.getByText("Sharing screen").waitFor({ state: "detached" });
  // Whoever reloads shares nothing any more, and no camera opens in its place.
  await phone.reload();
  await console.getByText("Sharing screen").waitFor({ state: "detached" });
  await button(phone, "Start camera").waitFor();
  await video(phone, "technician", "main").waitFor();
  assertEquals(await video(phone, "device", "inset").count(), 0);
  assertEquals(stage.errors, []);
  await server.stop();
});
