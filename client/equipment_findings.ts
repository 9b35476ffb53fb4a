/** What a check of the equipment found, as phrases: for the technician's rows and for the device user. */
import { type Phrase, phrase } from "../locales/phrase.ts";
import type { EquipmentReport, LegResult } from "../protocol/equipment.ts";

/** A part of the equipment, what became of it, and whether that is a problem. */
export interface Finding {
  readonly part: Phrase;
  readonly result: Phrase;
  readonly problem: boolean;
}

const WORKS = phrase("equipment.works");
const NOT_TRIED = phrase("equipment.notTried");

const MICROPHONE: Readonly<Record<EquipmentReport["microphone"], Phrase>> = {
  ok: WORKS,
  untested: NOT_TRIED,
  silent: phrase("equipment.microphoneUnheard"),
  denied: phrase("equipment.microphoneBlocked"),
  missing: phrase("equipment.noMicrophone"),
  busy: phrase("equipment.microphoneUsed"),
  insecure: phrase("equipment.noHttps"),
};

const CAMERA: Readonly<Record<EquipmentReport["camera"], Phrase>> = {
  ok: WORKS,
  untested: NOT_TRIED,
  denied: phrase("equipment.cameraBlocked"),
  missing: phrase("equipment.noCamera"),
  busy: phrase("equipment.cameraUsed"),
  insecure: phrase("equipment.noHttps"),
};

const SPEAKER: Readonly<Record<EquipmentReport["speaker"], Phrase>> = {
  heard: WORKS,
  untested: NOT_TRIED,
  unheard: phrase("equipment.soundUnheard"),
};

const NOTIFICATIONS: Readonly<Record<EquipmentReport["notifications"], Phrase>> = {
  on: WORKS,
  untested: NOT_TRIED,
  off: phrase("equipment.popupsOff"),
  unasked: phrase("equipment.popupsUnasked"),
  unsupported: phrase("equipment.popupsUnsupported"),
};

/** What is good, and what says nothing against it. */
const FINE: readonly Phrase[] = [
  WORKS,
  NOT_TRIED,
  NOTIFICATIONS.unasked,
  NOTIFICATIONS.unsupported,
];

/** Every part but the network, with what became of it. */
export function partFindings(report: EquipmentReport): readonly Finding[] {
  return [
    finding(phrase("equipment.microphone"), MICROPHONE[report.microphone]),
    finding(phrase("equipment.camera"), CAMERA[report.camera]),
    finding(phrase("equipment.speaker"), SPEAKER[report.speaker]),
    finding(phrase("equipment.notifications"), NOTIFICATIONS[report.notifications]),
  ];
}

function finding(part: Phrase, result: Phrase): Finding {
  return { part, result, problem: !FINE.includes(result) };
}

const LEG_RESULTS: Readonly<Record<LegResult, Phrase>> = {
  ok: phrase("equipment.legOk"),
  failed: phrase("equipment.legFailed"),
  unset: phrase("equipment.legUnset"),
  untested: phrase("equipment.legUntested"),
};

/** Every way to the server. `forDevice`: what its user can do nothing about is left out. */
export function legFindings(
  legs: EquipmentReport["network"],
  forDevice: boolean,
): readonly Finding[] {
  const all = [
    { part: phrase("equipment.legWeb"), leg: legs.web },
    { part: phrase("equipment.legNode"), leg: legs.node },
    { part: phrase("equipment.legUdp"), leg: legs.udp },
    { part: phrase("equipment.legTcp"), leg: legs.tcp },
    { part: phrase("equipment.legTurn"), leg: legs.turn },
  ];
  return all.filter(({ leg }) => !forDevice || leg !== "unset").map(({ part, leg }) => {
    return { part, result: LEG_RESULTS[leg], problem: leg === "failed" };
  });
}

/**
 * What the ways to the server come to, and what to do about it; null: they were not all tried. `able`:
 * this browser can make calls.
 */
export function networkFinding(
  { web, node, udp, tcp, turn }: EquipmentReport["network"],
  able: boolean,
): { readonly text: Phrase; readonly problem: boolean } | null {
  const problem = (text: Phrase) => ({ text, problem: true });
  if (web === "failed") return problem(phrase("equipment.networkWeb"));
  if (node === "failed") return problem(phrase("equipment.networkNode"));
  if (!able) return problem(phrase("call.unsupported"));
  if (udp === "untested" || tcp === "untested") return null;
  if (udp === "ok") return { text: phrase("equipment.networkGood"), problem: false };
  if (tcp === "ok") return problem(phrase("equipment.networkTcp"));
  if (turn === "untested") return null;
  if (turn === "ok") return problem(phrase("equipment.networkRelayed"));
  return problem(phrase("equipment.networkBlocked"));
}

const LEG_PROBLEMS: Readonly<Record<keyof EquipmentReport["network"], Phrase>> = {
  web: phrase("equipment.noWeb"),
  node: phrase("equipment.noNode"),
  udp: phrase("equipment.noUdp"),
  tcp: phrase("equipment.noTcp"),
  turn: phrase("equipment.noTurn"),
};

/** What is wrong, in a few words each; empty: nothing that was tried. */
export function problemsOf(report: EquipmentReport): readonly Phrase[] {
  const { network } = report;
  const legs = (["web", "node", "udp", "tcp", "turn"] as const)
    .filter((leg) => network[leg] === "failed")
    .map((leg) => LEG_PROBLEMS[leg]);
  const parts = partFindings(report).filter(({ problem }) => problem);
  return [...parts.map(({ result }) => result), ...legs];
}

/** How long ago `at` was, in the largest unit that fits (Intl.RelativeTimeFormat). */
export function ago(
  at: number,
  now: number,
): readonly [value: number, unit: "second" | "minute" | "hour" | "day"] {
  const minutes = Math.max(0, Math.floor((now - at) / 60_000));
  if (minutes === 0) return [0, "second"];
  if (minutes < 60) return [-minutes, "minute"];
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? [-hours, "hour"] : [-Math.floor(hours / 24), "day"];
}
