/** Each side reads its own language, in one and the same session. */
import { assertEquals } from "@std/assert";
import { button, endSession, openConsole } from "./cast.ts";
import { enroll, Stage } from "./people.ts";

Deno.test("a device user reads German and a technician English, until one chooses otherwise", async () => {
  await using stage = await Stage.open();
  const browser = await stage.browser();
  const { server, console } = await openConsole(stage, browser, { MEDIA: "off" });
  const link = await enroll(console, "Kasse 4");
  const german = { viewport: { width: 360, height: 740 }, hasTouch: true, locale: "de-DE" };
  const phone = await stage.page(await browser.newContext(german));
  await phone.goto(link);
  await button(phone, "Dieses Gerät einrichten").click();
  await phone.getByRole("status").filter({ hasText: /^Nicht verbunden/ }).waitFor();
  assertEquals(await phone.locator("html").getAttribute("lang"), "de");

  await button(console, "Start session with Kasse 4").click();
  const ring = phone.getByRole("alertdialog", { name: "Live-Support-Sitzung: Es klingelt" });
  await ring.getByText("möchte Ihnen mit diesem Gerät helfen.").waitFor();
  await phone.waitForFunction(() => document.title.endsWith("möchte Ihnen helfen"));
  // Why there are no calls here is for administrators; a device user reads that text works.
  await ring.getByText("Anrufe sind gerade nicht möglich. Schreiben geht.").waitFor();
  await ring.getByRole("button", { name: "Mit Text annehmen" }).click();
  await console.getByRole("region", { name: "Kasse 4" }).getByText("In session").waitFor();

  await phone.getByRole("textbox", { name: "Nachricht" }).fill("Der Drucker druckt nicht.");
  await button(phone, "Senden").click();
  await console.getByText("Der Drucker druckt nicht.").first().waitFor();
  await phone.locator('[data-status="read"]').filter({ hasText: "Gelesen" }).waitFor();

  // The technician's page is loaded anew in the language chosen; the session is still there (S5).
  await console.locator("summary", { hasText: "English" }).click();
  await button(console, "Deutsch").click();
  await console.getByRole("region", { name: "Kasse 4" }).getByText("In Sitzung").waitFor();
  assertEquals(await console.locator("html").getAttribute("lang"), "de");
  await endSession(console, ["Sitzung beenden", "Sitzung jetzt beenden"]);
  await phone.getByText("Die Sitzung ist beendet. Nichts davon wurde aufbewahrt.").waitFor();

  // The service worker keeps its offline page in the language of the pages, also when that changes.
  await phone.waitForFunction(() => navigator.serviceWorker.controller !== null);
  // What was chosen comes before what the browser asks for, and stays.
  await button(phone, "English").click();
  await phone.getByRole("status").filter({ hasText: /^Disconnected/ }).waitFor();
  await phone.reload();
  await phone.getByRole("status").filter({ hasText: /^Disconnected/ }).waitFor();
  assertEquals(stage.errors, []);
  await phone.waitForFunction(
    async () => {
      const page = await caches.match("/offline");
      return page?.headers.get("content-language") === "en";
    },
    null,
    { polling: 100 },
  );
  await server.stop();
  await phone.reload();
  await phone.getByRole("heading", { name: "Live Support is not reachable" }).waitFor();
});
