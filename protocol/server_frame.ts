/**
 * How a page reads what its server sends. Apart from the messages' schemas, which only the server
 * needs: pages load none of them.
 */
import { parseJson } from "./frames.ts";
import type { ServerMessage } from "./messages.ts";

/**
 * Reads a frame from the server, which is trusted: only that it is a tagged object is checked.
 * Null: not one.
 */
export function readServerFrame(data: unknown): ServerMessage | null {
  const json = typeof data === "string" ? parseJson(data) : undefined;
  if (typeof json !== "object" || json === null || !("type" in json)) return null;
  return json as ServerMessage;
}
