/** What a page is answered once what it asked for is durable. */
import { logFailure } from "../log/log.ts";
import { isRejection, reject, type Rejection, unreachable } from "../protocol/errors.ts";
import type { AckBody } from "../protocol/messages.ts";
import type { Side } from "../protocol/receipts.ts";
import type { Effect, OutboxEntry, Session } from "../protocol/session.ts";
import { Allowance, type Limit } from "./allowance.ts";
import type { Clock, SessionLog } from "./ports.ts";

/** How a command was answered. */
export type Answer = AckBody | Rejection;

/**
 * How often a side may have the log searched for an old message: a page needs that for what it sent
 * before the last thing it sent, which happens where a browser restored an older storage.
 */
const SEARCHES: Limit = { burst: 20, perSecond: 1 };

/** Answers the commands of one session. */
export class Answers {
  readonly #log: Pick<SessionLog, "seqOf">;
  readonly #searches: Readonly<Record<Side, Allowance>>;

  constructor(log: Pick<SessionLog, "seqOf">, clock: Clock) {
    this.#log = log;
    this.#searches = {
      technician: new Allowance(SEARCHES, clock),
      device: new Allowance(SEARCHES, clock),
    };
  }

  /**
   * Gives the answer to a command that was refused or had these effects on `session`, now or once the
   * log has been searched: nobody else waits for that.
   */
  give(
    session: Session,
    outcome: readonly Effect[] | Rejection,
    answer: (answer: Answer) => void,
  ): void {
    if (isRejection(outcome)) return answer(outcome);
    for (const effect of outcome) {
      switch (effect.kind) {
        case "append":
          return answer({ seq: effect.message.seq });
        case "duplicate":
          return this.#again(session, effect, answer);
        case "end":
          return answer({});
        default:
          unreachable(effect);
      }
    }
    answer({});
  }

  /** A resend gets the number of the first time; only an old one needs the log. */
  #again(session: Session, entry: OutboxEntry, answer: (answer: Answer) => void): void {
    const last = session.outbox[entry.from][entry.client];
    if (last?.n === entry.n) return answer({ seq: last.seq });
    if (!this.#searches[entry.from].take()) return answer(reject("rate_limited"));
    this.#log.seqOf(session.id, entry).then(
      (seq) => answer(seq === null ? reject("out_of_order") : { seq }),
      (error: unknown) => {
        logFailure("store_failed", error);
        answer(reject("busy"));
      },
    );
  }
}
