/** The whole story in real browsers, on the real server with real media: design rules in the names. */
import { assert, assertEquals } from "@std/assert";
import { button, endSession, openBoth, openText, ring } from "./cast.ts";
import {
  arrived,
  checkMark,
  hears,
  kept,
  message,
  picture,
  showsMoreFrames,
  video,
  write,
} from "./look.ts";
import { DEVICE_HERTZ, Stage, TECHNICIAN_HERTZ } from "./people.ts";

const DEVICE = "Warehouse tablet";

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
  const { server, console, phone } = await openBoth(stage, {}, DEVICE);

  await button(console, `Start session with ${DEVICE}`).click();
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
  await button(phone, "Start call").click();
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
