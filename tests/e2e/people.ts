/** The two people of the story, each in a browser of their own with a generated microphone and camera. */
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { BLUE, GREEN, picture, tone, type Yuv } from "./fake_media.ts";
import { ADMIN, type Server } from "./server.ts";

/** What their fake devices play. */
export const TECHNICIAN_HERTZ = 500;
export const DEVICE_HERTZ = 1500;

const FLAGS = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--use-fake-device-for-media-stream",
  "--use-fake-ui-for-media-stream",
];

/** How long a person waits for something to happen before they give up, in milliseconds. */
const PATIENCE = 30_000;

/** Browsers, pages and files of one test; disposing of it closes and removes all. */
export class Stage {
  readonly #folder: string;
  readonly #browsers: Browser[] = [];
  readonly #errors: string[] = [];

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(): Promise<Stage> {
    return new Stage(await Deno.makeTempDir({ prefix: "live-support-e2e-" }));
  }

  /** A folder for a server's data. */
  get data(): string {
    return `${this.#folder}/data`;
  }

  /** A browser whose microphone plays `hertz` and whose camera shows `colour`. */
  async browser(media?: { hertz: number; colour: Yuv }): Promise<Browser> {
    const args = [...FLAGS];
    if (media !== undefined) {
      const name = `${this.#folder}/${media.hertz}`;
      await Deno.writeFile(`${name}.wav`, tone(media.hertz));
      await Deno.writeFile(`${name}.y4m`, picture(media.colour));
      args.push(`--use-file-for-fake-audio-capture=${name}.wav`);
      args.push(`--use-file-for-fake-video-capture=${name}.y4m`);
    }
    const browser = await chromium.launch({
      executablePath: Deno.env.get("CHROMIUM") ?? "/usr/bin/chromium",
      headless: true,
      args,
      ignoreDefaultArgs: ["--headless"],
    });
    this.#browsers.push(browser);
    return browser;
  }

  technicianBrowser(): Promise<Browser> {
    return this.browser({ hertz: TECHNICIAN_HERTZ, colour: BLUE });
  }

  deviceBrowser(): Promise<Browser> {
    return this.browser({ hertz: DEVICE_HERTZ, colour: GREEN });
  }

  /** A page that reports its errors to {@link Stage.errors}. */
  async page(context: BrowserContext): Promise<Page> {
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    page.on("pageerror", (error) => this.#errors.push(`${page.url()}: ${error.stack ?? error}`));
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
    for (const browser of this.#browsers) await browser.close();
    await Deno.remove(this.#folder, { recursive: true });
  }
}

/** A server that is away on purpose makes the browser complain. */
function expected(text: string): boolean {
  return /WebSocket connection to|ERR_CONNECTION_REFUSED|ERR_INTERNET_DISCONNECTED/.test(text);
}

/** Signs the administrator in and waits for the console. */
export async function signIn(page: Page, server: Server): Promise<void> {
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
