/** Reading a session's messages in pieces that fit into a frame. */
import type { Message } from "../protocol/session.ts";
import type { SessionLog } from "./ports.ts";

/** How many messages one frame of a replay carries. */
export const FRAME_MESSAGES = 100;

/** The messages of session `id` after `after`, up to `upTo`, in their order; at least one piece. */
export async function* piecesAfter(
  log: Pick<SessionLog, "messages">,
  id: string,
  after: number,
  upTo: number,
): AsyncGenerator<readonly Message[]> {
  do {
    const piece = after < upTo ? await log.messages(id, after, upTo, FRAME_MESSAGES) : [];
    yield piece;
    after = piece.at(-1)?.seq ?? upTo;
  } while (after < upTo);
}
