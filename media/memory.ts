/** What a node knows of a session apart from its room: what is switched off, what is over here. */
import { type Allowed, comparePlaces, type Place, TICKET_SECONDS } from "../protocol/media.ts";

/** Everything a ticket can allow. */
const EVERYTHING: Allowed = { voice: true, video: true };

/** A ticket that was signed before what is remembered lives no longer than this, in milliseconds. */
const MEMORY = (TICKET_SECONDS + 10) * 1000;

/** Calls count from 1. */
const BEFORE_ALL: Place = { call: 0, move: 0 };

interface Memory {
  readonly allowed: Allowed;
  /** The last stay that is over here. */
  readonly over: Place;
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

  /** Whether this stay is over. */
  isOver(session: string, place: Place): boolean {
    return comparePlaces(place, this.#over(session)) <= 0;
  }

  /** From now on only this may be sent. */
  restrict(session: string, allowed: Allowed): void {
    this.#remember(session, { allowed, over: this.#over(session) });
  }

  /** Everything up to this stay is over. */
  end(session: string, place: Place): void {
    if (this.isOver(session, place)) return;
    this.#remember(session, { allowed: this.allowed(session), over: place });
  }

  /** Forgets everything at once. */
  clear(): void {
    for (const { timer } of this.#sessions.values()) clearTimeout(timer);
    this.#sessions.clear();
  }

  #over(session: string): Place {
    return this.#sessions.get(session)?.over ?? BEFORE_ALL;
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
