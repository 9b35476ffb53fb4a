/** Pointing, drawing and pictures in parts: the pure parts of showing. */
import { assert, assertEquals, assertLessOrEqual } from "@std/assert";
import fc from "fast-check";
import {
  apart,
  type Box,
  fitted,
  mirrored,
  moved,
  nearestPoint,
  pointAt,
} from "../../client/call/show/geometry.ts";
import { Assembly, cut, partsOf } from "../../client/call/show/parts.ts";
import { drawWith, type Pen, PEN_UP, type PenEvent, TOOLS } from "../../client/call/show/pen.ts";
import { placeIn, spaceOf } from "../../client/call/show/shapes.ts";
import { MAX_PICTURE_BYTES } from "../../protocol/show_messages.ts";
import { applyStep, type Mark, type Point, UNITS } from "../../protocol/show.ts";

const side = fc.integer({ min: 50, max: 3_000 });
const offset = fc.integer({ min: -500, max: 500 });
const size = fc.record({ width: side, height: side });
const box: fc.Arbitrary<Box> = fc.record({ left: offset, top: offset, width: side, height: side });
const unit = fc.integer({ min: 0, max: UNITS });
const point: fc.Arbitrary<Point> = fc.tuple(unit, unit);
const fit = fc.constantFrom("contain" as const, "cover" as const);

Deno.test("a picture keeps its shape in its box: inside of it (contain), or filling it (cover)", () => {
  fc.assert(fc.property(box, size, fit, (box, picture, fit) => {
    const area = fitted(box, picture, fit);
    assertLessOrEqual(
      Math.abs(area.width / area.height - picture.width / picture.height),
      1e-6 * picture.width,
    );
    const wider = area.width - box.width;
    const higher = area.height - box.height;
    const rounding = 1e-6;
    if (fit === "contain") assert(wider <= rounding && higher <= rounding);
    else assert(wider >= -rounding && higher >= -rounding);
    assert(Math.abs(wider) < rounding || Math.abs(higher) < rounding);
    assertLessOrEqual(Math.abs(area.left + area.width / 2 - box.left - box.width / 2), rounding);
  }));
});

Deno.test("a point goes to the screen and back, on any screen, and as in a mirror on the own view", () => {
  fc.assert(fc.property(box, size, fit, point, (box, picture, fit, at) => {
    const area = fitted(box, picture, fit);
    const [x, y] = placeIn(area, at);
    // Pixels are coarser than units at most by what one of them is wide.
    const back = nearestPoint(area, area.left + x, area.top + y);
    assert(apart(back, at) <= 2);
    // On the very edge a pixel's fraction decides whether that is beside the picture.
    const inside = at.every((unit) => unit > 0 && unit < UNITS);
    if (inside) assertEquals(pointAt(area, area.left + x, area.top + y), back);
    assertEquals(mirrored(mirrored(at)), at);
    const [mirroredX] = placeIn(area, mirrored(at));
    assertLessOrEqual(Math.abs(x + mirroredX - area.width), 1e-6 * area.width);
  }));
});

Deno.test("beside the picture there is nothing to point at; a stroke keeps to its edge", () => {
  fc.assert(fc.property(box, offset, offset, (area, dx, dy) => {
    const x = dx < 0 ? area.left + dx : area.left + area.width + dx + 1;
    assertEquals(pointAt(area, x, area.top + dy), null);
    const [across, down] = nearestPoint(area, x, area.top + dy);
    assertEquals(across, dx < 0 ? 0 : UNITS);
    assert(down >= 0 && down <= UNITS);
    assertEquals(moved([0, UNITS], -1, 1), [0, UNITS]);
  }));
});

const press = fc.record({
  type: fc.constant("press" as const),
  at: point,
  tool: fc.constantFrom(...TOOLS),
  colour: fc.constant("red" as const),
});
const penEvent: fc.Arbitrary<PenEvent> = fc.oneof(
  press,
  fc.record({ type: fc.constant("move" as const), at: point }),
  fc.record({ type: fc.constant("lift" as const), at: point }),
  fc.constant({ type: "cancel" } as const),
);

Deno.test("whatever the hand does, every step of the pen changes the mark it began", () => {
  fc.assert(fc.property(fc.array(penEvent, { maxLength: 40 }), (events) => {
    let pen: Pen = PEN_UP;
    let marks: readonly Mark[] = [];
    for (const event of events) {
      const begun = pen.kind !== "up";
      const drawn = drawWith(pen, event);
      const after = drawn.step === null ? marks : applyStep(marks, drawn.step);
      if (drawn.step !== null) {
        assert(after !== marks, "no step is for nothing");
        const change = after.length - marks.length;
        if (drawn.step.op === "undo") assert(begun && change === -1);
        else assertEquals(change, drawn.step.op === "add" ? 1 : 0);
      }
      pen = drawn.pen;
      marks = after;
    }
  }));
});

Deno.test("[WCAG 2.5.7] an arrow is dragged, or its two ends are tapped", () => {
  const run = (events: PenEvent[]) => {
    let pen: Pen = PEN_UP;
    let marks: readonly Mark[] = [];
    for (const event of events) {
      const drawn = drawWith(pen, event);
      pen = drawn.pen;
      if (drawn.step !== null) marks = applyStep(marks, drawn.step);
    }
    assertEquals(pen, PEN_UP);
    return marks;
  };
  const start: Point = [1_000, 1_000];
  const end: Point = [5_000, 6_000];
  const down = (at: Point): PenEvent => ({ type: "press", at, tool: "arrow", colour: "red" });
  const dragged = run([down(start), { type: "move", at: end }, { type: "lift", at: end }]);
  const tapped = run([
    down(start),
    { type: "lift", at: start },
    down(end),
    { type: "lift", at: end },
  ]);
  assertEquals(dragged, [{ kind: "arrow", colour: "red", from: start, to: end }]);
  assertEquals(tapped, dragged);
});

Deno.test("a picture in parts is whole again, in any order, with losses and parts of other sizes", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60_000 }),
      fc.array(fc.constantFrom("arrives", "lost", "reconnect", "rubbish"), { maxLength: 60 }),
      (bytes, events) => {
        const picture = Uint8Array.from({ length: bytes }, (_, n) => n * 31 % 251);
        const assembly = new Assembly(bytes);
        const arrive = (part: number) => assembly.take(part, cut(picture, part) ?? "");
        for (const event of events) {
          if (event === "reconnect") assembly.askAgain();
          const part = assembly.ask();
          if (part === null) continue;
          if (event === "arrives") arrive(part);
          if (event === "rubbish") assembly.take(part, `${cut(picture, part)}AAAA`);
        }
        assembly.askAgain();
        for (let part = assembly.ask(); part !== null; part = assembly.ask()) arrive(part);
        assertEquals(assembly.whole(), picture);
        assertEquals(assembly.progress, 1);
      },
    ),
    { numRuns: 60 },
  );
  assertEquals(cut(new Uint8Array(10), 1), null);
  assertLessOrEqual(partsOf(MAX_PICTURE_BYTES), 46);
});

Deno.test("strokes are as thick on every picture: its longer side is a thousand", () => {
  fc.assert(fc.property(size, (size) => {
    const { width, height } = spaceOf(size);
    assertLessOrEqual(Math.abs(Math.max(width, height) - 1_000), 1e-6);
  }));
});
