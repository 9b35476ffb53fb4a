/** What a phone's system does to the page, faked at the edge of the browser's API. */
import type { Page } from "playwright-core";

/** The way to it, in the page. */
interface System {
  /** The system mutes or unmutes what was captured. */
  mute(kind: "audio" | "video", muted: boolean): void;
}
type WithSystem = typeof globalThis & { e2eSystem: System };

/** Runs in the page before the page's own code: keeps hold of what is captured. */
export function fakeSystem(): void {
  // A page on plain HTTP to anything but localhost has none.
  if (navigator.mediaDevices === undefined) return;
  const tracks: MediaStreamTrack[] = [];
  const capture = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    const stream = await capture(constraints);
    tracks.push(...stream.getTracks());
    return stream;
  };
  (globalThis as WithSystem).e2eSystem = {
    mute(kind, muted) {
      for (const track of tracks.filter((one) => one.kind === kind && one.readyState === "live")) {
        Object.defineProperty(track, "muted", { configurable: true, value: muted });
        track.dispatchEvent(new Event(muted ? "mute" : "unmute"));
      }
    },
  };
}

/** The system mutes (a carrier call, another app) or unmutes the microphone or camera of a page. */
export async function systemMutes(page: Page, kind: "audio" | "video", muted: boolean) {
  await page.evaluate(
    ([kind, muted]) => (globalThis as WithSystem).e2eSystem.mute(kind, muted),
    [kind, muted] as const,
  );
}
