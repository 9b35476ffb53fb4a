/**
 * The check of a device's equipment: what its page found out about microphone, camera, speaker,
 * notifications and the ways to the server. A few words per part and nothing else: no names of
 * devices, no addresses.
 */
import * as v from "valibot";

/** What became of a way to the server. "unset": the deployment has no such way. */
const LegSchema = v.picklist(["ok", "failed", "unset", "untested"]);

/** What a page reports; whatever was not tried is "untested". */
export const EquipmentReportSchema = v.strictObject({
  /** "silent": it is open, but nothing was heard. */
  microphone: v.picklist(["ok", "silent", "denied", "missing", "busy", "insecure", "untested"]),
  camera: v.picklist(["ok", "denied", "missing", "busy", "insecure", "untested"]),
  /** Whether the person heard the test sound. */
  speaker: v.picklist(["heard", "unheard", "untested"]),
  /** "off": the person or the browser's settings forbid them; "unasked": nobody asked yet. */
  notifications: v.picklist(["on", "off", "unasked", "unsupported", "untested"]),
  network: v.strictObject({
    /** The web process: text. */
    web: LegSchema,
    /** The media node's socket: setting up calls. */
    node: LegSchema,
    /** Media to the node by UDP, by TCP, and over a TURN server (RFC 8656). */
    udp: LegSchema,
    tcp: LegSchema,
    turn: LegSchema,
  }),
});

/** What a page reports. */
export type EquipmentReport = v.InferOutput<typeof EquipmentReportSchema>;

/** The last report of a device, and when it came, in milliseconds since the epoch. */
export interface EquipmentCheck extends EquipmentReport {
  readonly at: number;
}

/** A way to the server. */
export type NetworkLeg = keyof EquipmentReport["network"];

/** What became of it. */
export type LegResult = v.InferOutput<typeof LegSchema>;

/** Nothing was tried yet. */
export const NOTHING_CHECKED: EquipmentReport = {
  microphone: "untested",
  camera: "untested",
  speaker: "untested",
  notifications: "untested",
  network: {
    web: "untested",
    node: "untested",
    udp: "untested",
    tcp: "untested",
    turn: "untested",
  },
};

/**
 * Where a technician's wish for a check stands. "asked": the device's pages show it; "declined":
 * not now, says the user; "running": the user is at it.
 */
export type EquipmentWish = "asked" | "declined" | "running";

/** What the device user does about the wish; "closed": they are done, well or badly. */
export type EquipmentAnswer = "declined" | "started" | "closed";
