/** Dates and times as people read them, said by the page's speaker. */
import type { Speaker } from "../locales/speaker.ts";

const CLOCK = { hour: "2-digit", minute: "2-digit" } as const;
const MOMENT = { weekday: "long", ...CLOCK } as const;
const FULL = { dateStyle: "full", timeStyle: "short" } as const;
const DAY = { weekday: "long", day: "numeric", month: "long" } as const;
const DAY_MS = 24 * 60 * 60 * 1000;

/** The time of day of a message. */
export function clockTime(speaker: Speaker, at: number): string {
  return speaker.date(at, CLOCK);
}

/** A time within the next days, with its weekday. */
export function moment(speaker: Speaker, at: number): string {
  return speaker.date(at, MOMENT);
}

/** Date and time in full, for a tooltip. */
export function fullTime(speaker: Speaker, at: number): string {
  return speaker.date(at, FULL);
}

/** A number that is the same for all moments of one local day. */
export function dayOf(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY_MS;
}

/** "Today", "Yesterday" or the date. */
export function dayName(speaker: Speaker, at: number, now: number): string {
  const days = dayOf(at) - dayOf(now);
  if (days < -1 || days > 0) return speaker.date(at, DAY);
  const name = speaker.relative(days, "day");
  return name.charAt(0).toLocaleUpperCase(speaker.words.region) + name.slice(1);
}

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** How large a file is: "870 kB", "1.4 MB". */
export function fileSize(speaker: Speaker, bytes: number): string {
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  return speaker.number(bytes / 1024 ** step, {
    style: "unit",
    unit: UNITS[step],
    unitDisplay: step === 0 ? "long" : "short",
    maximumFractionDigits: step < 2 ? 0 : 1,
  });
}

/** Up to two letters that stand for a person or device where there is no picture. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).slice(0, 2);
  return words.map((word) => [...word][0] ?? "").join("").toLocaleUpperCase();
}
