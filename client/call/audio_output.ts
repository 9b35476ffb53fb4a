/**
 * Where the sound of a call can come out, browser by browser: which way of choosing there is, as a pure
 * function of what the browser has, and what becomes of a choice when devices come and go. No browser
 * API is called here.
 */

/** What an output is, as far as one can tell; "ask": the browser shows its own list. */
export type OutputKind =
  | "default"
  | "speaker"
  | "earpiece"
  | "headset"
  | "bluetooth"
  | "other"
  | "ask";

/** A way for sound to leave the device. */
export interface AudioOutput {
  /** What `setOutput` takes; empty: the system's own choice. */
  readonly id: string;
  readonly kind: OutputKind;
  /** The browser's name for it; null: it has none, `kind` says what it is. */
  readonly label: string | null;
}

/** The system's own choice. */
export const DEFAULT_OUTPUT = "";

/** What there is to choose from (empty: nothing) and what was chosen. */
export interface Outputs {
  readonly list: readonly AudioOutput[];
  readonly current: string;
}

/** What a browser can do about outputs. */
export interface OutputFeatures {
  readonly phone: "android" | "iphone" | null;
  /** Safari's engine: `setSinkId` does nothing to an element that plays WebRTC directly. */
  readonly webkit: boolean;
  /** `HTMLMediaElement.setSinkId` (W3C Audio Output Devices). */
  readonly canSink: boolean;
  /** `MediaDevices.selectAudioOutput` (the same). */
  readonly canAsk: boolean;
}

/** How an output is chosen. */
export type OutputTactic =
  | { readonly kind: "none" }
  /** By the element's sink; `asks`: outputs the page does not know yet, by the browser's own list. */
  | { readonly kind: "sink"; readonly bridged: boolean; readonly asks: boolean }
  /** Android pairs every microphone with an output: choosing one chooses the other. */
  | { readonly kind: "microphone" }
  /** iPhones have no way to the earpiece: quiet and on the upper speaker alone comes close. */
  | { readonly kind: "earpiece" };

/** The way for a browser with these features. */
export function chooseTactic(features: OutputFeatures): OutputTactic {
  if (features.phone === "android") return { kind: "microphone" };
  if (features.phone === "iphone") return { kind: "earpiece" };
  if (!features.canSink) return { kind: "none" };
  return { kind: "sink", bridged: features.webkit, asks: features.canAsk };
}

/** The part of `Navigator` that tells browsers apart. */
export type NavigatorLike = Pick<Navigator, "userAgent" | "vendor">;

/** What the browser `navigator` is of can do; `has` says whether an interface has a member. */
export function outputFeatures(
  { userAgent, vendor }: NavigatorLike,
  has: { readonly setSinkId: boolean; readonly selectAudioOutput: boolean },
): OutputFeatures {
  const phone = /\bAndroid\b/.test(userAgent)
    ? "android"
    : /\biPhone\b/.test(userAgent)
    ? "iphone"
    : null;
  const webkit = vendor.startsWith("Apple");
  return { phone, webkit, canSink: has.setSinkId, canAsk: has.selectAudioOutput };
}

/** The part of `MediaDeviceInfo` that is looked at. */
export type DeviceLike = Pick<MediaDeviceInfo, "kind" | "deviceId" | "label">;

/** Chromium lists two devices a second time, under the names of their roles. */
const ALIASES = ["", "default", "communications"];

/** Outputs for a sink. Devices without a name are not told yet: there is no permission. */
export function sinkOutputs(devices: readonly DeviceLike[], asks: boolean): readonly AudioOutput[] {
  const outputs = devices.filter(({ kind, label }) => kind === "audiooutput" && label !== "");
  const real = outputs.filter(({ deviceId }) => !ALIASES.includes(deviceId));
  if (real.length < (asks ? 0 : 2)) return [];
  const named = outputs.find(({ deviceId }) => deviceId === "default")?.label;
  return [
    { id: DEFAULT_OUTPUT, kind: "default", label: named ?? null },
    ...real.map(({ deviceId, label }) => ({ id: deviceId, kind: kindOf(label), label })),
    ...asks ? [{ id: ASK, kind: "ask", label: null } as const] : [],
  ];
}

/** Chosen to see the browser's own list. */
export const ASK = "ask";

/** Outputs by the microphone they come with; Chromium's names for them are not translated. */
export function pairedOutputs(devices: readonly DeviceLike[]): readonly AudioOutput[] {
  const paired = devices.filter(({ kind, deviceId }) => {
    return kind === "audioinput" && !ALIASES.includes(deviceId);
  }).flatMap(({ deviceId, label }): AudioOutput[] => {
    const kind = kindOf(label);
    return kind === "other"
      ? []
      : [{ id: deviceId, kind, label: kind === "bluetooth" ? label : null }];
  });
  if (new Set(paired.map(({ kind }) => kind)).size < 2) return [];
  return [{ id: DEFAULT_OUTPUT, kind: "default", label: null }, ...paired];
}

/** The two outputs of an iPhone. */
export const IPHONE_OUTPUTS: readonly AudioOutput[] = [
  { id: DEFAULT_OUTPUT, kind: "speaker", label: null },
  { id: "earpiece", kind: "earpiece", label: null },
];

const KINDS: readonly (readonly [RegExp, OutputKind])[] = [
  [/\bbluetooth\b/i, "bluetooth"],
  [/\bspeakerphone\b/i, "speaker"],
  [/\bearpiece\b/i, "earpiece"],
  [/\b(wired headset|headphones?|usb audio)\b/i, "headset"],
];

function kindOf(label: string): OutputKind {
  return KINDS.find(([name]) => name.test(label))?.[1] ?? "other";
}

/**
 * What holds after a new look at the devices. `used` is what is in use as far as the browser tells,
 * else what was chosen. `lost`: the output chosen that is there no more; unless something else is in
 * use already, the system's own choice takes its place.
 */
export function settleOutputs(
  before: Outputs,
  list: readonly AudioOutput[],
  used: string = before.current,
): { readonly now: Outputs; readonly lost: AudioOutput | null } {
  const there = (id: string) => id === DEFAULT_OUTPUT || list.some((output) => output.id === id);
  const now = { list, current: there(used) ? used : DEFAULT_OUTPUT };
  if (there(before.current)) return { now, lost: null };
  const unknown: AudioOutput = { id: before.current, kind: "other", label: null };
  return { now, lost: before.list.find(({ id }) => id === before.current) ?? unknown };
}
