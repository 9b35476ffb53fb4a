/** The ways of choosing an audio output (audio_output.ts says which browser has which). */
import { unreachable } from "../../protocol/errors.ts";
import {
  ASK,
  type AudioOutput,
  chooseTactic,
  DEFAULT_OUTPUT,
  IPHONE_OUTPUTS,
  outputFeatures,
  pairedOutputs,
  sinkOutputs,
} from "./audio_output.ts";
import type { Shape } from "./sound_bridge.ts";

/** One way of choosing. */
export interface OutputWay {
  /** What can be chosen now; empty: nothing. Never rejects. */
  list(): Promise<readonly AudioOutput[]>;
  /** Plays through `id` from now on, in a tap; what is in use then. Rejects where that fails. */
  use(id: string): Promise<string>;
  /** What is in use, where the browser tells; null: it does not. */
  used(): string | null;
  /** How sound has to be shaped on its way to `id`; null: not at all. */
  shape(id: string): Shape | null;
}

/** What a way works on. */
export interface OutputPorts {
  readonly element: HTMLAudioElement;
  /** Speaks into another microphone; empty: the system's. False: it cannot be had. */
  useMicrophone(deviceId: string): Promise<boolean>;
  /** The microphone in use; null: there is none. */
  microphone(): MediaStreamTrack | null;
}

/** The way of this browser; null: it has none. */
export function outputWay(ports: OutputPorts): OutputWay | null {
  const { mediaDevices } = navigator;
  if (typeof mediaDevices?.enumerateDevices !== "function") return null;
  const tactic = chooseTactic(outputFeatures(navigator, {
    setSinkId: "setSinkId" in ports.element,
    selectAudioOutput: asker() !== null,
  }));
  switch (tactic.kind) {
    case "none":
      return null;
    case "sink":
      return sinkWay(ports.element, tactic);
    case "microphone":
      return microphoneWay(ports);
    case "earpiece":
      return earpieceWay();
    default:
      return unreachable(tactic);
  }
}

function sinkWay(
  element: HTMLAudioElement,
  { bridged, asks }: { readonly bridged: boolean; readonly asks: boolean },
): OutputWay {
  return {
    list: async () => sinkOutputs(await devices(), asks),
    async use(id) {
      const wanted = id === ASK ? await asker()?.() ?? DEFAULT_OUTPUT : id;
      await element.setSinkId(wanted);
      return wanted;
    },
    used: () => null,
    shape: (id) => bridged && id !== DEFAULT_OUTPUT ? { pan: 0, gain: 1 } : null,
  };
}

function microphoneWay(ports: OutputPorts): OutputWay {
  return {
    list: async () => pairedOutputs(await devices()),
    async use(id) {
      if (!await ports.useMicrophone(id === DEFAULT_OUTPUT ? "default" : id)) {
        throw new Error("that microphone cannot be used");
      }
      return id;
    },
    used() {
      const { deviceId = "default" } = ports.microphone()?.getSettings() ?? {};
      return deviceId === "default" ? DEFAULT_OUTPUT : deviceId;
    },
    shape: () => null,
  };
}

/** Costs sound in the background (WebKit stops WebAudio there): only while it is chosen. */
function earpieceWay(): OutputWay {
  return {
    list: () => Promise.resolve(IPHONE_OUTPUTS),
    use: (id) => Promise.resolve(id),
    used: () => null,
    shape: (id) => id === DEFAULT_OUTPUT ? null : { pan: 1, gain: 0.1 },
  };
}

async function devices(): Promise<MediaDeviceInfo[]> {
  return await navigator.mediaDevices.enumerateDevices().catch(() => []);
}

/** Shows the browser's own list, where it has one; answers the chosen device's id. */
function asker(): (() => Promise<string>) | null {
  const { mediaDevices } = navigator;
  if (!("selectAudioOutput" in mediaDevices)) return null;
  const { selectAudioOutput } = mediaDevices;
  if (typeof selectAudioOutput !== "function") return null;
  return async () => {
    const device: unknown = await selectAudioOutput.call(mediaDevices);
    return device instanceof MediaDeviceInfo ? device.deviceId : DEFAULT_OUTPUT;
  };
}
