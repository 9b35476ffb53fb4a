/** How a person lets a page use microphone and camera again, in the browser they hold in their hands. */
import type { KeyOf } from "../../locales/catalogue.ts";
import { unreachable } from "../../protocol/errors.ts";
import type { CameraTrouble } from "../../protocol/trouble.ts";

/** Browsers that say it differently. */
export type Browser =
  | "chrome"
  | "chromeAndroid"
  | "samsung"
  | "safari"
  | "safariIos"
  | "firefox"
  | "firefoxAndroid"
  | "other";

/**
 * The browser of a user agent string. All browsers on iOS and iPadOS are Safari inside, and iPadOS
 * says it is a Mac: only its fingers (`navigator.maxTouchPoints`) give it away.
 */
export function browserOf(userAgent: string, maxTouchPoints: number): Browser {
  const says = (what: RegExp) => what.test(userAgent);
  if (says(/iPhone|iPad|iPod/) || (says(/Macintosh/) && maxTouchPoints > 1)) return "safariIos";
  const android = says(/Android/);
  if (says(/Firefox\//)) return android ? "firefoxAndroid" : "firefox";
  if (says(/SamsungBrowser\//)) return "samsung";
  if (says(/Chrome\/|Chromium\//)) return android ? "chromeAndroid" : "chrome";
  return says(/Safari\//) ? "safari" : "other";
}

const ALLOW = {
  chrome: ["fixing.chromeIcon", "fixing.allowBoth", "fixing.systemToo"],
  chromeAndroid: ["fixing.androidIcon", "fixing.allowBoth", "fixing.androidSettings"],
  samsung: ["fixing.samsungLock", "fixing.allowBoth", "fixing.androidSettings"],
  safari: ["fixing.safariMenu", "fixing.allowBoth", "fixing.systemToo"],
  safariIos: ["fixing.iosMenu", "fixing.allowBoth", "fixing.iosSettings"],
  firefox: ["fixing.firefoxIcon", "fixing.firefoxBlocked", "fixing.systemToo"],
  firefoxAndroid: ["fixing.firefoxLock", "fixing.allowBoth", "fixing.androidSettings"],
  other: ["fixing.anySettings", "fixing.systemToo"],
} as const satisfies Record<Browser, readonly KeyOf<"fixing">[]>;

/** What to do, step by step, about a microphone or camera that cannot be used. */
export function fixingSteps(browser: Browser, cause: CameraTrouble): readonly KeyOf<"fixing">[] {
  switch (cause) {
    case "denied":
      return [...ALLOW[browser], "fixing.thenAgain"];
    case "missing":
      return ["fixing.plugIn", "fixing.onlyOne", "fixing.thenAgain"];
    case "busy":
      return ["fixing.closeApps", "fixing.closeTabs", "fixing.thenAgain"];
    case "paused":
      return ["fixing.switchOn", "fixing.thenAgain"];
    default:
      return unreachable(cause);
  }
}
