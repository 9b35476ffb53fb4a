/** Text of every kind: shown as it was typed, and nothing in it is ever run. */
import { assertEquals } from "@std/assert";
import { button, composer, connect, openConsole, openPhone, ring } from "./cast.ts";
import { checkMark, message, write } from "./look.ts";
import { Stage } from "./people.ts";

Deno.test("[WCAG 2.2 AA] screen readers are told of a message once, and of no check mark", async () => {
  await using stage = await Stage.open();
  const browser = await stage.browser();
  const { server, console } = await openConsole(stage, browser, { MEDIA: "off" });
  const phone = await openPhone(stage, browser, console, "Till 4");
  await connect(console, phone, "Till 4", "Accept with text");
  await composer(phone).waitFor();
  for (const page of [phone, console]) await page.evaluate(collectAnnounced);
  await write(phone, "The lamp is red.");
  await checkMark(phone, "The lamp is red.", "read");
  for (const page of [phone, console]) {
    const told = await page.evaluate(() => Reflect.get(globalThis, "announced") as string[]);
    assertEquals(told.filter((text) => text.includes("The lamp is red.")).length, 1);
    assertEquals(told.filter((text) => /^(Sending|Sent|Received|Read)$/.test(text)), []);
  }
  assertEquals(stage.errors, []);
  await server.stop();
});

/** Runs in the page: keeps what a live region adds or changes, as its `aria-live` has it read out. */
function collectAnnounced(): void {
  const announced: string[] = [];
  Reflect.set(globalThis, "announced", announced);
  const regions = "[aria-live], [role=log], [role=status], [role=alert]";
  const hear = (node: Node) => {
    const element = node instanceof Element ? node : node.parentElement;
    const region = element?.closest(regions);
    if (!region || region.getAttribute("aria-live") === "off") return;
    announced.push(node.textContent ?? "");
  };
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "characterData") hear(target);
      else addedNodes.forEach(hear);
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}

/** Some browsers are built without calls, and some people switch them off. */
function withoutCalls(): void {
  Reflect.deleteProperty(globalThis, "RTCPeerConnection");
}

Deno.test("[C2] [A3] long text, emoji, right-to-left text and code arrive as they are; too long is said; without WebRTC, too", async () => {
  await using stage = await Stage.open();
  const browser = await stage.browser();
  const { server, console } = await openConsole(stage, browser, { MEDIA: "off" });
  const phone = await openPhone(stage, browser, console, "Till 4", withoutCalls);
  await button(console, "Start session with Till 4").click();
  await ring(phone).getByText("This browser cannot make calls.").waitFor();
  const answers = await ring(phone).getByRole("button").allInnerTexts();
  assertEquals(answers.map((text) => text.trim()), ["Accept with text", "Reject"]);
  await button(phone, "Accept with text").click();
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
