/** The page of the media tests: the product's own call client, and a way to look inside. */
import { asked, broken, captured, connections, negotiations } from "./spy.ts";
import { systemInterrupts, systemMutes, unplug } from "./system.ts";
import { createCall } from "../../../client/call/call_client.ts";
import type { CallClient } from "../../../client/call/types.ts";
import type { MediaTicket } from "../../../protocol/messages.ts";
import type { Side } from "../../../protocol/receipts.ts";
import type { Troubles } from "../../../protocol/trouble.ts";

/** What a test may look at. */
export interface Look {
  readonly phase: string;
  /** Every phase so far. */
  readonly phases: readonly string[];
  readonly problem: string | null;
  readonly sentence: string | null;
  readonly muted: boolean;
  readonly camera: string;
  readonly cameras: number;
  readonly outputs: number;
  readonly peerPresent: boolean;
  readonly ownView: boolean;
  readonly remoteView: boolean;
  readonly remoteVoice: boolean;
  /** Decoded so far over all connections of the page. */
  readonly frames: number;
  /** Of the picture that comes in now. */
  readonly frameWidth: number;
  /** The widths of the sizes that are sent now. */
  readonly sent: readonly number[];
  /** Energy heard so far (W3C webrtc-stats, totalAudioEnergy). */
  readonly energy: number;
  readonly audioPackets: number;
  readonly negotiations: number;
  readonly asked: readonly string[];
  readonly live: readonly string[];
  readonly reports: readonly string[];
  readonly trouble: Troubles;
  readonly interruption: string;
  /** The name of the device that took another one's place. */
  readonly replaced: string | null;
  /** The other side is played, and not silenced. */
  readonly listens: boolean;
  /** The devices that are open, by their names. */
  readonly using: { readonly audio: string | null; readonly video: string | null };
}

declare global {
  /** Given by the test. */
  function fetchTicket(lost: string | null): Promise<MediaTicket>;
  var call: CallClient;
  var look: () => Promise<Look>;
  var broken: { audio?: string; video?: string };
  /** The system mutes or unmutes the page's open tracks of a kind. */
  var systemMutes: (kind: "audio" | "video", muted: boolean) => void;
  /** The system interrupts the page's audio contexts, or gives them back. */
  var systemInterrupts: (interrupted: boolean) => void;
  /** The audio session's state, where a test gave the browser one. */
  var says: (state: string) => void;
  /** Unplugs a device by its name, or (null) plugs everything in again. */
  var unplug: (label: string | null) => void;
}

const reports: string[] = [];
const side: Side = location.hash === "#technician" ? "technician" : "device";

Object.assign(globalThis, { broken, systemMutes, systemInterrupts, unplug });
globalThis.call = createCall({
  reachable: () => true,
  onReached: () => () => {},
  name: () => "the other side",
  hangUp: () => {},
  side,
  ticket: (lost) => fetchTicket(lost),
  rights: () => fetchTicket(null),
  report: ({ medium, muted, trouble }) =>
    reports.push([
      medium,
      ...muted ? ["muted"] : [],
      ...Object.entries(trouble).map(([what, why]) => `${what}:${why}`),
    ].join(" ")),
});

const phases: string[] = [];
call.phase.subscribe((phase) => phases.push(phase));

// What an island does with it.
const video = document.createElement("video");
video.muted = true;
video.autoplay = true;
document.body.append(video);
call.remoteVideo.subscribe((stream) => video.srcObject = stream);
call.showIn(video);

globalThis.look = async () => {
  const sum = { frames: 0, frameWidth: 0, energy: 0, audioPackets: 0 };
  const sent: number[] = [];
  for (const connection of connections) {
    for (const stats of (await connection.getStats()).values()) {
      const sends = stats.type === "outbound-rtp" && stats.kind === "video" && stats.active;
      if (sends && stats.framesPerSecond > 0) sent.push(stats.frameWidth);
      if (stats.type !== "inbound-rtp") continue;
      if (stats.kind === "video") {
        sum.frames += stats.framesDecoded ?? 0;
        sum.frameWidth = Math.max(sum.frameWidth, stats.frameWidth ?? 0);
      } else {
        sum.energy += stats.totalAudioEnergy ?? 0;
        sum.audioPackets += stats.packetsReceived ?? 0;
      }
    }
  }
  return {
    ...sum,
    sent: sent.toSorted((a, b) => a - b),
    phase: call.phase.value,
    phases: [...phases],
    problem: call.problem.value?.kind ?? null,
    sentence: call.problem.value?.text.key ?? null,
    muted: call.muted.value,
    camera: call.camera.value,
    cameras: call.cameras.value,
    outputs: call.outputs.value.length,
    peerPresent: call.peerPresent.value,
    ownView: call.localVideo.value !== null,
    remoteView: call.remoteVideo.value !== null,
    remoteVoice: call.remoteAudio.value !== null,
    negotiations: negotiations.count,
    asked: [...asked],
    live: captured.filter(({ readyState }) => readyState === "live").map(({ kind }) => kind),
    reports: [...reports],
    trouble: call.trouble.value,
    interruption: call.interruption.value,
    replaced: call.replaced.value?.label ?? null,
    listens: [...document.querySelectorAll("audio")].some(({ paused, muted, srcObject }) =>
      !paused && !muted && srcObject !== null
    ),
    using: { audio: openDevice("audio"), video: openDevice("video") },
  };
};

function openDevice(wanted: "audio" | "video"): string | null {
  const open = ({ kind, readyState }: MediaStreamTrack) => kind === wanted && readyState === "live";
  return captured.findLast(open)?.label ?? null;
}
