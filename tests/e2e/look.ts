/** What a person would see and hear, read off a page: colours, pitches, check marks. */
import type { Locator, Page } from "playwright-core";
import { CLEAR_ROW } from "./fake_media.ts";

/** Waits until `condition` holds on the page, looked at on every frame it paints. */
export async function until<Arg>(
  page: Page,
  condition: (arg: Arg) => boolean | Promise<boolean>,
  arg: Arg,
): Promise<void> {
  await page.waitForFunction(condition as never, arg, { polling: 100 });
}

/** A video element by whose it is and where it is shown. */
export function video(page: Page, participant: "technician" | "device", view: "main" | "inset") {
  return page.locator(`video[data-participant=${participant}][data-view=${view}]`);
}

/** How many frames a video has shown. */
export function framesShown(video: Locator): Promise<number> {
  return video.evaluate((element) => {
    // Firefox's standard count leaves streams out.
    if ("mozPaintedFrames" in element) return Number(element.mozPaintedFrames);
    return (element as HTMLVideoElement).getVideoPlaybackQuality().totalVideoFrames;
  });
}

/**
 * Waits until a video has shown `frames` more frames. A picture that rested meanwhile, as it does on a
 * machine too busy to send it, comes back in an element of its own, which begins to count anew.
 */
export async function showsMoreFrames(video: Locator, frames = 20): Promise<void> {
  await video.waitFor();
  await video.page().waitForFunction(
    ([selector, frames]) => {
      interface Counted {
        element: Element;
        from: number;
      }
      const page = globalThis as typeof globalThis & { e2eFrames?: Map<string, Counted> };
      const counts = page.e2eFrames ??= new Map();
      const element = document.querySelector<HTMLVideoElement>(selector);
      if (element === null) return false;
      // As in `framesShown`.
      const shown = "mozPaintedFrames" in element
        ? Number(element.mozPaintedFrames)
        : element.getVideoPlaybackQuality().totalVideoFrames;
      const before = counts.get(selector);
      if (before?.element !== element) {
        counts.set(selector, { element, from: shown });
        return false;
      }
      if (shown < before.from + frames) return false;
      counts.delete(selector);
      return true;
    },
    [await selectorOf(video), frames] as const,
    { polling: 100 },
  );
}

/** What finds the video again once it was replaced: whose it is and where it is shown. */
function selectorOf(video: Locator): Promise<string> {
  return video.evaluate((element) => {
    const { participant, view } = (element as HTMLVideoElement).dataset;
    return `video[data-participant=${participant}][data-view=${view}]`;
  });
}

/** The colour a video of a generated camera shows, and on which side its dark edge is. */
export function picture(video: Locator): Promise<{ colour: string; darkEdge: string }> {
  return video.evaluate((element, row) => {
    const canvas = document.createElement("canvas");
    const { videoWidth, videoHeight } = element as HTMLVideoElement;
    canvas.width = videoWidth;
    canvas.height = videoHeight;
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("no canvas");
    context.drawImage(element as HTMLVideoElement, 0, 0);
    const at = (x: number) => context.getImageData(x * videoWidth, videoHeight * row, 1, 1).data;
    const [r = 0, g = 0, b = 0] = at(0.5);
    const dark = (x: number) => (at(x)[0] ?? 0) + (at(x)[1] ?? 0) + (at(x)[2] ?? 0) < 120;
    const colour = g > r + 40 && g > b + 40 ? "green" : b > r + 40 && b > g + 40 ? "blue" : "other";
    return { colour, darkEdge: dark(0.04) ? "left" : dark(0.96) ? "right" : "none" };
  }, CLEAR_ROW);
}

/** Waits until the loudest pitch the page plays is `hertz`, or until it is silent (null). */
export async function hears(page: Page, hertz: number | null): Promise<void> {
  await page.waitForFunction(loudestPitchIs, hertz, { polling: 200 });
}

/** Runs in the page: taps the stream of its <audio> and compares the spectrum's peak. */
function loudestPitchIs(hertz: number | null): boolean {
  interface Tap {
    stream: MediaStream;
    context: AudioContext;
    analyser: AnalyserNode;
  }
  const page = globalThis as typeof globalThis & { e2eTap?: Tap };
  const audio = [...document.querySelectorAll("audio")].find((element) =>
    element.srcObject instanceof MediaStream && !element.paused && !element.muted
  );
  if (audio === undefined) return hertz === null;
  const stream = audio.srcObject as MediaStream;
  if (page.e2eTap?.stream !== stream) {
    page.e2eTap?.context.close();
    const context = new AudioContext({ sampleRate: 48_000 });
    const analyser = context.createAnalyser();
    analyser.fftSize = 4096;
    context.createMediaStreamSource(stream).connect(analyser);
    page.e2eTap = { stream, context, analyser };
    return false;
  }
  const { analyser, context } = page.e2eTap;
  const spectrum = new Float32Array(analyser.frequencyBinCount);
  analyser.getFloatFrequencyData(spectrum);
  const loudest = spectrum.indexOf(Math.max(...spectrum));
  const level = spectrum[loudest] ?? -Infinity;
  if (hertz === null) return level < -70;
  const pitch = loudest * context.sampleRate / analyser.fftSize;
  return level > -60 && Math.abs(pitch - hertz) < 40;
}

/** How loud both channels of what a page plays are, in dB of full scale; null: it plays nothing. */
export function loudness(page: Page): Promise<{ left: number; right: number } | null> {
  return page.evaluate(async () => {
    const audio = [...document.querySelectorAll("audio")].find((element) =>
      element.srcObject instanceof MediaStream && !element.paused && !element.muted
    );
    if (audio === undefined) return null;
    const context = new AudioContext();
    // One channel counts as both, as loudspeakers play it.
    const both = new GainNode(context, { channelCount: 2, channelCountMode: "explicit" });
    const split = new ChannelSplitterNode(context, { numberOfOutputs: 2 });
    context.createMediaStreamSource(audio.srcObject as MediaStream).connect(both).connect(split);
    const sides = [0, 1].map((side) => {
      const analyser = new AnalyserNode(context, { fftSize: 8192 });
      split.connect(analyser, side);
      return analyser;
    });
    // As long as what an analyser looks at.
    while (context.currentTime < 0.4) await new Promise((done) => setTimeout(done, 50));
    const [left = NaN, right = NaN] = sides.map((analyser) => {
      const wave = new Float32Array(analyser.fftSize);
      analyser.getFloatTimeDomainData(wave);
      return 10 * Math.log10(wave.reduce((sum, at) => sum + at * at, 1e-12) / wave.length);
    });
    await context.close();
    return { left, right };
  });
}

/** The messages a page shows, in order: text and, on the sender's side, the check mark. */
export function messages(page: Page): Promise<{ text: string; status: string | null }[]> {
  return page.getByRole("log", { name: "Messages" }).locator("[data-seq], [data-status]")
    .evaluateAll((elements) =>
      elements.map((element) => ({
        text: element.querySelector("[data-text]")?.textContent ?? element.textContent ?? "",
        status: element.getAttribute("data-status"),
      }))
    );
}

/** The message with this text. */
export function message(page: Page, text: string): Locator {
  return page.getByRole("log", { name: "Messages" }).locator("[data-seq], [data-status]")
    .filter({ hasText: text });
}

/** Writes a message and sends it. */
export async function write(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Message" }).fill(text);
  await page.getByRole("button", { name: "Send", exact: true }).click();
}

/** Waits for a check mark on the sender's side. */
export async function checkMark(page: Page, text: string, status: string): Promise<void> {
  await page.getByRole("log", { name: "Messages" })
    .locator(`[data-status=${status}]`).filter({ hasText: text }).waitFor();
}

/** Waits until a message has arrived at the other side, read or not yet. */
export async function arrived(page: Page, text: string): Promise<void> {
  await page.getByRole("log", { name: "Messages" })
    .locator("[data-status=received], [data-status=read]").filter({ hasText: text }).waitFor();
}

/** Everything the page's origin keeps in this browser tab. */
export function kept(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const caches = await globalThis.caches.keys();
    const databases = await indexedDB.databases();
    return JSON.stringify([
      { ...localStorage },
      { ...sessionStorage },
      caches,
      databases.map(({ name }) => name),
    ]);
  });
}
