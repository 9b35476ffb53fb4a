/** Where on a picture a finger is, and back: how it is fitted into its box, and mirrored. Pure. */
import { type Point, UNITS } from "../../../protocol/show.ts";
import type { Size } from "./shapes.ts";

/** How a picture fills its box (CSS Images 3, `object-fit`). */
export type Fit = "contain" | "cover";

/** A box, in pixels of the page. */
export interface Box extends Size {
  readonly left: number;
  readonly top: number;
}

/** Where the picture is when fitted into the box: inside of it, or reaching beyond it. */
export function fitted(box: Box, picture: Size, fit: Fit): Box {
  const across = box.width / picture.width;
  const down = box.height / picture.height;
  const scale = fit === "contain" ? Math.min(across, down) : Math.max(across, down);
  const width = picture.width * scale;
  const height = picture.height * scale;
  return {
    left: box.left + (box.width - width) / 2,
    top: box.top + (box.height - height) / 2,
    width,
    height,
  };
}

/** The point under pixel `x`, `y` of the page; null: beside the picture. */
export function pointAt(area: Box, x: number, y: number): Point | null {
  const across = (x - area.left) / area.width;
  const down = (y - area.top) / area.height;
  const beside = !(across >= 0 && across <= 1 && down >= 0 && down <= 1);
  return beside ? null : [Math.round(across * UNITS), Math.round(down * UNITS)];
}

/** The point of the picture nearest to pixel `x`, `y`: a stroke that leaves it follows its edge. */
export function nearestPoint(area: Box, x: number, y: number): Point {
  return [unit((x - area.left) / area.width), unit((y - area.top) / area.height)];
}

/** The same point on the picture as in a mirror. */
export function mirrored([x, y]: Point): Point {
  return [UNITS - x, y];
}

/** The point `dx`, `dy` away, never beside the picture. */
export function moved([x, y]: Point, dx: number, dy: number): Point {
  return [unit((x + dx) / UNITS), unit((y + dy) / UNITS)];
}

/** How far apart two points are, in units. */
export function apart([x0, y0]: Point, [x1, y1]: Point): number {
  return Math.hypot(x1 - x0, y1 - y0);
}

function unit(share: number): number {
  return Math.round(Math.min(1, Math.max(0, share)) * UNITS);
}
