/** Who may do what (rule A1). */

import type { Role } from "../store/technicians.ts";

/** All roles, for schemas. */
export const ROLES = ["administrator", "technician"] as const satisfies readonly Role[];

/** What can be allowed or not. */
export type Right =
  /** Sessions, the device list. */
  | "live_support"
  /** Adding a device and making its link. A technician at the customer's desk needs it. */
  | "enroll_devices"
  | "remove_devices"
  /** The chat service's switches. */
  | "manage_settings"
  | "invite_technicians";

const RIGHTS: Readonly<Record<Role, ReadonlySet<Right>>> = {
  administrator: new Set([
    "live_support",
    "enroll_devices",
    "remove_devices",
    "manage_settings",
    "invite_technicians",
  ]),
  technician: new Set(["live_support", "enroll_devices"]),
};

/** Whether someone of this role may do that. */
export function may(role: Role, right: Right): boolean {
  return RIGHTS[role].has(right);
}
