/**
 * What an operating system does to a page and no browser can be made to do: faked at the edge of the
 * browser's API, where the page cannot tell.
 */
import { captured } from "./spy.ts";

const interrupted = new WeakSet<BaseAudioContext>();
const contexts: AudioContext[] = [];

class WatchedContext extends AudioContext {
  constructor(options?: AudioContextOptions) {
    super(options);
    contexts.push(this);
  }

  override get state(): AudioContextState {
    // "interrupted" is in the Web Audio API, but not yet in TypeScript's types.
    return interrupted.has(this) ? "interrupted" as AudioContextState : super.state;
  }
}
globalThis.AudioContext = WatchedContext;

/** Interrupts all audio contexts, or gives them back. */
export function systemInterrupts(on: boolean): void {
  for (const context of contexts) {
    if (on) interrupted.add(context);
    else interrupted.delete(context);
    context.dispatchEvent(new Event("statechange"));
  }
}

/** Mutes or unmutes the open tracks of a kind. */
export function systemMutes(kind: "audio" | "video", muted: boolean): void {
  for (const track of captured.filter((one) => one.kind === kind && one.readyState === "live")) {
    Object.defineProperty(track, "muted", { configurable: true, value: muted });
    track.dispatchEvent(new Event(muted ? "mute" : "unmute"));
  }
}

let gone: string | null = null;
const enumerate = navigator.mediaDevices.enumerateDevices.bind(navigator.mediaDevices);
navigator.mediaDevices.enumerateDevices = async () => {
  return (await enumerate()).filter(({ label }) => label !== gone);
};

/** Unplugs the device of this name, ending its tracks, or (null) plugs it in again. */
export function unplug(label: string | null): void {
  gone = label;
  for (const track of captured.filter((one) => one.label === label && one.readyState === "live")) {
    track.stop();
    track.dispatchEvent(new Event("ended"));
  }
  navigator.mediaDevices.dispatchEvent(new Event("devicechange"));
}
