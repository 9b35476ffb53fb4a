/** How the technician shows: by looking, pointing or drawing, with which tool, at which place. */
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Colour, Point, Step } from "../../../protocol/show.ts";
import { moved } from "./geometry.ts";
import { drawWith, type Pen, PEN_UP, type PenEvent, type Tool } from "./pen.ts";
import type { Ground } from "./types.ts";

/** What the technician's hand does on the picture. */
export type Mode = "look" | "point" | "draw";

/** What is drawn on; see presenter.ts. */
export interface Canvas {
  readonly ground: ReadonlySignal<Ground>;
  freeze(): void;
  point(at: Point | null): void;
  draw(step: Step): boolean;
}

/** The middle of a picture, where the keyboard begins. */
const MIDDLE: Point = [5_000, 5_000];

/** One per canvas. */
export class Easel {
  readonly mode = signal<Mode>("look");
  readonly tool = signal<Tool>("arrow");
  readonly colour = signal<Colour>("yellow");
  /** Where the keyboard is; null: the hand is used. */
  readonly crosshair = signal<Point | null>(null);
  /** There is no room for more marks. */
  readonly full = signal(false);
  readonly #canvas: Canvas;
  #pen: Pen = PEN_UP;

  constructor(canvas: Canvas) {
    this.#canvas = canvas;
    effect(() => {
      if (canvas.ground.value.kind !== "live") return;
      this.#reset();
      if (this.mode.peek() === "draw") this.mode.value = "look";
    });
  }

  /** Changes what the hand does; drawing freezes the picture first. */
  setMode(mode: Mode): void {
    if (this.mode.peek() === "point") this.#canvas.point(null);
    this.#finish();
    if (mode === "draw" && this.#canvas.ground.peek().kind === "live") this.#canvas.freeze();
    this.mode.value = mode;
  }

  setTool(tool: Tool): void {
    this.#finish();
    this.tool.value = tool;
  }

  /** The hand is on the picture, at `at`. */
  press(at: Point): void {
    if (this.mode.peek() === "point") return this.#canvas.point(at);
    if (this.mode.peek() !== "draw") return;
    this.#draw({ type: "press", at, tool: this.tool.peek(), colour: this.colour.peek() });
  }

  /** It moves there. */
  move(at: Point): void {
    if (this.mode.peek() === "point") return this.#canvas.point(at);
    this.#draw({ type: "move", at });
  }

  /** It leaves the picture there. */
  lift(at: Point): void {
    this.#draw({ type: "lift", at });
  }

  /** Never mind what was begun; false: nothing was. */
  cancel(): boolean {
    if (this.#pen.kind === "up") return false;
    this.#draw({ type: "cancel" });
    return true;
  }

  /** Moves the crosshair, and what the hand does there. */
  nudge(dx: number, dy: number): void {
    const at = moved(this.crosshair.peek() ?? MIDDLE, dx, dy);
    this.crosshair.value = at;
    this.move(at);
  }

  /** Enter: begins or ends a mark at the crosshair. A line goes on until the next Enter. */
  strike(): void {
    const at = this.crosshair.peek() ?? MIDDLE;
    this.crosshair.value = at;
    const drawing = this.#pen.kind === "down";
    if (!drawing) this.press(at);
    if (drawing || this.tool.peek() !== "line") this.lift(at);
  }

  undo(): void {
    this.#reset();
    this.#canvas.draw({ op: "undo" });
  }

  clear(): void {
    this.#reset();
    this.#canvas.draw({ op: "clear" });
  }

  #draw(event: PenEvent): void {
    const { pen, step } = drawWith(this.#pen, event);
    this.#pen = pen;
    if (step === null) return;
    const drawn = this.#canvas.draw(step);
    if (step.op !== "add" && step.op !== "extend") return;
    this.full.value = !drawn;
    // What could not be begun cannot go on either.
    if (!drawn && step.op === "add") this.#pen = PEN_UP;
  }

  /** What was begun stays as it is. */
  #finish(): void {
    this.#pen = PEN_UP;
  }

  #reset(): void {
    this.#pen = PEN_UP;
    this.full.value = false;
    this.crosshair.value = null;
  }
}
