/** What is shown on a picture, as it is on the screen: places in ten-thousandths of the picture. */
import { assert } from "@std/assert";
import type { Locator, Page } from "playwright-core";

/** A mark on the screen: what it is, the middle and the size of its box, its text. */
export interface MarkSeen {
  readonly kind: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly text: string;
}

/** A place on a picture, from 0 to 1. */
export type Place = readonly [x: number, y: number];

/** The frozen picture of a page. */
export function frozen(page: Page): Locator {
  return page.locator("canvas.show-picture");
}

/** Where the picture in this canvas or video is on the page: it is fitted into its element. */
async function areaOf(picture: Locator) {
  return await picture.evaluate((element) => {
    const box = element.getBoundingClientRect();
    const [across, down] = element instanceof HTMLVideoElement
      ? [element.videoWidth, element.videoHeight]
      : [(element as HTMLCanvasElement).width, (element as HTMLCanvasElement).height];
    const scale = Math.min(box.width / across, box.height / down);
    const [width, height] = [across * scale, down * scale];
    const x = box.x + (box.width - width) / 2;
    return { x, y: box.y + (box.height - height) / 2, width, height };
  });
}

/** Waits until the picture keeps its place: tools that have just appeared take some of its room. */
async function keepsPlace(picture: Locator): Promise<void> {
  await picture.evaluate(async (element) => {
    const painted = () => new Promise((done) => requestAnimationFrame(done));
    const place = () => JSON.stringify(element.getBoundingClientRect());
    for (let still = 0, before = place(); still < 3; before = place()) {
      await painted();
      still = place() === before ? still + 1 : 0;
    }
  });
}

/** Drags on the picture, or presses where there is only one place. */
export async function drag(picture: Locator, ...places: readonly Place[]): Promise<void> {
  await keepsPlace(picture);
  const { x, y, width, height } = await areaOf(picture);
  const { mouse } = picture.page();
  for (const [n, [across, down]] of places.entries()) {
    await mouse.move(x + across * width, y + down * height, { steps: n === 0 ? 1 : 6 });
    if (n === 0) await mouse.down();
  }
  await mouse.up();
}

/** Draws with a finger, as the browser hears of it from a touch screen. */
export async function swipe(picture: Locator, ...places: readonly Place[]): Promise<void> {
  await keepsPlace(picture);
  const { x, y, width, height } = await areaOf(picture);
  const page = picture.page();
  const screen = await page.context().newCDPSession(page);
  for (const [n, [across, down]] of places.entries()) {
    await screen.send("Input.dispatchTouchEvent", {
      type: n === 0 ? "touchStart" : "touchMove",
      touchPoints: [{ x: x + across * width, y: y + down * height }],
    });
  }
  await screen.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await screen.detach();
}

/** Moves the mouse there. */
export async function hover(picture: Locator, [across, down]: Place): Promise<void> {
  await keepsPlace(picture);
  const { x, y, width, height } = await areaOf(picture);
  await picture.page().mouse.move(x + across * width, y + down * height, { steps: 3 });
}

/** The marks (or the pointer) over this picture, in order. */
export async function marksOn(picture: Locator, what = "[data-mark]"): Promise<MarkSeen[]> {
  const area = await areaOf(picture);
  return await picture.page().locator(`.show-overlay ${what}`).evaluateAll(
    (marks, area) =>
      marks.map((mark) => {
        const box = (mark.querySelector("path, circle:last-child") ?? mark).getBoundingClientRect();
        const share = (value: number, from: number, size: number) =>
          Math.round((value - from) / size * 10_000);
        return {
          kind: mark.getAttribute("data-mark") ?? "pointer",
          x: share(box.x + box.width / 2, area.x, area.width),
          y: share(box.y + box.height / 2, area.y, area.height),
          width: share(box.width, 0, area.width),
          height: share(box.height, 0, area.height),
          text: mark.textContent ?? "",
        };
      }),
    area,
  );
}

/** Waits until the page shows so many marks. */
export async function showsMarks(page: Page, count: number): Promise<void> {
  await page.waitForFunction(
    (count) => document.querySelectorAll(".show-overlay [data-mark]").length === count,
    count,
    { polling: 50 },
  );
}

/** Fails unless both see the same marks, to a pixel or two. */
export function assertSameMarks(seen: readonly MarkSeen[], drawn: readonly MarkSeen[]): void {
  const named = (marks: readonly MarkSeen[]) => marks.map(({ kind, text }) => kind + text).join();
  assert(named(seen) === named(drawn), `${named(seen)} is not ${named(drawn)}`);
  seen.forEach((mark, n) => {
    const other = drawn[n];
    for (const key of ["x", "y", "width", "height"] as const) {
      const off = Math.abs(mark[key] - (other?.[key] ?? NaN));
      assert(off < 60, `${mark.kind}: ${key} is ${mark[key]}, drawn at ${other?.[key]}`);
    }
  });
}

/** The colour of an image (JPEG) at a place: red, green, blue from 0 to 255. */
export function colourAt(page: Page, image: Uint8Array, place: Place): Promise<number[]> {
  return page.evaluate(async ([bytes, [x, y]]) => {
    const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
    const canvas = document.createElement("canvas");
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("no canvas");
    context.drawImage(bitmap, 0, 0);
    const [at, down] = [Math.round(x * bitmap.width), Math.round(y * bitmap.height)];
    return [...context.getImageData(at, down, 1, 1).data.slice(0, 3)];
  }, [[...image], place] as const);
}

/** Whether two frozen pictures are of the same frame: the moving bar is at the same height. */
export function barAt(picture: Locator): Promise<number> {
  return picture.evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    const column = canvas.getContext("2d")?.getImageData(canvas.width / 2, 0, 1, canvas.height);
    if (column === undefined) throw new Error("no canvas");
    let [brightest, at] = [-1, -1];
    for (let y = 0; y < canvas.height; y++) {
      const light = (column.data[y * 4] ?? 0) + (column.data[y * 4 + 2] ?? 0);
      if (light > brightest) [brightest, at] = [light, y];
    }
    return at;
  });
}
