/** What a node knows of a session apart from its room: what is switched off, which calls are over. */
import { type Allowed, TICKET_SECONDS } from "../protocol/media.ts";

/** Everything a ticket can allow. */
const EVERYTHING: Allowed = { voice: true, video: true };

/** A ticket that was signed before what is remembered lives no longer than this, in milliseconds. */
const MEMORY = (TICKET_SECONDS + 10) * 1000;

interface Memory {
  readonly allowed: Allowed;
  /** The highest call that is over. */
  readonly over: number;
  readonly timer: ReturnType<typeof setTimeout>;
}

/**
 * Remembers, so that no ticket signed earlier undoes it, and forgets when no such ticket can exist
 * any more and the session has no room (S8).
 */
export class SessionMemory {
  readonly #sessions = new Map<string, Memory>();

  /** `inUse`: whether a session has a room, so that its restriction has to stay. */
  constructor(readonly inUse: (session: string) => boolean) {}

  /** What may be sent in the session's room. */
  allowed(session: string): Allowed {
    return this.#sessions.get(session)?.allowed ?? EVERYTHING;
  }

  /** Whether call number `call` is over. */
  isOver(session: string, call: number): boolean {
    return call <= (this.#sessions.get(session)?.over ?? 0);
  }

  /** From now on only this may be sent. */
  restrict(session: string, allowed: Allowed): void {
    this.#remember(session, { allowed, over: this.#sessions.get(session)?.over ?? 0 });
  }

  /** Calls up to `call` are over. */
  end(session: string, call: number): void {
    const over = Math.max(call, this.#sessions.get(session)?.over ?? 0);
    this.#remember(session, { allowed: this.allowed(session), over });
  }

  /** Forgets everything at once. */
  clear(): void {
    for (const { timer } of this.#sessions.values()) clearTimeout(timer);
    this.#sessions.clear();
  }

  #remember(session: string, memory: Omit<Memory, "timer">): void {
    clearTimeout(this.#sessions.get(session)?.timer);
    const timer = setTimeout(() => this.#forget(session), MEMORY);
    Deno.unrefTimer(timer);
    this.#sessions.set(session, { ...memory, timer });
  }

  #forget(session: string): void {
    const memory = this.#sessions.get(session);
    if (memory === undefined) return;
    if (this.inUse(session)) this.#remember(session, memory);
    else this.#sessions.delete(session);
  }
}
