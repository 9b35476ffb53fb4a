/** Text of every kind: shown as it was typed, and nothing in it is ever run. */
import { assertEquals } from "@std/assert";
import { button, composer, connect, openConsole, openPhone } from "./cast.ts";
import { checkMark, message, write } from "./look.ts";
import { Stage } from "./people.ts";

Deno.test("[C2] [A3] long text, emoji, right-to-left text and code arrive as they are; too long is said", async () => {
  await using stage = await Stage.open();
  const browser = await stage.browser();
  const { server, console } = await openConsole(stage, browser, { MEDIA: "off" });
  const phone = await openPhone(stage, browser, console, "Till 4");
  await connect(console, phone, "Till 4", "Accept with text");
  const longest = `${"😀".repeat(3990)} the end.`;
  const texts = [
    "<img src=x onerror=alert(1)> <b>bold?</b> &amp; {{code}} javascript:alert(1)",
    "مرحبا، هل تراني؟",
    "two\nlines",
    longest,
  ];
  for (const text of texts) {
    await write(phone, text);
    await checkMark(phone, text.slice(-12), "read");
  }
  const shown = await console.getByRole("log", { name: "Messages" }).locator(
    "[data-seq] [dir=auto]",
  )
    .evaluateAll((elements) => elements.map((element) => (element as HTMLElement).innerText));
  assertEquals(shown.map((text) => text.trim()), texts);
  assertEquals(await console.getByRole("log").locator("img, b").count(), 0);
  assertEquals(await message(console, "onerror").getByRole("link").count(), 0);
  const sideways = await console.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  assertEquals(sideways, false);

  // One character more: the page says so, and keeps what was typed.
  await composer(phone).fill(`${longest}😀😀`);
  await phone.getByText(/characters? too many/).first().waitFor();
  assertEquals(await button(phone, "Send").isDisabled(), true);
  assertEquals((await composer(phone).inputValue()).length, longest.length + 4);
  assertEquals(stage.errors, []);
  await server.stop();
});
