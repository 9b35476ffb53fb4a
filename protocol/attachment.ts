/**
 * Files in a session: what one is, what it may be called, and what it may hold. Pure; the bytes are
 * looked at in attachments/.
 */
import type { ErrorCode } from "./errors.ts";

/** Why a file is not taken, or goes no further. */
export type FileRefusal = Extract<
  ErrorCode,
  | "session_ended"
  | "files_off"
  | "file_empty"
  | "file_too_large"
  | "files_full"
  | "file_kind"
  | "file_type_mismatch"
  | "file_moved"
  | "unknown_file"
>;

/** A file in the conversation. The message that carries it says who sent it, and when. */
export interface Attachment {
  readonly id: string;
  /** Cleaned by {@link cleanName}. */
  readonly name: string;
  /** What the bytes are, by their own signature; never what the sender said (RFC 6838). */
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  /** The picture's pixels, as the sending page says: room is kept for it before it is loaded. */
  readonly picture?: Picture;
}

/** The size of a picture in pixels. */
export interface Picture {
  readonly width: number;
  readonly height: number;
}

/** What a file may be, as an administrator thinks of it. */
export const KINDS = ["image", "video", "audio", "document", "archive", "program"] as const;

/** One of {@link KINDS}. */
export type Kind = (typeof KINDS)[number];

/** What a deployment lets through. */
export interface AttachmentPolicy {
  /** Bytes of one file. */
  readonly maxFile: number;
  /** Bytes of all files of one session. */
  readonly maxSession: number;
  readonly kinds: readonly Kind[];
}

/** Where nothing else is set: programs stay out. */
export const DEFAULT_POLICY: AttachmentPolicy = {
  maxFile: 10 * 1024 * 1024,
  maxSession: 50 * 1024 * 1024,
  kinds: ["image", "video", "audio", "document", "archive"],
};

/** How many files one session may hold. */
export const MAX_ATTACHMENTS = 200;

/** The longest name, in characters. */
export const MAX_NAME = 120;

/** The largest side of a picture that is believed, in pixels. */
export const MAX_SIDE = 30_000;

/** Types a page shows as a picture. Others, SVG and HEIC among them, can only be saved. */
const SHOWN = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

/** Whether pages show a file of this type as a picture. */
export function isShown(type: string): boolean {
  return SHOWN.has(type);
}

/** What nobody can tell by its signature. */
export const UNKNOWN_TYPE = "application/octet-stream";

/** Separators of folders, control characters, and what turns the direction of reading around. */
// deno-lint-ignore no-control-regex -- those are what it is for
const UNFIT = /[\\/:*?"<>|\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Names that are devices on Windows, whatever follows the first dot. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * A name that is safe to show and to save under: no folders, no control characters, nothing that
 * makes "gpj.exe" read "exe.jpg", at most {@link MAX_NAME} characters with its ending kept.
 */
export function cleanName(name: string): string {
  const plain = name.toWellFormed().replace(UNFIT, " ").replace(/\s+/g, " ")
    .replace(/^[ .]+|[ .]+$/g, "");
  if (plain === "") return "file";
  const safe = RESERVED.test(plain) ? `_${plain}` : plain;
  const characters = [...safe];
  if (characters.length <= MAX_NAME) return safe;
  const ending = /\.[^. ]{1,10}$/.exec(safe)?.[0] ?? "";
  return characters.slice(0, MAX_NAME - [...ending].length).join("").trimEnd() + ending;
}

/** Endings a computer runs, though the bytes may be plain text. */
const PROGRAM_ENDING =
  /\.(apk|app|appimage|bat|cmd|com|cpl|deb|dmg|exe|hta|iso|jar|jse?|lnk|mjs|msi|msix|pkg|ps1|reg|rpm|scf|scr|sh|url|vbe?|vbs|wsf)$/i;

const PROGRAM_TYPE =
  /^application\/(x-msdownload|x-elf|x-mach-binary|x-apple-diskimage|java-vm|java-archive|vnd\.android\.package-archive|wasm|x-deb|x-rpm|x-ms-shortcut|x-ft-windows\.registry)/;

const ARCHIVE_TYPE =
  /^application\/(zip|gzip|x-gzip|x-tar|x-7z-compressed|x-rar-compressed|x-bzip2|x-xz|zstd|x-lzip|x-lz4|x-compress)/;

/** What a file of this name and type is. `type` is what its bytes say. */
export function kindOf(name: string, type: string): Kind {
  if (PROGRAM_ENDING.test(name) || PROGRAM_TYPE.test(type)) return "program";
  const [family] = type.split("/");
  if (family === "image" || family === "video" || family === "audio") return family;
  return ARCHIVE_TYPE.test(type) ? "archive" : "document";
}

/** A type, or why a file is not taken. */
export type CheckedType =
  | { readonly ok: true; readonly type: string }
  | { readonly ok: false; readonly code: FileRefusal };

/** What the first bytes of a file say. */
export interface Signature {
  /** By their signature; null: none is known. */
  readonly type: string | null;
  /** They read as text. */
  readonly text: boolean;
}

/**
 * What a file is, once its first bytes were looked at. `declared` is what the sender says; a picture
 * that is none, or a program that says it is a picture, is not taken.
 */
export function checkType(
  { name, declared }: { readonly name: string; readonly declared: string },
  signature: Signature,
  kinds: readonly Kind[],
): CheckedType {
  const type = signature.type ?? (signature.text ? "text/plain" : UNKNOWN_TYPE);
  if (!agrees(mediaFamily(declared), type)) {
    return { ok: false, code: "file_type_mismatch" };
  }
  return kinds.includes(kindOf(name, type)) ? { ok: true, type } : { ok: false, code: "file_kind" };
}

/** The family a sender claims, where it is one that the bytes can tell. A drawing (SVG) is text. */
function mediaFamily(declared: string): string | null {
  const [family = "", kind = ""] = declared.toLowerCase().split("/");
  return ["image", "video", "audio"].includes(family) && !kind.startsWith("svg") ? family : null;
}

function agrees(claimed: string | null, type: string): boolean {
  const [family] = type.split("/");
  if (claimed === null || family === claimed) return true;
  // One container holds sound or pictures that move: what records one names it after the other.
  return claimed !== "image" && (family === "video" || family === "audio");
}
