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

/** Enrolls a device and opens its page on a phone; `system` runs in it before the page does. */
export async function openPhone(
  stage: Stage,
  browser: Browser,
  console: Page,
  name: string,
  system?: () => void,
) {
  const link = await enroll(console, name);
  const context = await browser.newContext(PHONE);
  if (system !== undefined) await context.addInitScript(system);
  const phone = await stage.page(context);
  await setUp(phone, link);
  await status(phone, "Disconnected").waitFor();
  return phone;
}

/** The button with exactly this name. */
export function button(page: Page, name: string): Locator {
  return page.getByRole("button", { name, exact: true });
}

/** Presses a control of a call that waits behind "More" where there is no room for all of them. */
export async function pressSeldom(page: Page, name: string): Promise<void> {
  const more = button(page, "More");
  await button(page, name).or(more).filter({ visible: true }).first().waitFor();
  if (!await button(page, name).isVisible()) await more.click();
  await button(page, name).click();
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

/** The dialog of a session that rings. */
export function ring(phone: Page): Locator {
  return phone.getByRole("alertdialog", { name: "Incoming Live Support session" });
}

/** Technician and device in browsers of their own, whose microphones and cameras can be told apart. */
export async function openBoth(
  stage: Stage,
  env: Record<string, string>,
  device: string,
  flags: { readonly technician?: readonly string[]; readonly device?: readonly string[] } = {},
) {
  const browsers = {
    technician: await stage.technicianBrowser(flags.technician),
    device: await stage.deviceBrowser(flags.device),
  };
  const { server, console } = await openConsole(stage, browsers.technician, env);
  const phone = await openPhone(stage, browsers.device, console, device);
  if (env.MEDIA !== "off") await server.mediaReady();
  return { server, console, phone };
}

/** Opens the conversation, which on a phone is behind the call. */
export async function openText(phone: Page): Promise<void> {
  const text = button(phone, "Text");
  await composer(phone).or(text).filter({ visible: true }).first().waitFor();
  if (!await composer(phone).isVisible()) await text.click();
  await composer(phone).waitFor();
}

/** Opens the call window and its conversation, whether or not the window was closed. */
export async function openWindow(phone: Page): Promise<void> {
  await status(phone, "Connected").waitFor({ state: "attached" });
  const reopen = button(phone, "Live Support");
  const text = button(phone, "Text");
  await reopen.or(composer(phone)).or(text).filter({ visible: true }).first().waitFor();
  if (await reopen.isVisible()) await reopen.click();
  await openText(phone);
}

/** The technician ends the open session, at once; `words`: the two buttons in the page's language. */
export async function endSession(
  console: Page,
  words: readonly [end: string, now: string] = ["End session", "End session now"],
): Promise<void> {
  const [end, now] = words;
  await button(console, end).click();
  const dialog = console.getByRole("alertdialog");
  // It ends by itself after three seconds: a busy machine may get to the button too late.
  await button(console, now).click({ timeout: 5_000 }).catch(async (error) => {
    if (await dialog.isVisible()) throw error;
  });
  await dialog.waitFor({ state: "detached" });
}
