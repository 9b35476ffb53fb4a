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

  /** @param start loads the session and starts its actor; null: there is no such session. */
  constructor(start: (id: string) => Promise<SessionActor | null>) {
    this.#start = start;
  }

  /** The actor of session `id`, started once however many ask; a failed start can be tried again. */
  get(id: string): Promise<SessionActor | null> {
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

  /** Stops `actor` if nobody follows it here any more. */
  release(actor: SessionActor): void {
    if (!actor.deserted && !actor.ended) return;
    const { id } = actor.session;
    if (this.#entries.get(id)?.actor === actor) this.#entries.delete(id);
    actor.close();
  }

  /** The actors that run now. */
  running(): SessionActor[] {
    return [...this.#entries.values()].flatMap(({ actor }) => actor === null ? [] : [actor]);
  }

  /** Waits until everything accepted is durable and answered, then stops all. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.#entries.values()].map(({ starting }) => starting));
    const actors = this.running();
    await Promise.all(actors.map((actor) => actor.idle()));
    for (const actor of actors) actor.close();
    this.#entries.clear();
  }

  #forget(id: string, entry: Entry): void {
    if (this.#entries.get(id) === entry) this.#entries.delete(id);
  }
}
