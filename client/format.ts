/** Dates, times and numbers as people read them, in the language of their browser. */

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const MOMENT = new Intl.DateTimeFormat(undefined, {
  weekday: "long",
  hour: "2-digit",
  minute: "2-digit",
});
const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" });
const WEEKDAY = new Intl.DateTimeFormat(undefined, {
  weekday: "long",
  day: "numeric",
  month: "long",
});
const RELATIVE = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
const DAY_MS = 24 * 60 * 60 * 1000;

/** The time of day of a message. */
export function clockTime(at: number): string {
  return CLOCK.format(at);
}

/** A time within the next days, with its weekday. */
export function moment(at: number): string {
  return MOMENT.format(at);
}

/** Date and time in full, for a tooltip. */
export function fullTime(at: number): string {
  return FULL.format(at);
}

/** A number that is the same for all moments of one local day. */
export function dayOf(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY_MS;
}

/** "Today", "Yesterday" or the date. */
export function dayName(at: number, now: number): string {
  const days = dayOf(at) - dayOf(now);
  if (days < -1 || days > 0) return WEEKDAY.format(at);
  const name = RELATIVE.format(days, "day");
  return name.charAt(0).toLocaleUpperCase() + name.slice(1);
}

/** How long a call lasts: "4:05", "1:02:03". */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) =>
    String(part).padStart(2, "0")
  );
  const hours = Math.floor(seconds / 3600);
  return hours > 0 ? `${hours}:${parts.join(":")}` : parts.join(":").replace(/^0/, "");
}

/** Up to two letters that stand for a person or device where there is no picture. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).slice(0, 2);
  return words.map((word) => [...word][0] ?? "").join("").toLocaleUpperCase();
}
