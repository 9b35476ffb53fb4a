/**
 * What the two pages of a call tell each other about it, through their media node and nobody else:
 * checked and passed on, never stored (S8). Whoever was not there has missed it, so a page tells what
 * still matters again when the other one comes back.
 */
import * as v from "valibot";
import type { Side } from "./receipts.ts";
import { SHOW_BY_BOTH, SHOW_BY_DEVICE, SHOW_BY_TECHNICIAN } from "./show_messages.ts";

const SwitchCamera = v.strictObject({ type: v.literal("switch_camera") });
const SwitchCameraAnswer = v.strictObject({
  type: v.literal("switch_camera_answer"),
  answer: v.picklist(["switched", "refused", "failed"]),
});
const Abilities = v.strictObject({
  type: v.literal("abilities"),
  switchCamera: v.boolean(),
});
const Quality = v.strictObject({
  type: v.literal("quality"),
  bars: v.picklist([0, 1, 2, 3, 4]),
  /** The network of the page that says this does not carry its own picture: it is not sent now. */
  sendsPaused: v.boolean(),
  /** It does not carry the other side's picture: that is not received now. */
  receivesPaused: v.boolean(),
});
const Hears = v.strictObject({ type: v.literal("hears") });

/** Every message, as a schema for the node. */
export const PeerMessageSchema = v.variant("type", [
  /** The technician asks for the device's other camera. */
  SwitchCamera,
  /** What became of that. */
  SwitchCameraAnswer,
  /** What the device's page can do now; told at the beginning and whenever it changes. */
  Abilities,
  /** How good the sender's own way to the media node is, from 0 (none) to 4. */
  Quality,
  /** The call has moved, and the sender hears the other page where it is now. */
  Hears,
  ...SHOW_BY_TECHNICIAN,
  ...SHOW_BY_DEVICE,
  ...SHOW_BY_BOTH,
]);

/** What one page of a call may tell the other. */
export type PeerMessage = v.InferOutput<typeof PeerMessageSchema>;

const SENDERS: Readonly<Record<PeerMessage["type"], Side | "both">> = {
  switch_camera: "technician",
  switch_camera_answer: "device",
  abilities: "device",
  quality: "both",
  hears: "both",
  show_scene: "technician",
  show_step: "technician",
  show_pointer: "technician",
  snapshot_ask: "technician",
  snapshot_cancel: "technician",
  show_again: "device",
  show_closed: "device",
  snapshot_answer: "device",
  picture: "both",
  picture_ask: "both",
  picture_part: "both",
};

/** Whether a page of `side` may say that (A1). */
export function mayTell(side: Side, { type }: PeerMessage): boolean {
  const from = SENDERS[type];
  return from === "both" || from === side;
}

/** Whether that is only to be said where video is switched on (M1). */
export function needsVideo({ type }: PeerMessage): boolean {
  return /^(show|snapshot|picture)/.test(type);
}
