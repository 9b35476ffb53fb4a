/** The pages that follow one session in one process, and what they are sent. */
import type { ServerMessage, SessionView } from "../protocol/messages.ts";
import type { Side } from "../protocol/receipts.ts";
import type { Message, Session } from "../protocol/session.ts";

/** A page that follows a session. */
export interface SessionPage {
  readonly side: Side;
  readonly client: string;
  send(message: ServerMessage): void;
  /** The store failed while this page was being served: it must come back and read on. */
  unavailable(): void;
}

/** How many messages one frame of a replay carries. */
export const FRAME_MESSAGES = 100;

/** Who follows a session. */
export class Audience {
  /** "waiting" until a page's replay, which comes before anything else. */
  readonly #pages = new Map<SessionPage, "waiting" | "following">();

  /** How many follow or wait to. */
  get size(): number {
    return this.#pages.size;
  }

  /** A page came; it hears nothing before its {@link replay}. */
  join(page: SessionPage): void {
    this.#pages.set(page, "waiting");
  }

  /** A page left. */
  leave(page: SessionPage): void {
    this.#pages.delete(page);
  }

  /** Whether a page is still here. */
  has(page: SessionPage): boolean {
    return this.#pages.has(page);
  }

  /** Sends a page that waits what it does not hold yet; from here on it hears what all hear. */
  replay(page: SessionPage, session: Session, messages: readonly Message[]): void {
    if (!this.#pages.has(page)) return;
    this.#pages.set(page, "following");
    for (let from = 0; from === 0 || from < messages.length; from += FRAME_MESSAGES) {
      send(page, session, messages.slice(from, from + FRAME_MESSAGES));
    }
  }

  /** Sends everybody the session as it is now, with its new messages. */
  tell(session: Session, messages: readonly Message[]): void {
    for (const [page, state] of this.#pages) {
      if (state === "following") send(page, session, messages);
    }
  }

  /** Tells everybody that the session is over, and lets them go. */
  dismiss(ended: Extract<ServerMessage, { type: "ended" }>): void {
    for (const page of this.#pages.keys()) page.send(ended);
    this.#pages.clear();
  }
}

function send(page: SessionPage, session: Session, messages: readonly Message[]): void {
  page.send({ type: "session", session: viewFor(session, page), messages });
}

/** The session as this page sees it. */
function viewFor(session: Session, { side, client }: SessionPage): SessionView {
  const { outbox, ...rest } = session;
  return { ...rest, outboxN: outbox[side][client]?.n ?? 0 };
}
