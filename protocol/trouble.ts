/**
 * What keeps a side's microphone or camera from giving anything in a call, though its owner wants it
 * to. Kept in the session's head while it lasts: both sides read it, also after a reload.
 */
import * as v from "valibot";

const CANNOT_BE_USED = ["denied", "missing", "busy"] as const;

/** In a command: only what is in trouble is named. */
export const TroublesSchema = v.strictObject({
  microphone: v.optional(v.picklist([...CANNOT_BE_USED, "paused", "phone_call"])),
  camera: v.optional(v.picklist([...CANNOT_BE_USED, "paused"])),
});

/**
 * "denied": not allowed to this page; "missing": there is none; "busy": another app holds it;
 * "paused": the system took it away for now; "phone_call": the sound of the whole device is
 * interrupted, and the call is muted both ways (M4).
 */
export type Troubles = v.InferOutput<typeof TroublesSchema>;
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
