/** Notifications outside of a session, in real browsers: popping up, pushed, acted on, taken away. */
import { assertEquals } from "@std/assert";
import type { BrowserContext, Page } from "playwright-core";
import { PushService } from "../support/push_service.ts";
import { button, connect, endSession, openConsole, openText, status } from "./cast.ts";
import { until, write } from "./look.ts";
import { enroll, setUp, Stage } from "./people.ts";
import { PushWay, subscribeTo } from "./pushes.ts";

const DEVICE = "Till 4";

/** Sends a notification from the console. */
async function send(console: Page, text: string): Promise<void> {
  await console.getByLabel(`More for ${DEVICE}`).click();
  await button(console, "Send notification").click();
  const dialog = console.getByRole("dialog", { name: `Notification to ${DEVICE}` });
  await dialog.getByRole("textbox", { name: "Text" }).fill(text);
  await dialog.getByRole("button", { name: "Send notification" }).click();
  await dialog.waitFor({ state: "detached" });
}

/** The newest notification's state in the console. */
function state(console: Page, word: string) {
  return console.getByRole("listitem").filter({ hasText: DEVICE }).getByText(word).first();
}

/** The pop-up on a page of the device. */
function popup(phone: Page, name = "Message from") {
  return phone.getByRole("group", { name });
}

Deno.test("[N1] [N2] [N3] [T5] [S4] [S8] a notification reaches its person, wherever the page is, and is gone when acted on", async () => {
  await using stage = await Stage.open();
  await using service = new PushService();
  const browser = await stage.browser();
  const env = { MEDIA: "off", RING_SECONDS: "2", PUSH_HOSTS: service.origin };
  const { server, console } = await openConsole(stage, browser, env);
  await recordAlerts(console);
  const link = await enroll(console, DEVICE);
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  await subscribeTo(context, service, server.origin);
  const phone = await stage.page(context);
  await setUp(phone, link);
  await status(phone, "Disconnected").waitFor();

  // Turned off and on again by the person; on by itself at the launch, for it was allowed.
  await button(phone, "Turn off notifications").click();
  await button(phone, "Turn on notifications").click();
  await phone.getByText("Notifications are on").waitFor();

  // On every open page; marking it as read on one clears it on all.
  const second = await stage.page(context);
  await second.goto(`${server.origin}/device`);
  await status(second, "Disconnected").waitFor();
  await send(console, "Please restart the till.");
  await popup(phone).getByText("Please restart the till.").waitFor();
  await popup(second).waitFor();
  await state(console, "Delivered").waitFor();
  await popup(second).getByRole("button", { name: "Mark as read" }).click();
  await popup(phone).waitFor({ state: "detached" });
  await state(console, "Read").waitFor();
  await button(console, `Dismiss the notification to ${DEVICE}`).click();
  await state(console, "Read").waitFor({ state: "detached" });
  await second.close();

  // Respond: what is typed outlives a reload; the answer pops up in the console until dismissed.
  await send(console, "Did it help?");
  await popup(phone).getByRole("button", { name: "Respond" }).click();
  const answer = popup(phone).getByRole("textbox");
  await answer.fill("Yes, it wor");
  await phone.reload();
  assertEquals(await answer.inputValue(), "Yes, it wor");
  await answer.fill("Yes, it works.");
  await popup(phone).getByRole("button", { name: "Send answer" }).click();
  const answered = console.getByRole("group", { name: `Answer from ${DEVICE}` });
  await answered.getByText("Yes, it works.").waitFor();
  await answered.getByText("Did it help?").waitFor();
  await popup(phone).waitFor({ state: "detached" });
  await phone.getByText("Your answer was sent.").waitFor();
  await answered.getByRole("button", { name: "Dismiss" }).click();
  await answered.waitFor({ state: "detached" });

  // The page is closed: reachable by notification. What is pushed carries no text.
  await phone.goto("about:blank");
  await console.getByText("reachable by notification").waitFor();
  const way = await PushWay.open(phone, server.origin);
  const before = service.received.length;
  await send(console, "Nobody else may read this.");
  const pushed = await service.find("notification", before);
  assertEquals(JSON.stringify(service.received).includes("Nobody else"), false);
  // The browser stopped the service worker long ago, and a page that was suspended keeps its turn.
  const suspended = await keepTurn(context, server.origin);
  await way.stopWorker();
  await way.deliver(pushed.text);
  await state(console, "Delivered").waitFor();
  await suspended.close();
  await way.shows("Message from your support team");
  await way.tap("Message from your support team", "read");
  await way.shows();
  await state(console, "Read").waitFor();

  // It rings while nobody looks, is missed under the same tag, and leaves nothing at the end.
  await button(console, `Start session with ${DEVICE}`).click();
  const delivered = async (kind: string) => {
    await way.stopWorker();
    await way.deliver((await service.find(kind)).text);
  };
  await delivered("ring");
  await way.shows("Live Support wants to help you");
  await delivered("missed");
  await way.shows("Missed Live Support session");
  await endSession(console);
  await delivered("session_over");
  await way.shows("Live Support");
  await phone.goto(`${server.origin}/device`);
  await way.shows();

  // A text while the call window is closed pops up on the page, and on the system where it is hidden.
  // It rings for a moment only: its user comes when it was missed.
  await connect(console, phone, DEVICE, "Live Support");
  await button(phone, "Close").click();
  await look(phone, false);
  await write(console, "Are you still there?");
  await way.shows("New message in your support session");
  await look(phone, true);
  await way.shows();
  const text = popup(phone, "New message from");
  await text.getByText("Are you still there?").waitFor();
  await text.getByRole("button", { name: "Open" }).click();
  await text.waitFor({ state: "detached" });

  // The technician looks at another window: the system says who wrote, not what.
  await look(console, false);
  await openText(phone);
  await write(phone, "Yes, I am here.");
  await until(
    console,
    () => Reflect.get(globalThis, "alerts")?.has("New message from Till 4"),
    null,
  );
  await look(console, true);
  await until(console, () => Reflect.get(globalThis, "alerts").size === 0, null);
  await endSession(console);
  assertEquals(service.complaints, []);
  assertEquals(stage.errors, []);
  await server.stop();
});

/** A page that took its turn at the system's notifications and never gives it back. */
async function keepTurn(context: BrowserContext, origin: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${origin}/icon.svg`);
  await page.evaluate(() =>
    new Promise<void>((taken) => {
      void navigator.locks.request("system-notifications", () => {
        taken();
        return new Promise<never>(() => {});
      });
    })
  );
  return page;
}

/** A technician's system notifications, at the browser's edge: nobody can ask a system what it shows. */
async function recordAlerts(console: Page): Promise<void> {
  await console.context().grantPermissions(["notifications"], {
    origin: new URL(console.url()).origin,
  });
  await console.context().addInitScript(() => {
    const alerts = new Set<string>();
    class RecordedNotification {
      static permission = "granted";
      onclick = null;
      constructor(private readonly title: string) {
        alerts.add(title);
      }
      close() {
        alerts.delete(this.title);
      }
    }
    Object.assign(globalThis, { alerts, Notification: RecordedNotification });
  });
  await console.reload();
}

/** What a browser tells a page whose tab goes behind another one, or comes back. */
async function look(page: Page, at: boolean): Promise<void> {
  await page.evaluate((at) => {
    const state = at ? "visible" : "hidden";
    Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, at);
}
