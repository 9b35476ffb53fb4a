/** What monitors are told of calls. */
import type { MediaStatus } from "../../protocol/service.ts";

/** The state of calls without its reason: that is nobody else's business. */
export function publicMedia(status: MediaStatus): { state: string; progress?: number } {
  const { state } = status;
  return state === "preparing" ? { state, progress: status.progress } : { state };
}
