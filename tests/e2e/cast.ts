/** People and devices as most stories need them, and what they do again and again. */
import type { Browser, Locator, Page } from "playwright-core";
import { enroll, setUp, signIn, type Stage } from "./people.ts";
import { ADMIN, Server } from "./server.ts";

/** The administrator is there from the start. */
export const ADMINISTRATOR = { ADMIN_EMAIL: ADMIN.email, ADMIN_PASSWORD: ADMIN.password };

/** What a phone shows. */
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true } as const;

/** A server on the stage's folder, and its administrator in the console. */
export async function openConsole(stage: Stage, browser: Browser, env: Record<string, string>) {
  const server = await Server.start(stage.data, { ...ADMINISTRATOR, ...env });
  const console = await stage.page(await browser.newContext());
  await signIn(console, server);
  return { server, console };
}

/** Enrolls a device and opens its page on a phone. */
export async function openPhone(stage: Stage, browser: Browser, console: Page, name: string) {
  const link = await enroll(console, name);
  const phone = await stage.page(await browser.newContext(PHONE));
  await setUp(phone, link);
  await status(phone, "Disconnected").waitFor();
  return phone;
}

/** The button with exactly this name. */
export function button(page: Page, name: string): Locator {
  return page.getByRole("button", { name, exact: true });
}

/** Where a message is written. */
export function composer(page: Page): Locator {
  return page.getByRole("textbox", { name: "Message", exact: true });
}

/** The device's status, once it says `word`. */
export function status(phone: Page, word: string): Locator {
  return phone.getByRole("status").filter({ hasText: new RegExp(`^${word}`) });
}

/** The technician starts a session; the device user accepts it as `how`. */
export async function connect(console: Page, phone: Page, device: string, how: string) {
  await button(console, `Start session with ${device}`).click();
  await button(phone, how).click();
  await phone.getByRole("alertdialog").waitFor({ state: "detached" });
}
