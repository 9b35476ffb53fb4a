/**
 * The technician's pen: what pressing, moving and letting go make of each tool, the same by mouse,
 * finger, pen and keyboard. Pure. An arrow or a circle needs no dragging (WCAG 2.2, 2.5.7): a press
 * that does not move leaves its end open for the next one.
 */
import { unreachable } from "../../../protocol/errors.ts";
import type { Colour, Mark, Point, Step } from "../../../protocol/show.ts";
import { apart } from "./geometry.ts";

/** What can be drawn. */
export type Tool = Mark["kind"];

/** The tools in the order they are offered. */
export const TOOLS: readonly Tool[] = ["arrow", "circle", "line", "number"];

/** Where the pen is. */
export type Pen =
  | { readonly kind: "up" }
  /** On the picture; `last` is where it was last drawn. */
  | { readonly kind: "down"; readonly tool: Tool; readonly start: Point; readonly last: Point }
  /** Up, but the mark it began still has no end. */
  | { readonly kind: "open"; readonly start: Point };

/** What happens to it. */
export type PenEvent =
  | {
    readonly type: "press";
    readonly at: Point;
    readonly tool: Tool;
    readonly colour: Colour;
  }
  | { readonly type: "move"; readonly at: Point }
  | { readonly type: "lift"; readonly at: Point }
  /** Never mind: the mark that was begun goes. */
  | { readonly type: "cancel" };

/** The pen afterwards, and what was drawn. */
export interface Drawn {
  readonly pen: Pen;
  readonly step: Step | null;
}

/** A pen that is not on the picture. */
export const PEN_UP: Pen = { kind: "up" };

/** Less than this is a hand that shakes, in units. */
const SHAKE = 120;
/** Points of a line closer than this are one, in units. */
const GRAIN = 35;

/** What the event makes of the pen. */
export function drawWith(pen: Pen, event: PenEvent): Drawn {
  switch (event.type) {
    case "press":
      return press(pen, event);
    case "move":
      return move(pen, event.at);
    case "lift":
      return lift(pen, event.at);
    case "cancel":
      return { pen: PEN_UP, step: pen.kind === "up" ? null : { op: "undo" } };
    default:
      return unreachable(event);
  }
}

function press(pen: Pen, { at, tool, colour }: Extract<PenEvent, { type: "press" }>): Drawn {
  if (pen.kind === "open") {
    // Its end, not its beginning, is what this press is about.
    const closing: Pen = { kind: "down", tool: "arrow", start: pen.start, last: at };
    return { pen: closing, step: { op: "move", to: at } };
  }
  if (tool === "number") return { pen: PEN_UP, step: add({ kind: tool, colour, at }) };
  const down: Pen = { kind: "down", tool, start: at, last: at };
  const mark: Mark = tool === "line"
    ? { kind: tool, colour, points: [at] }
    : { kind: tool, colour, from: at, to: at };
  return { pen: down, step: add(mark) };
}

function move(pen: Pen, at: Point): Drawn {
  if (pen.kind === "open") return { pen, step: { op: "move", to: at } };
  if (pen.kind === "up" || apart(pen.last, at) < GRAIN) return { pen, step: null };
  const step: Step = pen.tool === "line" ? { op: "extend", points: [at] } : { op: "move", to: at };
  return { pen: { ...pen, last: at }, step };
}

function lift(pen: Pen, at: Point): Drawn {
  if (pen.kind !== "down") return { pen, step: null };
  const { pen: after, step } = move(pen, at);
  if (pen.tool === "line" || after.kind !== "down") return { pen: PEN_UP, step };
  const tapped = apart(pen.start, at) < SHAKE;
  return { pen: tapped ? { kind: "open", start: pen.start } : PEN_UP, step };
}

function add(mark: Mark): Step {
  return { op: "add", mark };
}
