/** How long a person in a call hears nothing, and sees nothing new. */
import type { Page } from "playwright-core";

/** The longest times without, in milliseconds; `picture` is null where none was looked at. */
export interface Gaps {
  readonly sound: number;
  readonly picture: number | null;
}

/** What is measured in the page. */
interface Meter {
  readonly timer: ReturnType<typeof setInterval>;
  readonly sound: Gap;
  readonly picture: Gap | null;
}

interface Gap {
  longest: number;
  last: number;
}

type Measured = typeof globalThis & { e2eGaps?: Meter };

/**
 * Begins to measure, as soon as there is both: the longest time in which nothing of the other voice was
 * played, and the longest in which the page decoded no new frame of the picture of `whose`.
 */
export async function gapsFrom(page: Page, whose: "technician" | "device" | null): Promise<void> {
  const picture = whose === null ? null : `video[data-participant=${whose}][data-view=main]`;
  await page.evaluate(measure, picture);
  await page.waitForFunction(begin, null, { polling: 50 });
}

/** The longest so far. */
export function longestGaps(page: Page): Promise<Gaps> {
  return page.evaluate(() => {
    const { e2eGaps } = globalThis as Measured;
    const { sound, picture = null } = e2eGaps ?? { sound: { longest: 0 } };
    return {
      sound: Math.round(sound.longest),
      picture: picture === null ? null : Math.round(picture.longest),
    };
  });
}

/** Runs in the page. */
function measure(selector: string | null): void {
  /** What is played now. */
  interface Tap {
    stream: MediaStream;
    source: AudioNode;
  }
  const page = globalThis as Measured;
  clearInterval(page.e2eGaps?.timer);
  const now = performance.now();
  const sound = { longest: 0, last: now };
  const picture = selector === null ? null : { longest: 0, last: now };
  let tap: Tap | null = null;
  let shown: { element: Element; frames: number } | null = null;
  const samples = new Float32Array(2048);
  // One for all streams: a new one hears nothing for a while.
  const context = new AudioContext({ sampleRate: 48_000 });
  const analyser = context.createAnalyser();
  const goesOn = (gap: { longest: number; last: number }, is: boolean) => {
    const now = performance.now();
    gap.longest = Math.max(gap.longest, now - gap.last);
    if (is) gap.last = now;
  };
  const isLoud = () => {
    const audio = [...document.querySelectorAll("audio")].find((element) =>
      element.srcObject instanceof MediaStream && !element.paused && !element.muted
    );
    const stream = audio?.srcObject;
    if (!(stream instanceof MediaStream)) return false;
    if (tap?.stream !== stream) {
      tap?.source.disconnect();
      tap = { stream, source: context.createMediaStreamSource(stream) };
      tap.source.connect(analyser);
    }
    analyser.getFloatTimeDomainData(samples);
    return samples.some((one) => Math.abs(one) > 0.01);
  };
  const isNew = (selector: string) => {
    const element = document.querySelector<HTMLVideoElement>(selector);
    if (element === null) return false;
    const frames = element.getVideoPlaybackQuality().totalVideoFrames;
    // Another element, or another stream in it, begins to count anew.
    const before = shown?.element === element && shown.frames <= frames ? shown.frames : 0;
    shown = { element, frames };
    return frames > before;
  };
  const look = () => {
    goesOn(sound, isLoud());
    if (picture !== null && selector !== null) goesOn(picture, isNew(selector));
  };
  page.e2eGaps = { timer: setInterval(look, 20), sound, picture };
}

/** Runs in the page: from now on, if it hears and sees something. */
function begin(): boolean {
  const { e2eGaps } = globalThis as Measured;
  const gaps = [e2eGaps?.sound, e2eGaps?.picture].filter((gap) =>
    gap !== null && gap !== undefined
  );
  if (gaps.length === 0) return false;
  if (gaps.some(({ last }) => performance.now() - last > 200)) return false;
  for (const gap of gaps) gap.longest = 0;
  return true;
}
