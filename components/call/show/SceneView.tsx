import { useLayoutEffect, useRef } from "preact/hooks";
import { type Mark, numbersOf, type Point } from "../../../protocol/show.ts";
import type { Picture } from "../../../client/call/show/picture.ts";
import {
  DISC_RADIUS,
  INKS,
  OUTLINE,
  pathOf,
  placeIn,
  type Size,
  spaceOf,
  STROKE,
} from "../../../client/call/show/shapes.ts";

/** The frozen picture, as large as its place allows. */
export function PictureView({ picture, label }: {
  readonly picture: Picture;
  readonly label: string;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    canvas.current?.getContext("2d")?.drawImage(picture.image, 0, 0);
  }, [picture]);
  return (
    <canvas
      ref={canvas}
      class="show-picture"
      width={picture.width}
      height={picture.height}
      role="img"
      aria-label={label}
      data-picture={picture.id}
    />
  );
}

/** Props of {@link Overlay}. */
export interface OverlayProps {
  /** What is under it: fitted into the same place in the same way. */
  readonly over: Size;
  readonly marks: readonly Mark[];
  readonly label: string;
  /** Where the technician points. */
  readonly pointer?: Point | null;
  /** Where the technician's keyboard is. */
  readonly crosshair?: Point | null;
}

/** Marks and pointer over a picture; the outlines keep them visible on any. */
export function Overlay({ over, marks, label, pointer = null, crosshair = null }: OverlayProps) {
  const space = spaceOf(over);
  const numbers = numbersOf(marks);
  return (
    <svg
      class="show-overlay"
      viewBox={`0 0 ${space.width} ${space.height}`}
      role="img"
      aria-label={label}
    >
      {marks.map((mark, n) => (
        <MarkView key={n} mark={mark} number={numbers[n] ?? 0} space={space} />
      ))}
      {pointer === null ? null : <PointerView at={placeIn(space, pointer)} />}
      {crosshair === null ? null : <Crosshair at={placeIn(space, crosshair)} />}
    </svg>
  );
}

function MarkView({ mark, number, space }: {
  readonly mark: Mark;
  readonly number: number;
  readonly space: Size;
}) {
  const { ink, contrast } = INKS[mark.colour];
  const path = pathOf(mark, space);
  if (mark.kind === "number") {
    const [x, y] = placeIn(space, mark.at);
    return (
      <g data-mark="number">
        <path d={path} fill={ink} stroke={contrast} stroke-width={(OUTLINE - STROKE) / 2} />
        <text
          x={x}
          y={y}
          fill={contrast}
          font-size={DISC_RADIUS * 1.15}
          font-weight="700"
          text-anchor="middle"
          dominant-baseline="central"
        >
          {number}
        </text>
      </g>
    );
  }
  return (
    <g data-mark={mark.kind} fill="none" stroke-linecap="round" stroke-linejoin="round">
      <path d={path} stroke={contrast} stroke-width={OUTLINE} />
      <path d={path} stroke={ink} stroke-width={STROKE} />
    </g>
  );
}

function PointerView({ at: [x, y] }: { readonly at: readonly [number, number] }) {
  return (
    <g data-pointer fill="none">
      <circle class="show-pulse" cx={x} cy={y} r={34} stroke={INKS.yellow.ink} stroke-width={6} />
      <circle cx={x} cy={y} r={18} fill="#d6172b" stroke="#ffffff" stroke-width={6} />
    </g>
  );
}

function Crosshair({ at: [x, y] }: { readonly at: readonly [number, number] }) {
  const cross = `M${x - 40} ${y}h30m20 0h30M${x} ${y - 40}v30m0 20v30`;
  return (
    <g data-crosshair fill="none">
      <path d={cross} stroke="#101010" stroke-width={9} />
      <path d={cross} stroke="#ffffff" stroke-width={4} />
    </g>
  );
}
