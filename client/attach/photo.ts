/**
 * Photos are drawn anew before they are sent: what the camera wrote into the file (where, when, with
 * what) stays on this device, and a cheap phone on a slow network has a tenth to send.
 */
import { isShown, type Picture } from "../../protocol/attachment.ts";

/** The longest side of a photo, in pixels: a label is still legible, whatever the camera has. */
const LONGEST = 2560;

/** JPEG quality (HTML, canvas.toBlob). */
const QUALITY = 0.85;

const PHOTO = /^image\/(jpeg|pjpeg|heic|heif|heic-sequence|heif-sequence)$/;
const HEIC_NAME = /\.(heic|heif)$/i;

/** A file fit to be sent. */
export interface Prepared {
  readonly blob: Blob;
  readonly name: string;
  readonly type: string;
  readonly picture?: Picture;
  /** A photo as the camera wrote it, because this browser cannot read its format. */
  readonly original: boolean;
}

/** Whether a file is a photo as cameras write them. Some systems know no type for HEIC. */
export function isPhoto({ name, type }: Pick<File, "name" | "type">): boolean {
  return PHOTO.test(type) || HEIC_NAME.test(name);
}

/** The size of a picture no side of which is longer than `longest`, in the same proportions. */
export function fit({ width, height }: Picture, longest = LONGEST): Picture {
  const scale = Math.min(1, longest / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

/** Makes a file fit to be sent. Null: a photo that cannot be read, and so is not sent at all. */
export async function prepare(file: File): Promise<Prepared | null> {
  const { name, type } = file;
  const bitmap = isPhoto(file) || isShown(type) ? await decode(file) : null;
  if (!isPhoto(file)) {
    const picture = bitmap === null ? undefined : sizeOf(bitmap);
    bitmap?.close();
    return { blob: file, name, type, original: false, ...(picture && { picture }) };
  }
  if (bitmap !== null) return await redraw(bitmap, name);
  const heic = HEIC_NAME.test(name) || /hei[cf]/.test(type);
  return heic ? { blob: file, name, type, original: true } : null;
}

/** Null: this browser cannot. The camera's orientation is taken in (HTML, createImageBitmap). */
async function decode(file: File): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return null;
  }
}

async function redraw(bitmap: ImageBitmap, name: string): Promise<Prepared | null> {
  const picture = fit(sizeOf(bitmap));
  const canvas = document.createElement("canvas");
  canvas.width = picture.width;
  canvas.height = picture.height;
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0, picture.width, picture.height);
  bitmap.close();
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  // A phone gives such memory back at once only where it is told to.
  canvas.width = canvas.height = 0;
  if (blob === null) return null;
  const renamed = name.replace(HEIC_NAME, ".jpg");
  return { blob, name: renamed, type: "image/jpeg", picture, original: false };
}

function sizeOf({ width, height }: Picture): Picture {
  return { width, height };
}
