/** Which sections the words of each island are made of: what its code, also code loaded later, says. */
import type { SectionName } from "./catalogue.ts";

/** By island. A test compares them with what the island's code says. */
export const PAGE_SECTIONS = {
  DeviceAgent: [
    "common",
    "errors",
    "call",
    "captions",
    "conversation",
    "files",
    "device",
    "equipment",
    "fixing",
    "network",
    "notifications",
    "show",
    "sound",
    "trouble",
  ],
  Console: [
    "common",
    "errors",
    "call",
    "captions",
    "conversation",
    "files",
    "console",
    "equipment",
    "fixing",
    "network",
    "notifications",
    "show",
    "sound",
    "trouble",
  ],
  ChatServiceSwitches: ["common", "errors", "admin"],
  Team: ["common", "errors", "admin"],
} as const satisfies Record<string, readonly SectionName[]>;
