/** The administrator's switches, while people talk and write. */
import { assertEquals } from "@std/assert";
import { button, openBoth, openText, openWindow, status } from "./cast.ts";
import { arrived, hears, showsMoreFrames, video, write } from "./look.ts";
import { DEVICE_HERTZ, Stage } from "./people.ts";

const DEVICE = "Warehouse tablet";

Deno.test("[M1] [T2] what the administrator switches takes effect at once in open pages", async () => {
  await using stage = await Stage.open();
  const { server, console, phone } = await openBoth(stage, {}, DEVICE);
  const admin = await stage.page(console.context());
  await admin.goto(`${server.origin}/admin`);
  const flip = (name: string) => admin.getByRole("switch", { name, exact: true }).click();
  await button(console, `Start session with ${DEVICE}`).click();
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
  await status(phone, "Disabled").waitFor({ state: "attached" });
  await flip("Chat service");
  await flip("Text");
  await openWindow(phone);
  await write(phone, "Back again.");
  await arrived(phone, "Back again.");
  assertEquals(stage.errors, []);
  await server.stop();
});
