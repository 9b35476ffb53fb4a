/** How a file goes down: to be saved, never to be run, kept by no cache. */
import { create as contentDisposition } from "content-disposition";
import type { Attachment } from "../protocol/attachment.ts";

/** The bytes an answer brings: from `from` to before `to`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Headers of a file. It is saved under its own name (RFC 6266, RFC 8187); pages show pictures with
 * `<img>`, which reads no disposition. The policy of documents is set for all in auth/headers.ts.
 */
export function downloadHeaders(file: Attachment, span: Span): Headers {
  const headers = new Headers({
    "Content-Type": file.type,
    "Content-Disposition": contentDisposition(file.name, { type: "attachment" }),
    "Content-Length": String(span.to - span.from),
    "Cache-Control": "no-store",
    "Accept-Ranges": "bytes",
    "Cross-Origin-Resource-Policy": "same-origin",
    // A file never changes: what was cut off can be gone on with (RFC 9110, 13.1.5).
    "ETag": entityTag(file),
  });
  if (span.to - span.from < file.size) {
    headers.set("Content-Range", `bytes ${span.from}-${span.to - 1}/${file.size}`);
  }
  return headers;
}

/** What a request wants of a file (RFC 9110, 14.2); null: something that is not in it. */
export function wantedSpan(request: Headers, file: Attachment): Span | null {
  const all: Span = { from: 0, to: file.size };
  const condition = request.get("if-range");
  if (condition !== null && condition !== entityTag(file)) return all;
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(request.get("range") ?? "") ?? [];
  // Not one range of bytes: a server may answer with all of it.
  if (first === "" && last === "") return all;
  const from = first === "" ? Math.max(0, file.size - Number(last)) : Number(first);
  const to = first === "" || last === "" ? file.size : Math.min(file.size, Number(last) + 1);
  return from < to ? { from, to } : null;
}

function entityTag({ id }: Attachment): string {
  return `"${id}"`;
}
