/** A picture and its marks as one image, for the technician to keep. */
import { type Mark, numbersOf } from "../../../protocol/show.ts";
import type { Picture } from "./picture.ts";
import { DISC_RADIUS, INKS, OUTLINE, pathOf, placeIn, spaceOf, STROKE } from "./shapes.ts";

/** The image (JPEG); null: it could not be made. Never rejects. */
export function flatten(picture: Picture, marks: readonly Mark[]): Promise<Blob | null> {
  const canvas = document.createElement("canvas");
  canvas.width = picture.width;
  canvas.height = picture.height;
  const context = canvas.getContext("2d");
  if (context === null) return Promise.resolve(null);
  context.drawImage(picture.image, 0, 0);
  const space = spaceOf(picture);
  context.scale(picture.width / space.width, picture.height / space.height);
  context.lineCap = context.lineJoin = "round";
  const numbers = numbersOf(marks);
  marks.forEach((mark, n) => {
    const { ink, contrast } = INKS[mark.colour];
    const path = new Path2D(pathOf(mark, space));
    if (mark.kind === "number") {
      return drawNumber(context, placeIn(space, mark.at), {
        path,
        ink,
        contrast,
        text: String(numbers[n]),
      });
    }
    stroke(context, path, contrast, OUTLINE);
    stroke(context, path, ink, STROKE);
  });
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.92));
}

interface Disc {
  readonly path: Path2D;
  readonly ink: string;
  readonly contrast: string;
  readonly text: string;
}

function drawNumber(
  context: CanvasRenderingContext2D,
  [x, y]: readonly [number, number],
  { path, ink, contrast, text }: Disc,
): void {
  stroke(context, path, contrast, OUTLINE - STROKE);
  context.fillStyle = ink;
  context.fill(path);
  context.fillStyle = contrast;
  context.font = `700 ${DISC_RADIUS * 1.15}px sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(text, x, y);
}

function stroke(
  context: CanvasRenderingContext2D,
  path: Path2D,
  colour: string,
  width: number,
): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke(path);
}
