/**
 * What both ends of the page's socket share besides the messages themselves. Apart from their schemas,
 * which only the server needs: a page that reads what its server sends loads none of them.
 */
import type { ServerMessage } from "./messages.ts";

/** Both ends must speak the same one; a page that does not reloads. */
export const PROTOCOL_VERSION = 1;

/** The largest frame a page may send, in UTF-16 units: a full message in escaped JSON fits. */
export const MAX_FRAME = 64 * 1024;

/**
 * Reads a frame from the server, which is trusted: only that it is a tagged object is checked.
 * Null: not one.
 */
export function readServerFrame(data: unknown): ServerMessage | null {
  const json = typeof data === "string" ? parseJson(data) : undefined;
  if (typeof json !== "object" || json === null || !("type" in json)) return null;
  return json as ServerMessage;
}

/** Undefined: not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
