/** What both ends of the page's socket share besides the messages themselves. */

/** Both ends must speak the same one; a page that does not reloads. */
export const PROTOCOL_VERSION = 1;

/** The largest frame a page may send, in UTF-16 units: a full message in escaped JSON fits. */
export const MAX_FRAME = 64 * 1024;

/** Undefined: not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
