/** Photos and files between two people: over a network that goes, up to an end that leaves nothing. */
import { Buffer } from "node:buffer";
import { assert, assertEquals } from "@std/assert";
import type { Locator, Page } from "playwright-core";
import {
  ADMINISTRATOR,
  button,
  connect,
  endSession,
  openConsole,
  openPhone,
  openWindow,
} from "./cast.ts";
import { checkMark, until, write } from "./look.ts";
import { Stage } from "./people.ts";
import { Server } from "./server.ts";

const DEVICE = "Till 4";
/** What the camera wrote into the photo: it must never leave the phone. */
const PLACE = "GPS 48.137154 N 11.576124 E";

interface Picked {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Uint8Array<ArrayBuffer>;
}

/** Chooses files as a person does: by the control's own file dialog. */
async function attach(page: Page, files: readonly Picked[]) {
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    button(page, "Attach file").click(),
  ]);
  await chooser.setFiles(
    files.map((file) => ({ ...file, buffer: Buffer.from(file.buffer) })),
  );
}

function tray(page: Page, name: string): Locator {
  return page.getByRole("list", { name: "Files to send" }).getByRole("listitem")
    .filter({ hasText: name });
}

/** A photo of 3200 x 2400 pixels as a phone's camera writes it, with an EXIF segment. */
async function cameraPhoto(page: Page): Promise<Uint8Array<ArrayBuffer>> {
  const jpeg = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(3200, 2400);
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("no canvas");
    context.fillStyle = "green";
    context.fillRect(0, 0, 3200, 2400);
    const blob = await canvas.convertToBlob({ type: "image/jpeg" });
    return [...new Uint8Array(await blob.arrayBuffer())];
  });
  const said = new TextEncoder().encode(`Exif\0\0${PLACE}`);
  const segment = [0xff, 0xe1, 0, said.length + 2, ...said];
  return new Uint8Array([...jpeg.slice(0, 2), ...segment, ...jpeg.slice(2)]);
}

/** What the person saves with this control. */
async function saved(page: Page, control: Locator): Promise<Uint8Array<ArrayBuffer>> {
  const [download] = await Promise.all([page.waitForEvent("download"), control.click()]);
  return await Deno.readFile(await download.path());
}

/** Text of that size that no two places of have in common. */
function log(size: number): Uint8Array<ArrayBuffer> {
  let text = "";
  for (let line = 0; text.length < size; line++) text += `${line} the printer does not answer\n`;
  return new TextEncoder().encode(text.slice(0, size));
}

async function isShown(picture: Locator): Promise<{ width: number; height: number }> {
  await picture.waitFor();
  const element = await picture.elementHandle();
  await until(
    picture.page(),
    (it: unknown) => it instanceof HTMLImageElement && it.naturalWidth > 0,
    element,
  );
  return await picture.evaluate((image) => {
    const { naturalWidth: width, naturalHeight: height } = image as HTMLImageElement;
    return { width, height };
  });
}

/** Waits until the conversation shows its end. */
async function atEnd(page: Page): Promise<void> {
  await until(page, () => {
    const log = document.querySelector("[role=log]");
    return log !== null && log.scrollHeight - log.scrollTop - log.clientHeight < 48;
  }, null);
}

/** Gives a page files by dragging them over the conversation, or by pasting. */
async function give(page: Page, how: "drop" | "paste", file: Picked) {
  await page.evaluate(([how, name, type, bytes]) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(bytes)], name, { type }));
    const at = document.querySelector(how === "drop" ? "[role=log]" : "textarea");
    if (how === "paste") {
      at?.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
      );
      return;
    }
    for (const kind of ["dragenter", "dragover", "drop"]) {
      const event = { dataTransfer: data, bubbles: true, cancelable: true };
      at?.dispatchEvent(new DragEvent(kind, event));
    }
  }, [how, file.name, file.mimeType, [...file.buffer]] as const);
}

Deno.test("[C1] [C2] [C4] photos and files both ways, through a lost network and a restart; [S8] nothing is left", async () => {
  await using stage = await Stage.open();
  const browser = await stage.browser();
  const env = { MEDIA: "off", FILE_MAX_MB: "3" };
  const opened = await openConsole(stage, browser, env);
  const { console } = opened;
  let { server } = opened;
  const phone = await openPhone(stage, browser, console, DEVICE);
  await connect(console, phone, DEVICE, "Accept with text");

  // A photo: seen before it is sent, and nothing of it leaves the phone before Send.
  const requests: string[] = [];
  phone.on("request", (request) => {
    if (request.url().includes("/api/attachments/")) {
      requests.push(`${request.method()} ${request.headers()["upload-offset"] ?? ""}`);
    }
  });
  const photo = await cameraPhoto(phone);
  await attach(phone, [{ name: "label.jpg", mimeType: "image/jpeg", buffer: photo }]);
  await tray(phone, "label.jpg").getByText("ready to send").waitFor();
  await isShown(tray(phone, "label.jpg").locator("img"));
  assertEquals(requests, []);
  await write(phone, "The label on the back.");
  const onConsole = console.getByRole("button", { name: "Open label.jpg" });
  assertEquals(await isShown(onConsole.getByRole("img")), { width: 2560, height: 1920 });
  await phone.getByRole("log").locator("[data-status=read]", {
    has: phone.getByRole("button", { name: "Open label.jpg" }),
  }).waitFor();
  await tray(phone, "label.jpg").waitFor({ state: "detached" });

  // It opens as large as the window, by the keyboard too; what is saved does not say where it was.
  await onConsole.focus();
  await console.keyboard.press("Enter");
  const large = console.getByRole("dialog", { name: "label.jpg" });
  const bytes = await saved(console, large.getByRole("link", { name: "Save" }));
  assert(!new TextDecoder("latin1").decode(bytes).includes("GPS"), "the place left the phone");
  await console.keyboard.press("Escape");
  await large.waitFor({ state: "detached" });

  // The technician drops a file and pastes a picture; what cannot be shown is saved as it is.
  const manual = { name: "reset.html", mimeType: "text/html", buffer: log(999) };
  await give(console, "drop", manual);
  await tray(console, "reset.html").getByText("ready to send").waitFor();
  await button(console, "Send").click();
  const card = phone.getByRole("link", { name: "Save reset.html" });
  assertEquals(await saved(phone, card), manual.buffer);
  const screenshot = Uint8Array.from(await console.screenshot({ type: "png" }));
  await give(console, "paste", { name: "image.png", mimeType: "image/png", buffer: screenshot });
  await tray(console, "image.png").getByText("ready to send").waitFor();
  await button(console, "Send").click();
  await isShown(phone.getByRole("button", { name: "Open image.png" }).getByRole("img"));
  await atEnd(phone);
  await console.getByRole("log").locator("[data-status=read]", {
    has: console.getByRole("button", { name: "Open image.png" }),
  }).waitFor();

  // The server dies in the middle of an upload and comes back: it goes on where it stopped, once.
  const network = await phone.context().newCDPSession(phone);
  const slow = (kilobytes: number) =>
    network.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: 5,
      downloadThroughput: -1,
      uploadThroughput: kilobytes === 0 ? -1 : kilobytes * 1024,
    });
  // Slow enough to be in the middle of it for some seconds.
  await slow(300);
  const large2 = { name: "printer.log", mimeType: "text/plain", buffer: log(2_500_000) };
  await attach(phone, [large2]);
  await button(phone, "Send").click();
  const bar = tray(phone, "printer.log").getByRole("progressbar");
  const element = await bar.elementHandle();
  await until(
    phone,
    (it: unknown) => it instanceof HTMLProgressElement && it.value > 100_000,
    element,
  );
  requests.length = 0;
  const port = new URL(server.origin).port;
  await server.kill();
  await tray(phone, "printer.log").getByText("No connection").waitFor();
  await slow(0);
  server = await Server.start(stage.data, { ...ADMINISTRATOR, ...env, PORT: port });
  assertEquals(
    await saved(console, console.getByRole("link", { name: "Save printer.log" })),
    large2.buffer,
  );
  assertEquals(await console.getByRole("link", { name: "Save printer.log" }).count(), 1);
  assert(!requests.includes("POST "), `it began anew: ${requests}`);
  assert(!requests.includes("PATCH 0"), `it began anew: ${requests}`);

  // Cancelled, too large, not what it says: a sentence, and the conversation goes on.
  await slow(100);
  await attach(phone, [{ ...large2, name: "wrong.log" }]);
  await button(phone, "Send").click();
  await tray(phone, "wrong.log").getByRole("progressbar").waitFor();
  await button(phone, "Cancel wrong.log").click();
  await tray(phone, "wrong.log").waitFor({ state: "detached" });
  await slow(0);
  await attach(phone, [
    { name: "huge.log", mimeType: "text/plain", buffer: log(3 * 1024 * 1024 + 1) },
    { name: "fake.gif", mimeType: "image/gif", buffer: log(2000) },
  ]);
  await button(phone, "Send").click();
  await tray(phone, "huge.log").getByText("Too large. A file may have at most 3 MB.").waitFor();
  await tray(phone, "fake.gif").getByText("This file is not what its name says.").waitFor();
  await button(phone, "Remove huge.log").click();
  await button(phone, "Remove fake.gif").click();

  // Switched off and on again by the administrator, in open pages.
  const switchFiles = (files: boolean) =>
    console.evaluate(async (files) => {
      const body = JSON.stringify({ service: true, text: true, voice: true, video: true, files });
      await fetch("/api/chat-service", { method: "PUT", body });
    }, files);
  await switchFiles(false);
  await button(phone, "Attach file").waitFor({ state: "detached" });
  await switchFiles(true);
  await button(phone, "Attach file").waitFor();

  // A real phone's browser opens its camera; where there is none, nothing offers it.
  assertEquals(await button(phone, "Take photo").count(), 0);
  const mobile = await stage.page(
    await browser.newContext({
      ...{ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
      storageState: await phone.context().storageState(),
    }),
  );
  // What browsers on phones have (HTML Media Capture) and Chromium on a desktop has not.
  await mobile.addInitScript(() => {
    Object.defineProperty(HTMLInputElement.prototype, "capture", {
      set(this: HTMLInputElement, where: string) {
        this.setAttribute("capture", where);
      },
    });
  });
  await mobile.goto(`${server.origin}/device`);
  await openWindow(mobile);
  const [camera] = await Promise.all([
    mobile.waitForEvent("filechooser"),
    button(mobile, "Take photo").click(),
  ]);
  const input = camera.element();
  assertEquals(await input.getAttribute("capture"), "environment");
  await mobile.close();

  // A reload in the middle: said, and the file can be chosen again.
  await slow(100);
  await attach(phone, [{ ...large2, name: "half.log" }]);
  await button(phone, "Send").click();
  await tray(phone, "half.log").getByRole("progressbar").waitFor();
  await phone.reload();
  await slow(0);
  await tray(phone, "half.log").getByText("Choose the file again").waitFor();
  await write(phone, "That is all.");
  await checkMark(phone, "That is all.", "read");
  const picture = await phone.getByRole("button", { name: "Open image.png" }).getByRole("img")
    .getAttribute("src");
  assert(picture !== null);

  await endSession(console);
  await phone.getByText("The session has ended").waitFor();
  const after = await phone.evaluate(async (path) => {
    const answer = await fetch(path);
    const cached = await Promise.all(
      (await caches.keys()).map(async (name) =>
        (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)
      ),
    );
    return {
      answer: `${answer.status} ${(await answer.json()).code}`,
      cached: cached.flat(),
      kept: JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
    };
  }, picture);
  assertEquals(after.answer, "404 session_ended");
  assertEquals(after.cached.filter((path) => path.startsWith("/api/")), []);
  for (const name of ["label", "half.log", "printer"]) {
    assert(!after.kept.includes(name), after.kept);
  }
  // What was refused above, and the address asked for after the end; nothing else.
  // A server that dies in the middle of a request makes the browser complain as well.
  const answered = stage.errors.filter((error) => !/net::ERR_(CONNECTION|EMPTY)/.test(error));
  const said = answered.map((error) => /status of (\d+)/.exec(error)?.[1] ?? error);
  // Two files go up at the same time.
  assertEquals(said.toSorted(), ["404", "413", "415"]);
  await server.stop();
  const kv = await Deno.openKv(`${stage.data}/live-support.kv`);
  const left = (await Array.fromAsync(kv.list({ prefix: [] }))).map(({ key }) => String(key[0]));
  kv.close();
  // Why it ended is known for a minute (session_end): a word under a hash.
  assertEquals(left.filter((name) => /attachment|message|session$/.test(name)), []);
  assert(!/label\.jpg|printer\.log/.test(server.printed), "the log keeps names");
});
