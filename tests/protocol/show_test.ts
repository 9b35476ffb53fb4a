/** What a technician draws is what the device shows, whatever happens on the way. */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import * as v from "valibot";
import { SceneTeller } from "../../client/call/show/scene_teller.ts";
import { MAX_MEDIA_FRAME, parseMediaFrame } from "../../protocol/media.ts";
import {
  applyStep,
  COLOURS,
  follow,
  type Mark,
  MAX_MARKS,
  MAX_POINTS,
  NO_SCENE,
  NOT_FOLLOWING,
  numbersOf,
  type Point,
  type Scene,
  SceneSchema,
  type Step,
  StepSchema,
  UNITS,
} from "../../protocol/show.ts";

const place = fc.integer({ min: 0, max: UNITS });
const point: fc.Arbitrary<Point> = fc.tuple(place, place);
const colour = fc.constantFrom(...COLOURS);
const points = fc.array(point, { minLength: 1, maxLength: 5 });
const mark: fc.Arbitrary<Mark> = fc.oneof(
  fc.record({ kind: fc.constant("arrow" as const), colour, from: point, to: point }),
  fc.record({ kind: fc.constant("circle" as const), colour, from: point, to: point }),
  fc.record({ kind: fc.constant("line" as const), colour, points }),
  fc.record({ kind: fc.constant("number" as const), colour, at: point }),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ op: fc.constant("add" as const), mark }) },
  { weight: 3, arbitrary: fc.record({ op: fc.constant("move" as const), to: point }) },
  { weight: 3, arbitrary: fc.record({ op: fc.constant("extend" as const), points }) },
  { weight: 1, arbitrary: fc.constant({ op: "undo" } as const) },
  { weight: 1, arbitrary: fc.constant({ op: "clear" } as const) },
);
const PICTURE = { id: "picture1", held: true };

/** What happens while a technician draws. */
type Event =
  | { readonly kind: "draw"; readonly step: Step }
  /** A message is said; it arrives so many times: not at all, or again. */
  | { readonly kind: "say"; readonly times: number }
  /** An old message comes once more. */
  | { readonly kind: "echo"; readonly which: number }
  | { readonly kind: "device reloads" }
  | { readonly kind: "technician reloads" };

const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant("draw" as const), step }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("say" as const),
      times: fc.constantFrom(1, 1, 1, 1, 0, 2),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("echo" as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.constant({ kind: "device reloads" } as const) },
  { weight: 1, arbitrary: fc.constant({ kind: "technician reloads" } as const) },
);

/** Two pages and a bad line between them. */
class Pair {
  scene: Scene = NO_SCENE;
  followed = NOT_FOLLOWING;
  teller = new SceneTeller("page0");
  #loads = 0;
  #said: Parameters<typeof follow>[1][] = [];

  draw(step: Step): void {
    if (this.scene.picture === null) {
      this.scene = { picture: PICTURE, marks: [] };
      this.teller.whole();
    }
    const marks = applyStep(this.scene.marks, step);
    if (marks === this.scene.marks) return;
    this.scene = { ...this.scene, marks };
    this.teller.step(step);
  }

  /** Says the next message; false: all was said. */
  say(times: number): boolean {
    const news = this.teller.next(this.scene);
    if (news === null) return false;
    this.#said.push(news);
    for (let n = 0; n < times; n++) this.#hear(news);
    return true;
  }

  /** Old messages come again only from the page that is still there. */
  echo(which: number): void {
    const news = this.#said[which % Math.max(1, this.#said.length)];
    if (news !== undefined) this.#hear(news);
  }

  deviceReloads(): void {
    this.followed = NOT_FOLLOWING;
    this.teller.whole();
  }

  technicianReloads(): void {
    this.scene = NO_SCENE;
    this.#said = [];
    this.teller = new SceneTeller(`page${++this.#loads}`);
    this.teller.whole();
  }

  #hear(news: Parameters<typeof follow>[1]): void {
    this.followed = follow(this.followed, news);
    if (this.followed.lost) this.teller.whole();
  }
}

Deno.test("the device shows what the technician drew, whatever is lost, doubled or reloaded", () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), (events) => {
      const pair = new Pair();
      for (const event of events) {
        if (event.kind === "draw") pair.draw(event.step);
        else if (event.kind === "say") pair.say(event.times);
        else if (event.kind === "echo") pair.echo(event.which);
        else if (event.kind === "device reloads") pair.deviceReloads();
        else pair.technicianReloads();
      }
      // One more step is what a loss in silence is noticed by; a broken line makes the pages meet.
      pair.draw({ op: "add", mark: { kind: "number", colour: "red", at: [1, 2] } });
      for (let n = 0; pair.say(1) && n < 1_000; n++);
      if (pair.scene.picture === null) return;
      assertEquals(pair.followed.scene, pair.scene);
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("marks never exceed what one frame holds, and every step and scene passes the node", () => {
  fc.assert(fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
    let marks: readonly Mark[] = [];
    for (const step of steps) {
      assert(v.is(StepSchema, step));
      marks = applyStep(marks, step);
    }
    assert(v.is(SceneSchema, { picture: PICTURE, marks }));
  }));
  const corner: Point = [UNITS, UNITS];
  const colour = "yellow";
  let full: readonly Mark[] = [{ kind: "line", colour, points: [corner] }];
  for (let n = 0; n < MAX_POINTS + 5; n++) {
    full = applyStep(full, { op: "extend", points: [corner] });
  }
  for (let n = 0; n < MAX_MARKS + 5; n++) {
    full = applyStep(full, {
      op: "add",
      mark: { kind: "circle", colour, from: corner, to: corner },
    });
  }
  assertEquals(full.length, MAX_MARKS);
  const scene = { picture: PICTURE, marks: full };
  const message = { type: "show_scene", page: "page1", rev: 1, scene };
  const frame = JSON.stringify({ type: "tell", id: 1, message });
  assert(frame.length < MAX_MEDIA_FRAME);
  assertEquals(parseMediaFrame(frame).ok, true);
  const more = { ...scene, marks: [...full, full[0]] };
  const tooMuch = JSON.stringify({ type: "tell", id: 1, message: { ...message, scene: more } });
  assertEquals(parseMediaFrame(tooMuch).ok, false);
});

Deno.test("numbers count by themselves, also after one was undone", () => {
  const number: Step = { op: "add", mark: { kind: "number", colour: "blue", at: [5, 5] } };
  const arrow: Step = {
    op: "add",
    mark: { kind: "arrow", colour: "blue", from: [0, 0], to: [5, 5] },
  };
  const steps: Step[] = [number, arrow, number, number, { op: "undo" }, number];
  const marks = steps.reduce<readonly Mark[]>(applyStep, []);
  assertEquals(numbersOf(marks), [1, 1, 2, 3]);
});
