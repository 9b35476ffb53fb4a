/** The two people of the story, each in a browser of their own with a generated microphone and camera. */
import type { Browser, BrowserContext, Page } from "playwright-core";
import { BLUE, GREEN, picture, tone, type Yuv } from "./fake_media.ts";
import { launchFirefox, type Preferences } from "../support/firefox.ts";
import { launchChromium, launchOrdinary, launchProfile } from "../support/chromium.ts";
import { ADMIN, type Server } from "./server.ts";

/** What their fake devices play. */
export const TECHNICIAN_HERTZ = 500;
export const DEVICE_HERTZ = 1500;

/** How long a person waits for something to happen before they give up, in milliseconds. */
const PATIENCE = 30_000;

/** Browsers, pages and files of one test; disposing of it closes and removes all. */
export class Stage {
  readonly #folder: string;
  readonly #browsers: Browser[] = [];
  readonly #profiles: { close(): Promise<void> }[] = [];
  readonly #errors: string[] = [];

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(): Promise<Stage> {
    return new Stage(await Deno.makeTempDir({ prefix: "live-support-e2e-" }));
  }

  /** A folder for whatever else a test writes; goes with the stage. */
  get folder(): string {
    return this.#folder;
  }

  /** A folder for a server's data. */
  get data(): string {
    return `${this.#folder}/data`;
  }

  /** A browser; more `flags` say what its microphone and camera are, as in `launchChromium`. */
  async browser(
    flags: readonly string[] = [],
    saysYes = true,
    program?: string,
  ): Promise<Browser> {
    const browser = await launchChromium(flags, saysYes, program);
    this.#browsers.push(browser);
    return browser;
  }

  /** A browser whose microphone plays `hertz` and whose camera shows `colour`. */
  async #browserWith(
    hertz: number,
    colour: Yuv,
    flags: readonly string[] = [],
    program?: string,
  ): Promise<Browser> {
    const devices = await this.#generated(hertz, colour);
    return await this.browser([...devices, ...flags], true, program);
  }

  /** The flags for that. */
  async #generated(hertz: number, colour: Yuv): Promise<string[]> {
    const name = `${this.#folder}/${hertz}`;
    await Deno.writeFile(`${name}.wav`, tone(hertz));
    await Deno.writeFile(`${name}.y4m`, picture(colour));
    return [
      `--use-file-for-fake-audio-capture=${name}.wav`,
      `--use-file-for-fake-video-capture=${name}.y4m`,
    ];
  }

  /** A browser with a profile of its own, as a person has one. */
  async profile(): Promise<BrowserContext> {
    const context = await launchProfile(`${this.#folder}/profile`);
    this.#profiles.push(context);
    return context;
  }

  /** A browser whose tabs hide each other, with the microphone and camera of one of the two people. */
  async ordinary(side: "technician" | "device"): Promise<BrowserContext> {
    const flags = side === "technician"
      ? await this.#generated(TECHNICIAN_HERTZ, BLUE)
      : await this.#generated(DEVICE_HERTZ, GREEN);
    const ordinary = await launchOrdinary(`${this.#folder}/${side}`, flags);
    this.#profiles.push(ordinary);
    return ordinary.context;
  }

  /** The Firefox at `program`, with a microphone and camera of its own; `preferences` as in about:config. */
  async firefox(program: string, preferences: Preferences = {}): Promise<Browser> {
    const firefox = await launchFirefox(program, preferences);
    this.#profiles.push(firefox);
    return firefox.browser;
  }

  technicianBrowser(flags: readonly string[] = [], program?: string): Promise<Browser> {
    return this.#browserWith(TECHNICIAN_HERTZ, BLUE, flags, program);
  }

  deviceBrowser(flags: readonly string[] = [], program?: string): Promise<Browser> {
    return this.#browserWith(DEVICE_HERTZ, GREEN, flags, program);
  }

  /** A page that reports its errors to {@link Stage.errors}. */
  async page(context: BrowserContext): Promise<Page> {
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    page.on("pageerror", (error) => {
      if (!expected(String(error))) this.#errors.push(`${page.url()}: ${error.stack ?? error}`);
    });
    page.on("console", (message) => {
      if (message.type() === "error" && !expected(message.text())) {
        this.#errors.push(`${page.url()}: ${message.text()}`);
      }
    });
    return page;
  }

  /** Errors of all pages that nobody expected. */
  get errors(): readonly string[] {
    return this.#errors;
  }

  async [Symbol.asyncDispose]() {
    for (const one of [...this.#profiles, ...this.#browsers]) await one.close();
    await Deno.remove(this.#folder, { recursive: true });
  }
}

/** A server that is away on purpose makes the browser complain; Firefox calls it an error of the page. */
function expected(text: string): boolean {
  return /WebSocket connection to|connection to (the server at )?wss?:|ERR_CONNECTION_REFUSED|ERR_INTERNET_DISCONNECTED/
    .test(text);
}

/** Follows the set-up link the server printed, as `name`, and waits for the console. */
export async function createAdministrator(
  page: Page,
  server: Server,
  name: string,
): Promise<void> {
  const path = /\/setup\/\S+/.exec(server.printed)?.[0];
  await page.goto(`${server.origin}${path}`);
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.getByRole("textbox", { name: "E-mail" }).fill(ADMIN.email);
  await page.getByLabel("Password").fill(ADMIN.password);
  await page.getByRole("button", { name: "Create administrator" }).click();
  await page.waitForURL("**/console");
}

/** Signs the administrator in and waits for the console. */
export async function signIn(page: Page, server: Pick<Server, "origin">): Promise<void> {
  await page.goto(`${server.origin}/sign-in`);
  await page.getByRole("textbox", { name: "E-mail" }).fill(ADMIN.email);
  await page.getByLabel("Password").fill(ADMIN.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/console");
}

/** Enrolls a device in the console; returns the enrollment link. */
export async function enroll(console: Page, name: string): Promise<string> {
  await console.getByRole("button", { name: "Enroll device" }).click();
  await console.getByRole("textbox", { name: "Device name" }).fill(name);
  await console.getByRole("button", { name: "Create link" }).click();
  const link = await console.getByRole("link", { name: "Enrollment link" }).getAttribute("href");
  if (link === null) throw new Error("the enrollment link leads nowhere");
  await console.keyboard.press("Escape");
  return link;
}

/** Opens the link on the device and sets it up. */
export async function setUp(phone: Page, link: string): Promise<void> {
  await phone.goto(link);
  await phone.getByRole("button", { name: "Set up this device" }).click();
  await phone.waitForURL("**/device");
}
