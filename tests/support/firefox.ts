/**
 * Firefox as people have it, driven by Playwright over WebDriver BiDi (W3C). Playwright asks for more
 * than Firefox can (ESR 153 knows no `emulation.setMediaFeaturesOverride`) and gives up where it hears
 * so; a relay between the two answers that one thing in Firefox's place.
 */
import { type Browser, firefox } from "playwright-core";

/** What its fake microphone plays, in hertz; its camera shows colours that change. */
export const FIREFOX_HERTZ = 2_000;

const PREFERENCES = {
  "media.navigator.streams.fake": true,
  "media.navigator.audio.fake_frequency": FIREFOX_HERTZ,
  // Its person allows microphone and camera, and sound before a tap.
  "media.navigator.permission.disabled": true,
  "media.autoplay.default": 0,
  // Machines that run tests have no sound: without one of its own WebAudio would wait for it for ever.
  "media.cubeb.force_mock_context": true,
};

/** What a test's browser may want other than usual. */
export type Preferences = Readonly<Record<string, string | number | boolean>>;

/** The command Firefox does not know; its scheme of colours is a preference instead. */
const UNKNOWN = "emulation.setMediaFeaturesOverride";

/** A browser, until it is closed. */
export interface LaunchedFirefox {
  readonly browser: Browser;
  close(): Promise<void>;
}

/**
 * Starts the Firefox at `program`, with a fake microphone and camera; `preferences` as in
 * about:config.
 */
export async function launchFirefox(
  program: string,
  preferences: Preferences = {},
): Promise<LaunchedFirefox> {
  const folder = await Deno.makeTempDir({ prefix: "live-support-firefox-" });
  const relay = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, passOn);
  const end = async () => {
    await relay.shutdown();
    await Deno.remove(folder, { recursive: true });
  };
  try {
    const browser = await firefox.launch({
      channel: "moz-firefox",
      executablePath: await writeLauncher(folder, program, relay.addr.port),
      firefoxUserPrefs: { ...PREFERENCES, ...preferences },
    });
    return { browser, close: () => browser.close().finally(end) };
  } catch (error) {
    await end();
    throw error;
  }
}

/** A program that is Firefox, but says it listens at the relay: Playwright reads where from its output. */
async function writeLauncher(folder: string, program: string, relay: number): Promise<string> {
  const path = `${folder}/firefox`;
  const here = "listening on ws://127.0.0.1:";
  const script = `#!/bin/sh\n"${program}" "$@" 2>&1 | sed -u "s|${here}|${here}${relay}/|"\n`;
  await Deno.writeTextFile(path, script, { mode: 0o755 });
  return path;
}

/** Joins a connection to `/<port>/session` with that of Firefox on this port. */
function passOn(request: Request): Response {
  const [, port, path] = new URL(request.url).pathname.split("/");
  const { socket: playwright, response } = Deno.upgradeWebSocket(request);
  const browser = new WebSocket(`ws://127.0.0.1:${port}/${path}`);
  const opened = new Promise((resolve) => browser.onopen = resolve);
  playwright.onmessage = async ({ data }) => {
    const { id, method } = JSON.parse(data);
    if (method === UNKNOWN) {
      return playwright.send(JSON.stringify({ type: "success", id, result: {} }));
    }
    await opened;
    browser.send(data);
  };
  browser.onmessage = ({ data }) => playwright.send(data);
  playwright.onclose = () => browser.close();
  browser.onclose = () => playwright.close();
  browser.onerror = () => {}; // A close follows.
  return response;
}
