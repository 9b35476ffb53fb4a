/** Pictures of a video: taken, packed small enough to be sent, unpacked. Only ever in memory (S8). */
import { MAX_PICTURE_BYTES } from "../../../protocol/show_messages.ts";

/** A picture both sides can look at. */
export interface Picture {
  readonly id: string;
  /** A number of this very encoding: another one has other parts. */
  readonly copy: number;
  readonly width: number;
  readonly height: number;
  /** JPEG. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly image: ImageBitmap;
}

/** The longest side of a picture, in pixels: full HD, which no video here exceeds by much. */
const LONGEST = 1_920;
/** The best that is small enough is taken. */
const QUALITIES = [0.9, 0.8, 0.65, 0.5] as const;
/** A stream that shows nothing for this long has nothing to show, in milliseconds. */
const PATIENCE = 3_000;

/** A picture of what `stream` shows now; null: it shows nothing. Never rejects. */
export async function takePicture(stream: MediaStream, id: string): Promise<Picture | null> {
  try {
    const frame = await nextFrame(stream);
    if (frame === null) return null;
    const bytes = await pack(frame);
    const copy = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
    return bytes === null ? null : await unpack(id, copy, bytes);
  } catch {
    return null;
  }
}

/** The picture in these bytes. Rejects where they are none. */
export async function unpack(
  id: string,
  copy: number,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Picture> {
  const image = await createImageBitmap(new Blob([bytes], { type: "image/jpeg" }));
  return { id, copy, width: image.width, height: image.height, bytes, image };
}

/** Draws what the stream shows; a video of its own does not depend on what the page shows. */
async function nextFrame(stream: MediaStream): Promise<HTMLCanvasElement | null> {
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  try {
    if (!await shows(video)) return null;
    const scale = Math.min(1, LONGEST / Math.max(video.videoWidth, video.videoHeight));
    return draw(video, video.videoWidth * scale, video.videoHeight * scale);
  } finally {
    video.srcObject = null;
  }
}

function shows(video: HTMLVideoElement): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), PATIENCE);
    const look = () => {
      if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || video.videoWidth === 0) return;
      clearTimeout(timer);
      resolve(true);
    };
    for (const event of ["loadeddata", "playing", "resize"]) video.addEventListener(event, look);
    // Where it may not play by itself the first frame is there all the same.
    video.play().then(look, look);
  });
}

function draw(source: CanvasImageSource, width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width));
  canvas.height = Math.max(1, Math.round(height));
  canvas.getContext("2d")?.drawImage(source, 0, 0, canvas.width, canvas.height);
  return canvas;
}

async function pack(frame: HTMLCanvasElement): Promise<Uint8Array<ArrayBuffer> | null> {
  for (const quality of QUALITIES) {
    const blob = await encode(frame, quality);
    if (blob === null) return null;
    if (blob.size <= MAX_PICTURE_BYTES) return new Uint8Array(await blob.arrayBuffer());
  }
  return frame.width < 64 ? null : await pack(draw(frame, frame.width * 0.7, frame.height * 0.7));
}

function encode(canvas: HTMLCanvasElement, quality: number): Promise<Blob | null> {
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
}
