/** The session actors of this process: one per session, only while a page here follows it. */
import type { SessionActor } from "./session_actor.ts";

/** An actor, or one that is starting; `actor` is null until then. */
interface Entry {
  readonly starting: Promise<SessionActor | null>;
  actor: SessionActor | null;
}

/** Starts and keeps session actors. */
export class SessionRegistry {
  readonly #start: (id: string) => Promise<SessionActor | null>;
  readonly #entries = new Map<string, Entry>();
  #closed = false;

  /** @param start loads the session and starts its actor; null: there is no such session. */
  constructor(start: (id: string) => Promise<SessionActor | null>) {
    this.#start = start;
  }

  /** The process goes: its pages are told, and no session is taken up any more. */
  get closed(): boolean {
    return this.#closed;
  }

  /**
   * The actor of session `id`, started once however many ask; a failed start can be tried again. By
   * the time it is looked at it may have been released: `attach` tells.
   */
  get(id: string): Promise<SessionActor | null> {
    if (this.#closed) return Promise.reject(new Error("no session is taken up any more"));
    const known = this.#entries.get(id);
    if (known !== undefined) return known.starting;
    const entry: Entry = { starting: this.#start(id), actor: null };
    this.#entries.set(id, entry);
    entry.starting.then(
      (actor) => actor === null ? this.#forget(id, entry) : entry.actor = actor,
      () => this.#forget(id, entry),
    );
    return entry.starting;
  }

  /**
   * Stops `actor` once nobody follows it here any more. What it was asked is done before that: two
   * actors of one session in one process would not see each other's steps.
   */
  async release(actor: SessionActor): Promise<void> {
    while (!actor.followed && !actor.resting) await actor.idle();
    if (actor.followed) return;
    this.#drop(actor);
    actor.close();
  }

  /** Forgets everything of a session that is over (S8). */
  ended(id: string): void {
    this.#entries.delete(id);
  }

  /** The actors that run now. */
  running(): SessionActor[] {
    return [...this.#entries.values()].flatMap(({ actor }) => actor === null ? [] : [actor]);
  }

  /** Takes nobody in any more, waits until everything accepted is durable, then stops all. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled([...this.#entries.values()].map(({ starting }) => starting));
    const actors = this.running();
    await Promise.all(actors.map((actor) => actor.idle()));
    for (const actor of actors) actor.close();
    this.#entries.clear();
  }

  #drop(actor: SessionActor): void {
    const { id } = actor.session;
    if (this.#entries.get(id)?.actor === actor) this.#entries.delete(id);
  }

  #forget(id: string, entry: Entry): void {
    if (this.#entries.get(id) === entry) this.#entries.delete(id);
  }
}
