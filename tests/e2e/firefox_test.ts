/** The product in Firefox, as it is in Chromium; needs one that somebody installed. */
import { assert, assertEquals } from "@std/assert";
import { findFirefox, HOW_TO_GET_FIREFOX } from "../../tasks/firefox.ts";
import { FIREFOX_HERTZ } from "../support/firefox.ts";
import {
  button,
  connect,
  endSession,
  openConsole,
  openPhone,
  openText,
  openWindow,
} from "./cast.ts";
import { checkMark, hears, kept, picture, showsMoreFrames, video, write } from "./look.ts";
import { Stage, TECHNICIAN_HERTZ } from "./people.ts";

const DEVICE = "Pump tablet";

const program = await findFirefox();
if (program === null) {
  console.log(`The story in Firefox is skipped: there is no Firefox. ${HOW_TO_GET_FIREFOX}`);
}

Deno.test({
  name: "[S5] [C4] [M2] [M3] [S8] Firefox: texts, a video call with Chromium, a reload, the end",
  ignore: program === null,
  async fn() {
    await using stage = await Stage.open();
    const { server, console } = await openConsole(stage, await stage.technicianBrowser(), {});
    const phone = await openPhone(stage, await stage.firefox(program ?? ""), console, DEVICE);
    await server.mediaReady();
    await connect(console, phone, DEVICE, "Accept with video");

    const seen = video(console, "device", "main");
    await Promise.all([
      showsMoreFrames(seen),
      showsMoreFrames(video(phone, "technician", "main")),
      showsMoreFrames(video(phone, "device", "inset")),
      hears(console, FIREFOX_HERTZ),
      hears(phone, TECHNICIAN_HERTZ),
    ]);
    const shown = await picture(video(phone, "technician", "main"));
    assertEquals(shown, { colour: "blue", darkEdge: "left" });
    await button(phone, "Mute microphone").click();
    await hears(console, null);
    await button(phone, "Unmute microphone").click();
    await button(phone, "Stop camera").click();
    await seen.waitFor({ state: "detached" });
    await button(phone, "Start camera").click();
    await Promise.all([showsMoreFrames(seen), hears(console, FIREFOX_HERTZ)]);

    await openText(phone);
    await write(console, "Please show me the label on the back.");
    await checkMark(console, "Please show me", "read");
    await write(phone, "This one? 😀");
    await checkMark(phone, "This one?", "read");

    await phone.reload();
    await hears(console, FIREFOX_HERTZ);
    await hears(phone, TECHNICIAN_HERTZ);
    await openWindow(phone);
    await checkMark(phone, "This one?", "read");

    await endSession(console);
    await phone.getByText("The session has ended").waitFor();
    const left = await kept(phone);
    for (const secret of ["label on the back", "This one"]) {
      assert(!left.includes(secret), `Firefox keeps ${secret}: ${left}`);
    }
    assertEquals(stage.errors, []);
    assertEquals(await server.stop(), 0);
  },
});
