/** How a page takes part in its call, in the server's words. */
import { sameTroubles, type Troubles } from "../../protocol/trouble.ts";
import type { Part } from "./types.ts";

/** What to tell the server of a page with this camera, microphone and screen. */
export function partOf(
  camera: "on" | "off",
  muted: boolean,
  screen: boolean,
  trouble: Troubles,
): Part {
  const medium = camera === "on" || screen ? "video" : "voice";
  return { medium, muted, screen, trouble };
}

/** Whether there is nothing new to tell. */
export function samePart(a: Part, b: Part): boolean {
  return a.medium === b.medium && a.muted === b.muted && a.screen === b.screen &&
    sameTroubles(a.trouble, b.trouble);
}
