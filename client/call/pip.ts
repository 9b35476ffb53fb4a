/** Picture-in-picture: which kind a browser has, and how its windows are opened. */
import type { Side } from "../../protocol/receipts.ts";

/** "document": a window of the page's own with controls in it; "video": the picture alone. */
export type PipKind = "document" | "video";

/** What a browser has of it. */
export interface PipFeatures {
  /** Document Picture-in-Picture (WICG); never in frames. */
  readonly document: boolean;
  /** Picture-in-Picture (W3C). */
  readonly video: boolean;
}

/** What to offer to a page of `side`: controls in the window are for who works beside the call. */
export function pipKind(side: Side, { document, video }: PipFeatures): PipKind | null {
  if (side === "technician" && document) return "document";
  return video ? "video" : null;
}

/** What this browser has. */
export function pipFeatures(): PipFeatures {
  return {
    document: pipWindows() !== null && self === top,
    video: document.pictureInPictureEnabled === true &&
      "requestPictureInPicture" in HTMLVideoElement.prototype,
  };
}

/** Opens an empty window over all others. Call it in a tap. Rejects where the browser does not want. */
export async function openPipWindow(width: number, height: number): Promise<Window> {
  const opened: unknown = await pipWindows()?.requestWindow({ width, height });
  if (!isWindow(opened)) throw new Error("no picture-in-picture window");
  return opened;
}

/** Tells whether a picture of this page floats, whenever that changes, until `signal` aborts. */
export function followPip(tell: (open: boolean) => void, signal: AbortSignal): void {
  // Both bubble (W3C Picture-in-Picture, section 3).
  document.addEventListener("enterpictureinpicture", () => tell(true), { signal });
  document.addEventListener("leavepictureinpicture", () => tell(false), { signal });
}

/** Closes the picture of this page that floats, if one does: also one that has left the page. */
export function leavePip(): void {
  if (document.pictureInPictureElement === null) return;
  document.exitPictureInPicture().catch(() => {}); // Left meanwhile.
}

interface PipWindows {
  requestWindow(size: { width: number; height: number }): Promise<unknown>;
}

function pipWindows(): PipWindows | null {
  const windows: unknown = Reflect.get(globalThis, "documentPictureInPicture");
  return isPipWindows(windows) ? windows : null;
}

function isPipWindows(value: unknown): value is PipWindows {
  return typeof value === "object" && value !== null && "requestWindow" in value &&
    typeof value.requestWindow === "function";
}

function isWindow(value: unknown): value is Window {
  return typeof value === "object" && value !== null && "document" in value;
}
