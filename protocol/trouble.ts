/**
 * What keeps a side's microphone or camera from giving anything in a call, though its owner wants it
 * to. Kept in the session's head while it lasts: both sides read it, also after a reload.
 */
import type { Troubles } from "./trouble_schema.ts";

export type { Troubles };
/** See {@link Troubles}. */
export type MicrophoneTrouble = NonNullable<Troubles["microphone"]>;
/** See {@link Troubles}. */
export type CameraTrouble = NonNullable<Troubles["camera"]>;

/** Nothing is in the way. */
export const NO_TROUBLE: Troubles = {};

/** Whether two pages would say the same of them. */
export function sameTroubles(a: Troubles, b: Troubles): boolean {
  return a.microphone === b.microphone && a.camera === b.camera;
}
