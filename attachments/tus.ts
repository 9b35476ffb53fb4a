/**
 * How bytes come up: tus 1.0.0, the resumable upload protocol (https://tus.io/protocols/resumable-upload),
 * core with the extensions creation and termination. Here its headers are read; receive.ts takes the
 * bytes.
 */
import * as v from "valibot";
import { cleanName, MAX_SIDE } from "../protocol/attachment.ts";
import type { Announced } from "../store/attachments.ts";

/** The version of tus spoken here. */
export const TUS_VERSION = "1.0.0";

/** The type of every PATCH body. */
export const OFFSET_TYPE = "application/offset+octet-stream";

const Side = v.optional(
  v.pipe(
    v.string(),
    v.regex(/^\d{1,5}$/),
    v.transform(Number),
    v.minValue(1),
    v.maxValue(MAX_SIDE),
  ),
);

/** What `Upload-Metadata` may say. `id`: made by the page, so that a repeated POST is one upload. */
const MetadataSchema = v.object({
  filename: v.pipe(v.string(), v.maxLength(1000), v.transform(cleanName)),
  filetype: v.optional(v.pipe(v.string(), v.maxLength(200)), ""),
  id: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22,64}$/))),
  width: Side,
  height: Side,
});

const Bytes = v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number));

/** Reads the headers of a creation; null: they announce no file. A size of 0 is left to the caller. */
export function readAnnouncement(headers: Headers): Announced | null {
  const size = v.safeParse(Bytes, headers.get("upload-length"));
  const pairs = readPairs(headers.get("upload-metadata") ?? "");
  const metadata = v.safeParse(MetadataSchema, pairs);
  if (!size.success || !metadata.success) return null;
  const { filename: name, filetype: declared, id = newId(), width, height } = metadata.output;
  const file = { id, name, declared, size: size.output };
  if (width === undefined || height === undefined) return file;
  return { ...file, picture: { width, height } };
}

/** The number of bytes that a request says are there already; null: it does not say. */
export function readOffset(headers: Headers): number | null {
  const offset = v.safeParse(Bytes, headers.get("upload-offset"));
  return offset.success ? offset.output : null;
}

/** `key base64,key base64`; null where it cannot be read. */
function readPairs(header: string): Record<string, string> | null {
  const pairs: Record<string, string> = {};
  for (const pair of header.split(",")) {
    const [key = "", value = ""] = pair.trim().split(" ");
    try {
      const bytes = Uint8Array.fromBase64(value);
      pairs[key] = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      return null;
    }
  }
  return pairs;
}

/** A random id, URL-safe, 128 bits. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}
