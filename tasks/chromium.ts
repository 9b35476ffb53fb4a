/** Chromium for the end-to-end tests. */
import { aptInstall, ensureProgram, findProgram, type SystemProgram } from "./system_package.ts";

const CHROMIUM: SystemProgram = {
  what: "Chromium",
  variable: "CHROMIUM_BIN",
  names: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
  install: aptInstall("chromium"),
};

/** The path of a Chromium: CHROMIUM_BIN, or the first on PATH; null: there is none. */
export function findChromium(): Promise<string | null> {
  return findProgram(CHROMIUM);
}

/** Installs Chromium where there is none. Throws a sentence that says what to do by hand. */
export function ensureChromium(say: (line: string) => void): Promise<string> {
  return ensureProgram(CHROMIUM, say);
}
