/** How a page says what troubles its microphone and camera. Pages only need the type: see trouble.ts. */
import * as v from "valibot";

/**
 * In a command: only what is in trouble is named.
 */
export const TroublesSchema = v.strictObject({
  microphone: v.optional(v.picklist(["denied", "missing", "busy", "paused", "phone_call"])),
  camera: v.optional(v.picklist(["denied", "missing", "busy", "paused"])),
});

/**
 * "denied": not allowed to this page; "missing": there is none; "busy": another app holds it;
 * "paused": the system took it away for now; "phone_call": the sound of the whole device is
 * interrupted, and the call is muted both ways (M4).
 */
export type Troubles = v.InferOutput<typeof TroublesSchema>;
