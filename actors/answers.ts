/** What a page is answered once what it asked for is durable. */
import { reject, type Rejection, unreachable } from "../protocol/errors.ts";
import type { AckBody } from "../protocol/messages.ts";
import type { Effect, OutboxEntry, Session } from "../protocol/session.ts";
import type { SessionLog } from "./ports.ts";

/** How a command was answered. */
export type Answer = AckBody | Rejection;

/** The answer to a command that had these effects on `session`. */
export async function answerOf(
  log: Pick<SessionLog, "seqOf">,
  session: Session,
  effects: readonly Effect[],
): Promise<Answer> {
  for (const effect of effects) {
    switch (effect.kind) {
      case "append":
        return { seq: effect.message.seq };
      case "duplicate":
        return await firstSeq(log, session, effect);
      case "end":
        return {};
      default:
        unreachable(effect);
    }
  }
  return {};
}

/** A resend gets the number of the first time; only an old one needs the log. */
async function firstSeq(
  log: Pick<SessionLog, "seqOf">,
  session: Session,
  entry: OutboxEntry,
): Promise<Answer> {
  const last = session.outbox[entry.from][entry.client];
  if (last?.n === entry.n) return { seq: last.seq };
  const seq = await log.seqOf(session.id, entry);
  return seq === null ? reject("out_of_order") : { seq };
}
