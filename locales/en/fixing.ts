import type { Section } from "../message.ts";

/** How a person makes microphone and camera work again, step by step. */
export const fixing = {
  howTo: "How to fix it",
  dismiss: "Continue without",
  chromeIcon: "Click the icon at the left end of the address bar.",
  androidIcon: "Tap the icon at the start of the address bar, then “Permissions”.",
  samsungLock: "Tap the lock in the address bar, then “Permissions”.",
  safariMenu: "In the menu bar, open “Safari”, then the settings for this website.",
  iosMenu: "Tap the button beside the address, then the website's settings.",
  firefoxIcon: "Click the crossed-out microphone or camera in the address bar.",
  firefoxLock: "Tap the lock in the address bar.",
  firefoxBlocked: "Remove “Blocked” beside microphone and camera.",
  anySettings:
    "Open this site's settings in your browser, and allow the microphone and the camera.",
  allowBoth: "Allow the microphone and the camera.",
  systemToo: "Still refused? Allow your browser to use them in the computer's privacy settings.",
  androidSettings:
    "Still refused? In the phone's settings, open “Apps”, your browser, then “Permissions”.",
  iosSettings:
    "Still refused? In the Settings app, open your browser, and allow microphone and camera.",
  plugIn: "Connect it, or switch it on. A headset may have to be paired first.",
  onlyOne: "If it has a switch or a cover, open that.",
  closeApps: "Close other apps that may use it: calls, the camera, a recorder.",
  closeTabs: "Close other tabs with calls.",
  switchOn: "Look for a switch, a key or a cover that turns it off, and turn it on.",
  thenAgain: "Come back here and press “Try again”.",
} as const satisfies Section;
