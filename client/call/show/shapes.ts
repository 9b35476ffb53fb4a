/** Marks as shapes, for the screen (SVG) and for a snapshot (canvas) alike. Pure. */
import { unreachable } from "../../../protocol/errors.ts";
import { type Colour, type Mark, type Point, UNITS } from "../../../protocol/show.ts";

/** Width and height of something. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The longer side of the space shapes are in: strokes are as thick on every picture. */
const LONGER = 1_000;
/** How thick a stroke is, and the outline around it that makes it visible on any picture. */
export const STROKE = 9;
export const OUTLINE = 15;
/** How big a number's disc is. */
export const DISC_RADIUS = 30;
const HEAD = 46;
const HEAD_ANGLE = Math.PI / 7;

/** What a colour looks like, and what stands out against it. */
export const INKS: Readonly<Record<Colour, { readonly ink: string; readonly contrast: string }>> = {
  yellow: { ink: "#ffd800", contrast: "#101010" },
  red: { ink: "#d6172b", contrast: "#ffffff" },
  blue: { ink: "#1257d8", contrast: "#ffffff" },
  white: { ink: "#ffffff", contrast: "#101010" },
};

/** The space the shapes of a picture of this size are in. */
export function spaceOf({ width, height }: Size): Size {
  const scale = LONGER / Math.max(width, height);
  return { width: width * scale, height: height * scale };
}

/** Where a point is in that space. */
export function placeIn({ width, height }: Size, [x, y]: Point): readonly [number, number] {
  return [x / UNITS * width, y / UNITS * height];
}

/**
 * What to stroke for a mark, as path data (SVG 2, section 9.3); a number has only its place, which
 * its disc and text are drawn at.
 */
export function pathOf(mark: Mark, space: Size): string {
  switch (mark.kind) {
    case "arrow":
      return arrow(placeIn(space, mark.from), placeIn(space, mark.to));
    case "circle":
      return ellipse(placeIn(space, mark.from), placeIn(space, mark.to));
    case "line":
      return line(mark.points.map((point) => placeIn(space, point)));
    case "number":
      return circle(placeIn(space, mark.at), DISC_RADIUS);
    default:
      return unreachable(mark);
  }
}

type Place = readonly [number, number];

function arrow([x0, y0]: Place, [x1, y1]: Place): string {
  const length = Math.hypot(x1 - x0, y1 - y0);
  const angle = Math.atan2(y1 - y0, x1 - x0);
  const size = Math.min(HEAD, Math.max(length, STROKE));
  const barb = (turn: number): Place => [
    x1 - size * Math.cos(angle + turn),
    y1 - size * Math.sin(angle + turn),
  ];
  return `M${at([x0, y0])}L${at([x1, y1])}M${at(barb(HEAD_ANGLE))}L${at([x1, y1])}L${
    at(barb(-HEAD_ANGLE))
  }`;
}

function ellipse([x0, y0]: Place, [x1, y1]: Place): string {
  const rx = Math.max(Math.abs(x1 - x0) / 2, STROKE);
  const ry = Math.max(Math.abs(y1 - y0) / 2, STROKE);
  return oval((x0 + x1) / 2, (y0 + y1) / 2, rx, ry);
}

function circle([x, y]: Place, radius: number): string {
  return oval(x, y, radius, radius);
}

function oval(x: number, y: number, rx: number, ry: number): string {
  const half = (to: number) => `A${at([rx, ry])} 0 0 0 ${at([to, y])}`;
  return `M${at([x - rx, y])}${half(x + rx)}${half(x - rx)}Z`;
}

/** Through the middles between the points, so that a hand's line is round; a dot is a short line. */
function line(places: readonly Place[]): string {
  const [first, ...rest] = places;
  if (first === undefined) return "";
  if (rest.length === 0) return `M${at(first)}l0.1 0`;
  const curves = rest.map((place, n) => {
    const next = rest[n + 1];
    if (next === undefined) return `L${at(place)}`;
    return `Q${at(place)} ${at([(place[0] + next[0]) / 2, (place[1] + next[1]) / 2])}`;
  });
  return `M${at(first)}${curves.join("")}`;
}

function at([x, y]: Place): string {
  return `${round(x)} ${round(y)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
