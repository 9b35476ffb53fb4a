/** How the console's list of devices is searched, grouped and explained. Pure. */
import { type Phrase, phrase } from "../locales/phrase.ts";
import type { DeviceRow } from "../protocol/messages.ts";

/** The list in its two parts. */
export interface DeviceGroups {
  /** Devices this technician has a session with, the newest session first. */
  readonly mine: readonly DeviceRow[];
  /** All others by name, so that nothing jumps while one looks. */
  readonly others: readonly DeviceRow[];
}

const ORDER = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** Groups the rows whose name contains `search`; `startedAt` tells when a session began. */
export function groupDevices(
  rows: Iterable<DeviceRow>,
  search: string,
  startedAt: (session: string) => number,
): DeviceGroups {
  const wanted = fold(search.trim());
  const found = [...rows].filter(({ name }) => fold(name).includes(wanted));
  const began = ({ session }: DeviceRow) => session === null ? 0 : startedAt(session.id);
  return {
    mine: found.filter(isMine).sort((a, b) => began(b) - began(a) || ORDER.compare(a.name, b.name)),
    others: found.filter((row) => !isMine(row)).sort((a, b) => ORDER.compare(a.name, b.name)),
  };
}

/** Why no session can be started with a device now; null: one can. */
export function startRefusal(row: DeviceRow): Phrase | null {
  if (row.session !== null && !row.session.mine) {
    return phrase("console.inSessionWith", { name: row.session.technician });
  }
  switch (row.status) {
    case "Not Installed":
      return phrase("console.openItsLink");
    case "Disabled":
      return phrase("console.serviceOff");
    case "Connected":
    case "Disconnected":
      return null;
  }
}

function isMine({ session }: DeviceRow): boolean {
  return session?.mine === true;
}

function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}
