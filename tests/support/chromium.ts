/** The browser of all tests: the Chromium that is installed, with a fake microphone and camera. */
import { type Browser, type BrowserContext, chromium } from "playwright-core";
import { findChromium } from "../../tasks/chromium.ts";
import { until } from "./waiting.ts";

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
];
/** Answers every question for microphone and camera with yes. */
const SAYS_YES = "--use-fake-ui-for-media-stream";

/**
 * Starts a browser; more `flags` say e.g. what its microphone and camera are. With `saysYes` its
 * person allows both; without, only what a test sets as the site's permissions counts. `program`
 * becomes the browser: Chromium itself, if not another one is named.
 */
export async function launchChromium(
  flags: readonly string[] = [],
  saysYes = true,
  program?: string,
): Promise<Browser> {
  return await chromium.launch({
    executablePath: program ?? await findChromium() ?? "chromium",
    args: [...FLAGS, ...saysYes ? [SAYS_YES] : [], ...flags],
    ignoreDefaultArgs: ["--headless"],
  });
}

/** A browser's ordinary pages, until it is closed. */
export interface OrdinaryBrowser {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

/**
 * Starts a browser with a profile in `folder` whose pages are hidden and slow down as a person's do:
 * another tab in front of one hides it. Elsewhere Playwright keeps every page in view, and the browser
 * from saving power.
 */
export async function launchOrdinary(
  folder: string,
  flags: readonly string[],
): Promise<OrdinaryBrowser> {
  const child = new Deno.Command(await findChromium() ?? "chromium", {
    args: [
      ...FLAGS,
      SAYS_YES,
      ...flags,
      `--user-data-dir=${folder}`,
      "--remote-debugging-port=0",
      // A page that is just being opened keeps Playwright waiting for it.
      "--no-startup-window",
    ],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const end = async () => {
    child.kill();
    await child.status;
  };
  try {
    const browser = await chromium.connectOverCDP(await addressOf(folder), { noDefaults: true });
    const [context] = browser.contexts();
    if (context === undefined) throw new Error("Chromium has no profile");
    return { context, close: () => browser.close().finally(end) };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Where a browser takes commands, once it wrote that into its profile. */
async function addressOf(folder: string): Promise<string> {
  const listens = await until(
    "Chromium listens",
    () => Deno.readTextFile(`${folder}/DevToolsActivePort`).catch(() => ""),
    (text) => text.includes("/"),
  );
  const [port, path] = listens.split("\n");
  return `ws://127.0.0.1:${port}${path}`;
}

/** Starts a browser with a profile in `folder`, as a person has one: what is not private can be installed. */
export async function launchProfile(folder: string): Promise<BrowserContext> {
  return await chromium.launchPersistentContext(folder, {
    executablePath: await findChromium() ?? "chromium",
    args: FLAGS,
    ignoreDefaultArgs: ["--headless"],
  });
}
