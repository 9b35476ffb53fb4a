/** The browser of all tests: the Chromium that is installed, with a fake microphone and camera. */
import { type Browser, type BrowserContext, chromium } from "playwright-core";
import { findChromium } from "../../tasks/chromium.ts";

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
 * person allows both; without, only what a test sets as the site's permissions counts.
 */
export async function launchChromium(
  flags: readonly string[] = [],
  saysYes = true,
): Promise<Browser> {
  return await chromium.launch({
    executablePath: await findChromium() ?? "chromium",
    args: [...FLAGS, ...saysYes ? [SAYS_YES] : [], ...flags],
    ignoreDefaultArgs: ["--headless"],
  });
}

/** Starts a browser with a profile in `folder`, as a person has one: what is not private can be installed. */
export async function launchProfile(folder: string): Promise<BrowserContext> {
  return await chromium.launchPersistentContext(folder, {
    executablePath: await findChromium() ?? "chromium",
    args: FLAGS,
    ignoreDefaultArgs: ["--headless"],
  });
}
