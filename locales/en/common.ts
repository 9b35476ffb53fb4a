import type { Section } from "../message.ts";

/** What several pages say. */
export const common = {
  product: "Live Support",
  language: "Language",
  languageIs: "Language: {language}",
  loading: "Loading…",
  tryAgain: "Try again",
  close: "Close",
  done: "Done",
  dismiss: "Dismiss",
  reload: "Reload",
  copyLink: "Copy link",
  copied: "Copied",
  cannotCopy: "Select the link to copy it",
  answeredElsewhere: "Answered elsewhere.",

  reconnecting: "Reconnecting… What you write is kept.",
  closedSignedOut: "You are signed out. Sign in again to go on.",
  closedRemoved: "This device was removed from Live Support. Ask your support team for a new link.",
  closedVersion: "Live Support was updated. Reload this page to go on.",
  updateWaits: "Live Support was updated. The new version is loaded when you are done here.",
  closedReplaced: "Live Support went on in another tab. Reload to go on here.",
  closedOther: "The server closed the connection. Reload this page to go on.",

  noConnection:
    "There is no connection to the server right now. Nothing was changed; try again when it is back.",
  unreachable: "The server could not be reached. Check the connection.",
  refusedWithoutReason:
    "The server refused that without saying why. Reload the page and try again.",
} as const satisfies Section;
