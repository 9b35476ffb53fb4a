/** A large picture on its way over a thin line: whoever talks and writes gets past it. */
import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { TcpRelay } from "../support/tcp_relay.ts";
import { until } from "../support/waiting.ts";
import { button, connect, openConsole, openText, status } from "./cast.ts";
import { arrived, hears, message, showsMoreFrames, video, write } from "./look.ts";
import { DEVICE_HERTZ, enroll, setUp, Stage, TECHNICIAN_HERTZ } from "./people.ts";
import { frozen } from "./shown.ts";

const DEVICE = "Far tablet";
/** Bits per second: a large picture takes half a minute. */
const THIN = 150_000;

Deno.test("[M1] a large frozen picture over a thin line: text and voice go on, and after a cut it goes on where it was", async () => {
  await using stage = await Stage.open();
  const { server, console } = await openConsole(stage, await stage.technicianBrowser(), {});
  await using line = await TcpRelay.open(Number(new URL(server.origin).port));
  const context = await (await stage.deviceBrowser()).newContext({
    viewport: { width: 360, height: 740 },
    hasTouch: true,
  });
  await context.addInitScript(detailedCamera);
  const phone = await stage.page(context);
  await setUp(phone, (await enroll(console, DEVICE)).replace(server.origin, line.origin));
  await status(phone, "Disconnected").waitFor();
  await server.mediaReady();
  await connect(console, phone, DEVICE, "Accept with video");
  await showsMoreFrames(video(console, "device", "main"));

  line.rate = THIN;
  line.delay = 100;
  await button(console, "Freeze").click();
  await percent(console, 1);
  await console.evaluate(keepPercents);
  await write(console, "I have frozen the picture.");
  await openText(phone);
  await message(phone, "I have frozen the picture.").waitFor();
  await write(phone, "It is slow here.");
  await arrived(phone, "It is slow here.");
  await hears(console, DEVICE_HERTZ);
  await hears(phone, TECHNICIAN_HERTZ);
  await button(phone, "Text").click();
  const joined = phone.waitForEvent("websocket", (socket) => socket.url().includes("/media/"));
  line.cut();
  await joined;
  const atCut = await percent(console, 1);
  await percent(console, atCut + 1);
  line.rate = Infinity;
  line.delay = 0;
  for (const page of [console, phone]) await frozen(page).waitFor();
  const said = await console.evaluate(() => (globalThis as { percents?: number[] }).percents ?? []);
  assertEquals(said, said.toSorted((a, b) => a - b), "what was there is not fetched again");
  await button(console, "Unfreeze").click();
  await frozen(phone).waitFor({ state: "detached" });
  assertEquals(stage.errors, []);
  await server.stop();
});

/** How much of the sharp picture the console says is there, once it is at least that much. */
async function percent(console: Page, least: number): Promise<number> {
  const said = console.getByText("Getting the sharp picture…");
  return await until(
    `${least} % of the picture`,
    async () => Number(/(\d+)\s?%/.exec(await said.innerText())?.[1] ?? 0),
    (now) => now >= least,
  );
}
/** Runs in the page: remembers how much of the picture it says is there. */
function keepPercents(): void {
  const percents: number[] = [];
  Object.assign(globalThis, { percents });
  new MutationObserver(() => {
    const text = document.querySelector(".show-note")?.textContent ?? "";
    const [, percent] = /(\d+)\s?%/.exec(text) ?? [];
    if (percent !== undefined) percents.push(Number(percent));
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}

/** Runs in the page: a camera that sees so much that its picture is large however it is packed. */
function detailedCamera(): void {
  const { mediaDevices } = navigator;
  const ask = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (constraints) => {
    const stream = await ask(constraints);
    const [camera] = stream.getVideoTracks();
    if (camera === undefined) return stream;
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [960, 540];
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("no canvas");
    const noise = context.createImageData(canvas.width, canvas.height);
    for (let at = 0; at < noise.data.length; at += 4) {
      noise.data.fill(Math.random() * 256, at, at + 3);
      noise.data[at + 3] = 255;
    }
    context.putImageData(noise, 0, 0);
    let across = 0;
    setInterval(() => context.fillRect(across++ % canvas.width, 0, 4, 4), 100);
    stream.removeTrack(camera);
    camera.stop();
    const [track] = canvas.captureStream(10).getVideoTracks();
    if (track !== undefined) stream.addTrack(track);
    return stream;
  };
}
