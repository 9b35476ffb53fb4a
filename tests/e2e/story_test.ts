/** The whole story in real browsers, on the real server with real media: design rules in the names. */
import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import {
  arrived,
  checkMark,
  hears,
  message,
  picture,
  showsMoreFrames,
  video,
  write,
} from "./look.ts";
import { DEVICE_HERTZ, enroll, setUp, signIn, Stage, TECHNICIAN_HERTZ } from "./people.ts";
import { ADMIN, Server } from "./server.ts";

const ADMINISTRATOR = { ADMIN_EMAIL: ADMIN.email, ADMIN_PASSWORD: ADMIN.password };
const DEVICE = "Warehouse tablet";

interface Cast {
  readonly console: Page;
  readonly phone: Page;
}

/** A technician in the console and an enrolled device, each in a browser of their own. */
async function cast(stage: Stage, server: Server): Promise<Cast> {
  const desk = await (await stage.technicianBrowser()).newContext();
  const console = await stage.page(desk);
  await signIn(console, server);
  const link = await enroll(console, DEVICE);
  const phone = await stage.page(await phoneContext(stage));
  await setUp(phone, link);
  await phone.getByRole("status").filter({ hasText: "Disconnected" }).waitFor();
  return { console, phone };
}

async function phoneContext(stage: Stage) {
  const browser = await stage.deviceBrowser();
  return await browser.newContext({ viewport: { width: 390, height: 780 }, hasTouch: true });
}

const ring = (phone: Page) =>
  phone.getByRole("alertdialog", { name: "Incoming Live Support session" });

async function start(console: Page): Promise<void> {
  await console.getByRole("button", { name: `Start session with ${DEVICE}` }).click();
}

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** On the phone the conversation is behind the call. */
async function openText(phone: Page): Promise<void> {
  const box = phone.getByRole("textbox", { name: "Message" });
  await box.or(button(phone, "Text")).filter({ visible: true }).first().waitFor();
  if (!await box.isVisible()) await button(phone, "Text").click();
  await box.waitFor();
}

async function endSession(console: Page): Promise<void> {
  await button(console, "End session").click();
  await console.getByRole("alertdialog").getByRole("button", { name: /end session/i }).click();
}

/** Everything the page's origin keeps in this browser tab. */
function kept(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const caches = await globalThis.caches.keys();
    const databases = await indexedDB.databases();
    return JSON.stringify([
      { ...localStorage },
      { ...sessionStorage },
      caches,
      databases.map(({ name }) => name),
    ]);
  });
}

async function everythingStored(folder: string): Promise<string> {
  const kv = await Deno.openKv(`${folder}/live-support.kv`);
  const entries: unknown[] = [];
  for await (const { key, value } of kv.list({ prefix: [] })) entries.push([key, value]);
  kv.close();
  return JSON.stringify(entries, (_, v) => typeof v === "bigint" ? String(v) : v);
}

/** The names of the files in `folder` whose bytes contain `text`. */
async function filesWith(folder: string, text: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name, isFile } of Deno.readDir(folder)) {
    assert(isFile, `${name} is no file`);
    const bytes = new TextDecoder("latin1").decode(await Deno.readFile(`${folder}/${name}`));
    if (bytes.includes(text)) names.push(name);
  }
  return names;
}

Deno.test("[S3] [C4] [M2] [M3] [S6] [S7] [S8] a session from the ring to the end, by voice, video and text", async () => {
  await using stage = await Stage.open();
  const server = await Server.start(stage.data, ADMINISTRATOR);
  await server.mediaReady();
  const { console, phone } = await cast(stage, server);

  await start(console);
  await ring(phone).waitFor();
  const capturing = () => phone.locator("video").count();
  assertEquals(await capturing(), 0);
  await button(phone, "Accept with video").click();
  await ring(phone).waitFor({ state: "detached" });

  // Each sees the other large and themself small, the right way round, and hears the other.
  const region = console.getByRole("region", { name: DEVICE });
  await region.waitFor();
  const seen = video(console, "device", "main");
  await showsMoreFrames(seen);
  await showsMoreFrames(video(phone, "technician", "main"));
  await showsMoreFrames(video(phone, "device", "inset"));
  await showsMoreFrames(video(console, "technician", "inset"));
  assertEquals(await picture(seen), { colour: "green", darkEdge: "left" });
  assertEquals(await picture(video(phone, "technician", "main")), {
    colour: "blue",
    darkEdge: "left",
  });
  await hears(console, DEVICE_HERTZ);
  await hears(phone, TECHNICIAN_HERTZ);

  // Mute silences the voice and nothing else; so does the camera.
  await button(phone, "Mute microphone").click();
  await hears(console, null);
  await showsMoreFrames(seen);
  await button(phone, "Unmute microphone").click();
  await hears(console, DEVICE_HERTZ);
  await button(phone, "Stop camera").click();
  await seen.waitFor({ state: "detached" });
  await hears(console, DEVICE_HERTZ);
  await button(phone, "Start camera").click();
  await showsMoreFrames(seen);

  // Text beside the call, with check marks on both sides.
  await write(console, "Please show me the label on the back.");
  await arrived(console, "Please show me");
  await openText(phone);
  await checkMark(console, "Please show me", "read");
  await write(phone, "This one? 😀 https://example.org/a?b=1");
  await checkMark(phone, "This one?", "read");
  const link = message(console, "This one?").getByRole("link");
  assertEquals(await link.getAttribute("href"), "https://example.org/a?b=1");
  assertEquals(await link.getAttribute("rel"), "noopener noreferrer");

  // Hanging up ends the call; text goes on; the device user calls back.
  await button(phone, "Hang up").click();
  await seen.waitFor({ state: "detached" });
  await write(phone, "I had to put it down.");
  await checkMark(phone, "I had to put it down.", "read");
  await phone.getByRole("button", { name: "Start call", exact: true }).click();
  await button(console, "Accept with voice").click();
  await hears(console, DEVICE_HERTZ);
  await hears(phone, TECHNICIAN_HERTZ);
  assertEquals(await console.locator("video").count(), 0);

  // A reload on either side ends nothing: the call goes on without a tap.
  await phone.reload();
  await hears(console, DEVICE_HERTZ);
  await console.reload();
  await console.getByRole("region", { name: DEVICE }).waitFor();
  await hears(phone, TECHNICIAN_HERTZ);
  await message(console, "I had to put it down.").waitFor();

  await endSession(console);
  await phone.getByText("The session has ended").waitFor();
  await button(console, `Start session with ${DEVICE}`).waitFor();
  for (const page of [phone, console]) {
    const left = await kept(page);
    for (const secret of ["label on the back", "This one", "put it down"]) {
      assert(!left.includes(secret), `a page keeps ${secret}: ${left}`);
    }
  }
  assertEquals(stage.errors, []);
  assertEquals(await server.stop(), 0);
  const stored = await everythingStored(stage.data);
  for (const secret of ["label on the back", "This one", "put it down", "message", '"session"']) {
    assert(!stored.includes(secret), `the store keeps ${secret}: ${stored}`);
  }
  assert(!server.printed.includes("label on the back"), "the log keeps text");
  // SQLite keeps freed pages until it reuses them (docs/ARCHITECTURE.md, "What ends"): its own files
  // may still hold the bytes, no other file does.
  const files = await filesWith(stage.data, "label on the back");
  assertEquals(files.filter((name) => !name.startsWith("live-support.kv")), []);
});

Deno.test("[S3] the first answer wins; the other page of the device stops ringing and says so", async () => {
  await using stage = await Stage.open();
  const server = await Server.start(stage.data, { ...ADMINISTRATOR, MEDIA: "off" });
  const { console, phone } = await cast(stage, server);
  const second = await stage.page(phone.context());
  await second.goto(`${server.origin}/device`);
  await second.getByRole("status").filter({ hasText: "Disconnected" }).waitFor();
  await start(console);
  await ring(phone).waitFor();
  await ring(second).waitFor();
  await button(second, "Accept with text").click();
  await ring(phone).waitFor({ state: "detached" });
  await phone.getByText("Answered elsewhere").first().waitFor();
  await endSession(console);

  await phone.getByText("Disconnected").first().waitFor();
  await start(console);
  await ring(phone).waitFor();
  await ring(second).waitFor();
  await button(phone, "Reject").click();
  await second.getByText("Declined elsewhere").first().waitFor();
  await console.getByText("Rejected").first().waitFor();
  assertEquals(stage.errors, []);
  await server.stop();
});

Deno.test("[S4] nobody answers: ringing stops, the device keeps a pop-up, the session waits", async () => {
  await using stage = await Stage.open();
  const server = await Server.start(stage.data, {
    ...ADMINISTRATOR,
    MEDIA: "off",
    RING_SECONDS: "1",
  });
  const { console, phone } = await cast(stage, server);
  await start(console);
  await ring(phone).waitFor();
  await phone.getByRole("alertdialog", { name: "Missed Live Support session" }).waitFor();
  await phone.reload();
  await phone.getByRole("alertdialog", { name: "Missed Live Support session" }).waitFor();
  await button(phone, "Live Support").click();
  await openText(phone);
  await write(phone, "Sorry, I was away.");
  await checkMark(phone, "Sorry, I was away.", "read");
  await message(console, "Sorry, I was away.").waitFor();
  assertEquals(stage.errors, []);
  await server.stop();
});

Deno.test("[C1] [C2] [C5] [S5] the server dies in mid-chat and comes back: nothing lost, doubled, reordered", async () => {
  await using stage = await Stage.open();
  const settings = { ...ADMINISTRATOR, MEDIA: "off" };
  let server = await Server.start(stage.data, settings);
  const port = new URL(server.origin).port;
  const { console, phone } = await cast(stage, server);
  await start(console);
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
    server = await Server.start(stage.data, { ...settings, PORT: port });
    if (round === 1) await console.reload();
    await phone.goto(`${server.origin}/device`);
    await arrived(console, `console ${round} alone;`);
    await openSessionOn(phone);
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

/** After a reload the window is closed or open; either way, open the conversation. */
async function openSessionOn(phone: Page): Promise<void> {
  await phone.getByRole("status").filter({ hasText: "Connected" }).waitFor({ state: "attached" });
  const reopen = button(phone, "Live Support");
  const box = phone.getByRole("textbox", { name: "Message" });
  await reopen.or(box).filter({ visible: true }).first().waitFor();
  if (await reopen.isVisible()) await reopen.click();
  await openText(phone);
}

Deno.test("[M1] [T2] what the administrator switches takes effect at once in open pages", async () => {
  await using stage = await Stage.open();
  const server = await Server.start(stage.data, ADMINISTRATOR);
  await server.mediaReady();
  const { console, phone } = await cast(stage, server);
  const admin = await stage.page(console.context());
  await admin.goto(`${server.origin}/admin`);
  const flip = (name: string) => admin.getByRole("switch", { name, exact: true }).click();
  await start(console);
  await button(phone, "Accept with video").click();
  const seen = video(console, "device", "main");
  await showsMoreFrames(seen);
  await flip("Video");
  await seen.waitFor({ state: "detached" });
  await hears(console, DEVICE_HERTZ);
  await flip("Voice");
  await hears(console, null);
  await button(console, "Hang up").waitFor({ state: "detached" });
  await openText(phone);
  await flip("Text");
  await phone.getByRole("textbox", { name: "Message" }).waitFor({ state: "detached" });
  await flip("Chat service");
  await phone.getByRole("status").filter({ hasText: "Disabled" }).waitFor({ state: "attached" });
  await flip("Chat service");
  await flip("Text");
  await openSessionOn(phone);
  await write(phone, "Back again.");
  await arrived(phone, "Back again.");
  assertEquals(stage.errors, []);
  await server.stop();
});
