/** Telling pages why a session is over that they did not see ending. */
import type { Hello } from "../protocol/messages.ts";
import type { PageOut, PageServices } from "./page_ports.ts";

/** How many ends a page is told at most: nobody has more sessions open than this. */
const MOST_ENDS = 50;

/**
 * Tells a page that comes back why sessions ended meanwhile that it still holds, as long as that is
 * known; `welcome` only says that they have. Who knows the random id of a session had it once (A2).
 */
export async function tellEnds(
  { ended }: Pick<PageServices, "ended">,
  out: PageOut,
  { lastSeq }: Hello,
  open: readonly string[],
): Promise<void> {
  const gone = Object.keys(lastSeq).filter((id) => !open.includes(id)).slice(0, MOST_ENDS);
  await Promise.all(gone.map(async (session) => {
    const end = await ended(session);
    if (end !== null) out.send({ type: "ended", session, ...end });
  }));
}
