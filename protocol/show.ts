/**
 * What a technician shows on a picture of the device's video, as data: marks, the steps that change
 * them, and how the device follows. The technician's page holds the truth and numbers what it says;
 * the device takes a step only right after the one before it, and asks for the whole otherwise. So
 * what is shown is what was drawn, whatever was lost or came twice.
 */
import * as v from "valibot";
import { unreachable } from "./errors.ts";

/** Coordinates are whole numbers from 0 to this, across and down the unmirrored picture. */
export const UNITS = 10_000;
/** The most marks on one picture. */
export const MAX_MARKS = 60;
/** The most points of all free lines on one picture: with them a whole picture fits one frame. */
export const MAX_POINTS = 1_800;
/** The most points one step may bring. */
export const MAX_STEP_POINTS = 200;

const Coordinate = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(UNITS));
/** Across, and down. */
export const PointSchema = v.pipe(v.tuple([Coordinate, Coordinate]), v.readonly());
/** A place on a picture. */
export type Point = v.InferOutput<typeof PointSchema>;

/** Colours that are told apart by people who see few, and stand out on most pictures. */
export const COLOURS = ["yellow", "red", "blue", "white"] as const;
/** The colour of a mark. */
export type Colour = (typeof COLOURS)[number];

/** One mark, as a schema. */
export const MarkSchema = v.variant("kind", [
  markOf("arrow", { from: PointSchema, to: PointSchema }),
  /** The ellipse inside the box of these two corners. */
  markOf("circle", { from: PointSchema, to: PointSchema }),
  markOf("line", { points: pointsUpTo(MAX_POINTS) }),
  /** It shows how many numbers there are before it, and one more. */
  markOf("number", { at: PointSchema }),
]);
/** One mark on a picture. */
export type Mark = Readonly<v.InferOutput<typeof MarkSchema>>;

/** One step, as a schema. */
export const StepSchema = v.variant("op", [
  v.strictObject({ op: v.literal("add"), mark: MarkSchema }),
  /** The last mark, an arrow or a circle, ends elsewhere. */
  v.strictObject({ op: v.literal("move"), to: PointSchema }),
  /** The last mark, a line, goes on. */
  v.strictObject({ op: v.literal("extend"), points: pointsUpTo(MAX_STEP_POINTS) }),
  /** The last mark goes. */
  v.strictObject({ op: v.literal("undo") }),
  v.strictObject({ op: v.literal("clear") }),
]);
/** One change of the marks. */
export type Step = Readonly<v.InferOutput<typeof StepSchema>>;

/** A picture's name, made by the technician's page. */
export const PictureId = v.pipe(v.string(), v.regex(/^[a-z0-9]{1,16}$/));

/** Marks on a picture, or no picture: the moving video. */
export const SceneSchema = v.strictObject({
  /** `held`: the technician's page has it and can give it back to a device that lost it. */
  picture: v.nullable(v.strictObject({ id: PictureId, held: v.boolean() })),
  marks: v.pipe(
    v.array(MarkSchema),
    v.maxLength(MAX_MARKS),
    v.check((marks) => countPoints(marks) <= MAX_POINTS, "too many points"),
    v.readonly(),
  ),
});
/** What the technician shows. */
export type Scene = Readonly<v.InferOutput<typeof SceneSchema>>;

/** Nothing is shown. */
export const NO_SCENE: Scene = { picture: null, marks: [] };

/** The marks after a step; the same ones where it makes no sense or they are full. */
export function applyStep(marks: readonly Mark[], step: Step): readonly Mark[] {
  const last = marks.at(-1);
  switch (step.op) {
    case "add": {
      const next = [...marks, step.mark];
      return next.length > MAX_MARKS || countPoints(next) > MAX_POINTS ? marks : next;
    }
    case "move":
      if (last?.kind !== "arrow" && last?.kind !== "circle") return marks;
      return [...marks.slice(0, -1), { ...last, to: step.to }];
    case "extend":
      if (last?.kind !== "line" || countPoints(marks) + step.points.length > MAX_POINTS) {
        return marks;
      }
      return [...marks.slice(0, -1), { ...last, points: [...last.points, ...step.points] }];
    case "undo":
      return last === undefined ? marks : marks.slice(0, -1);
    case "clear":
      return last === undefined ? marks : [];
    default:
      return unreachable(step);
  }
}

/** Two steps as one, where the second only goes on with the first; null: they stay two. */
export function mergeSteps(first: Step, second: Step): Step | null {
  if (first.op === "move" && second.op === "move") return second;
  if (first.op !== "extend" || second.op !== "extend") return null;
  const points = [...first.points, ...second.points];
  return points.length > MAX_STEP_POINTS ? null : { op: "extend", points };
}

/** How many numbers there are up to each mark: what a number mark shows. */
export function numbersOf(marks: readonly Mark[]): readonly number[] {
  let numbers = 0;
  return marks.map(({ kind }) => kind === "number" ? ++numbers : numbers);
}

/**
 * What the technician's page says of its scene; `rev` counts up by one. `page` is made anew whenever
 * that page is loaded.
 */
export type SceneNews =
  | {
    readonly type: "show_scene";
    readonly page: string;
    readonly rev: number;
    readonly scene: Scene;
  }
  | {
    readonly type: "show_step";
    readonly page: string;
    readonly rev: number;
    readonly step: Step;
  };

/** The scene as the device knows it. */
export interface Followed {
  /** The technician's page that told it; null: none did. */
  readonly page: string | null;
  readonly rev: number;
  /** Something was missed: what is known is old, until the whole is told again. */
  readonly lost: boolean;
  readonly scene: Scene;
}

/** A device that was told nothing yet. */
export const NOT_FOLLOWING: Followed = { page: null, rev: 0, lost: false, scene: NO_SCENE };

/** What the device knows after that. */
export function follow(followed: Followed, news: SceneNews): Followed {
  const { page, rev, scene } = followed;
  if (news.page === page && news.rev <= rev) return followed;
  if (news.type === "show_scene") {
    return { page: news.page, rev: news.rev, lost: false, scene: news.scene };
  }
  const next = news.page === page && news.rev === rev + 1 && !followed.lost;
  if (!next) return { ...followed, lost: true };
  const marks = applyStep(scene.marks, news.step);
  return { ...followed, rev: news.rev, scene: { ...scene, marks } };
}

function markOf<K extends string, E extends v.ObjectEntries>(kind: K, entries: E) {
  return v.strictObject({ kind: v.literal(kind), colour: v.picklist(COLOURS), ...entries });
}

function pointsUpTo(most: number) {
  return v.pipe(v.array(PointSchema), v.minLength(1), v.maxLength(most), v.readonly());
}

function countPoints(marks: readonly Mark[]): number {
  return marks.reduce((sum, mark) => sum + (mark.kind === "line" ? mark.points.length : 0), 0);
}
