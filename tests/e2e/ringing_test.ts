/** Ringing: several pages of one device, and nobody there to answer. */
import { assertEquals } from "@std/assert";
import { button, endSession, openBoth, openText, ring } from "./cast.ts";
import { checkMark, message, write } from "./look.ts";
import { Stage } from "./people.ts";

const DEVICE = "Warehouse tablet";

Deno.test("[S3] the first answer wins; the other page of the device stops ringing and says so", async () => {
  await using stage = await Stage.open();
  const { server, console, phone } = await openBoth(stage, { MEDIA: "off" }, DEVICE);
  const second = await stage.page(phone.context());
  await second.goto(`${server.origin}/device`);
  await second.getByRole("status").filter({ hasText: "Disconnected" }).waitFor();
  await button(console, `Start session with ${DEVICE}`).click();
  await ring(phone).waitFor();
  await ring(second).waitFor();
  await button(second, "Accept with text").click();
  await ring(phone).waitFor({ state: "detached" });
  await phone.getByText("Answered elsewhere").first().waitFor();
  await endSession(console);

  await phone.getByText("Disconnected").first().waitFor();
  await button(console, `Start session with ${DEVICE}`).click();
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
  const { server, console, phone } = await openBoth(
    stage,
    { MEDIA: "off", RING_SECONDS: "1" },
    DEVICE,
  );
  await button(console, `Start session with ${DEVICE}`).click();
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
