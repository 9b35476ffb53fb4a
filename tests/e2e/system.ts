/** What a phone's system does to the page, faked at the edge of the browser's API. */
import type { BrowserContext, Page } from "playwright-core";

declare global {
  var locks: WakeLockSentinel[];
  /** How loud the microphone of {@link fakeMicrophone} is. */
  var microphone: GainNode;
  /** How often it was asked how loud it is, while the page was in view and while it was not. */
  var looks: { visible: number; hidden: number };
}

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

/** Runs in the page: remembers the wake locks it was given. */
export function rememberLocks(): void {
  // A page on plain HTTP to anything but localhost has none.
  if (!("wakeLock" in navigator)) return;
  globalThis.locks = [];
  const request = navigator.wakeLock.request.bind(navigator.wakeLock);
  navigator.wakeLock.request = async (type) => {
    const lock = await request(type);
    globalThis.locks.push(lock);
    return lock;
  };
}

/** Waits until so many wake locks are held. */
export async function locksHeld(page: Page, count: number): Promise<void> {
  await page.waitForFunction(
    (count) => globalThis.locks.filter(({ released }) => !released).length === count,
    count,
    { polling: 100 },
  );
}

/** Runs in the page: what the microphone gives can be taken away without a word, as Android does. */
export function fakeMicrophone(): void {
  if (navigator.mediaDevices === undefined) return;
  globalThis.looks = { visible: 0, hidden: 0 };
  const { getStats } = RTCRtpSender.prototype;
  RTCRtpSender.prototype.getStats = function () {
    if (this.track?.kind === "audio") globalThis.looks[document.visibilityState]++;
    return getStats.call(this);
  };
  const capture = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    const real = await capture(constraints);
    if (real.getAudioTracks().length === 0) return real;
    const context = new AudioContext();
    const out = context.createMediaStreamDestination();
    globalThis.microphone = new GainNode(context);
    context.createMediaStreamSource(real).connect(globalThis.microphone).connect(out);
    return new MediaStream([...out.stream.getAudioTracks(), ...real.getVideoTracks()]);
  };
}

/** Makes it dead silent, or lets it give again what it hears. */
export async function microphoneGives(page: Page, sound: boolean): Promise<void> {
  await page.evaluate((gain) => globalThis.microphone.gain.value = gain, sound ? 1 : 0);
}

/** Makes a page of a desktop browser one of a phone, for as long as it is there. */
export async function asPhone(page: Page): Promise<void> {
  const control = await page.context().newCDPSession(page);
  await control.send("Emulation.setTouchEmulationEnabled", { enabled: true });
  const size = { width: 360, height: 740, deviceScaleFactor: 1, mobile: true };
  await control.send("Emulation.setDeviceMetricsOverride", size);
}

/** Brings another tab to the front of an ordinary browser (`Stage.ordinary`): the page is hidden. */
export async function hide(page: Page, context: BrowserContext): Promise<void> {
  const other = await context.newPage();
  await other.bringToFront();
  await visibilityIs(page, "hidden");
}

/** Brings the page to the front again. */
export async function show(page: Page): Promise<void> {
  await page.bringToFront();
  await visibilityIs(page, "visible");
}

async function visibilityIs(page: Page, state: DocumentVisibilityState): Promise<void> {
  // A hidden page paints nothing.
  await page.waitForFunction((state) => document.visibilityState === state, state, {
    polling: 100,
  });
}
