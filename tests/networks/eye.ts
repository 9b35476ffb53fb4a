/** An eye on a page: counts the frames it shows of the other side, whichever element shows them. */
import type { Page } from "playwright-core";

type Looking = typeof globalThis & { eyeFrames?: number };

/** Looks at one page: {@link Eye.open}. */
export class Eye {
  readonly #page: Page;

  private constructor(page: Page) {
    this.#page = page;
  }

  /** Looks at the large picture of `participant`, through all its calls, until the page is closed. */
  static async open(page: Page, participant: "technician" | "device"): Promise<Eye> {
    await page.evaluate(look, participant);
    return new Eye(page);
  }

  /** How many frames it has seen. */
  async frames(): Promise<number> {
    return await this.#page.evaluate(() => (globalThis as Looking).eyeFrames ?? 0);
  }

  /** Waits until it has seen so many. */
  async sees(frames: number): Promise<void> {
    await this.#page.waitForFunction(
      (frames) => ((globalThis as Looking).eyeFrames ?? 0) >= frames,
      frames,
      { polling: 50 },
    );
  }
}

/** Runs in the page: a picture that was away comes back in an element that counts from 0. */
function look(participant: string): void {
  const page = globalThis as Looking;
  page.eyeFrames = 0;
  let element: HTMLVideoElement | null = null;
  let counted = 0;
  setInterval(() => {
    const selector = `video[data-participant=${participant}][data-view=main]`;
    const found = document.querySelector<HTMLVideoElement>(selector);
    if (found !== element) counted = 0;
    element = found;
    const shown = element?.getVideoPlaybackQuality().totalVideoFrames ?? 0;
    page.eyeFrames = (page.eyeFrames ?? 0) + Math.max(0, shown - counted);
    counted = shown;
  }, 50);
}
