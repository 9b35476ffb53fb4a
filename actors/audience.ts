/** The pages that follow one session in one process, and what they are sent. */
import type { ServerMessage, SessionView } from "../protocol/messages.ts";
import type { Side } from "../protocol/receipts.ts";
import type { Message, Session } from "../protocol/session.ts";

/** A page that follows a session. */
export interface SessionPage {
  readonly side: Side;
  readonly client: string;
  /** Its network has not taken yet what it was sent: what can wait is told later. */
  readonly congested: boolean;
  send(message: ServerMessage): void;
  /** Calls `run` once its network takes more. */
  whenClear(run: () => void): void;
  /** The store failed while this page was being served: it must come back and read on. */
  unavailable(): void;
}

/** How a page follows. */
interface Following {
  /** "waiting" until its replay is in, which comes before anything else; later on it may fall behind. */
  state: "waiting" | "following" | "behind";
  /** The last message it was sent. */
  lastSeq: number;
}

/** Who follows a session. */
export class Audience {
  readonly #pages = new Map<SessionPage, Following>();
  readonly #catchUp: (page: SessionPage, lastSeq: number) => void;

  /** @param catchUp a page that fell behind takes more: it needs a {@link replay} after `lastSeq`. */
  constructor(catchUp: (page: SessionPage, lastSeq: number) => void) {
    this.#catchUp = catchUp;
  }

  /** How many follow or wait to. */
  get size(): number {
    return this.#pages.size;
  }

  /** A page came that holds all up to `lastSeq`; it hears nothing before its {@link replay}. */
  join(page: SessionPage, lastSeq: number): void {
    this.#pages.set(page, { state: "waiting", lastSeq });
  }

  /** A page left. */
  leave(page: SessionPage): void {
    this.#pages.delete(page);
  }

  /** Whether a page is still here. */
  has(page: SessionPage): boolean {
    return this.#pages.has(page);
  }

  /**
   * Sends a page the next piece of what it does not hold yet. After the last one it hears what all
   * hear. False: nothing more now; it has gone, or its network has to take this first.
   */
  replay(page: SessionPage, session: Session, piece: readonly Message[], last: boolean): boolean {
    const following = this.#pages.get(page);
    if (following === undefined) return false;
    this.#send(page, following, session, piece);
    if (last) following.state = "following";
    else if (page.congested) this.#leaveBehind(page, following);
    return following.state === "waiting";
  }

  /**
   * Sends everybody the session as it is now, with its new messages; who does not take what was sent
   * before gets all of that at once, later.
   */
  tell(session: Session, messages: readonly Message[]): void {
    for (const [page, following] of this.#pages) {
      if (following.state !== "following") continue;
      if (page.congested) this.#leaveBehind(page, following);
      else this.#send(page, following, session, messages);
    }
  }

  /** Tells everybody that the session is over, and lets them go. */
  dismiss(ended: Extract<ServerMessage, { type: "ended" }>): void {
    for (const page of this.#pages.keys()) page.send(ended);
    this.#pages.clear();
  }

  #send(
    page: SessionPage,
    following: Following,
    session: Session,
    messages: readonly Message[],
  ): void {
    following.lastSeq = messages.at(-1)?.seq ?? following.lastSeq;
    page.send({ type: "session", session: viewFor(session, page), messages });
  }

  #leaveBehind(page: SessionPage, following: Following): void {
    following.state = "behind";
    page.whenClear(() => {
      if (this.#pages.get(page) !== following) return;
      following.state = "waiting";
      this.#catchUp(page, following.lastSeq);
    });
  }
}

/** The session as this page sees it. */
function viewFor(session: Session, { side, client }: SessionPage): SessionView {
  const { outbox, ...rest } = session;
  return { ...rest, outboxN: outbox[side][client]?.n ?? 0 };
}
