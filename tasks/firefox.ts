/** Firefox for the end-to-end tests, where somebody installed it. */
import { aptInstall, findProgram, type SystemProgram } from "./system_package.ts";

const FIREFOX: SystemProgram = {
  what: "Firefox",
  variable: "FIREFOX_BIN",
  names: ["firefox-esr"],
  install: aptInstall("firefox-esr"),
};

/** How to get it, as a sentence. */
export const HOW_TO_GET_FIREFOX =
  `Debian's package "firefox-esr" has it, or set ${FIREFOX.variable}.`;

/** The path of a Firefox: FIREFOX_BIN, or the first on PATH; null: there is none. */
export function findFirefox(): Promise<string | null> {
  return findProgram(FIREFOX);
}
