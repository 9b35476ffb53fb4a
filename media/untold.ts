/** What media nodes could not be told: one that stood still, or was cut off, is told when it is back. */
import type { ControlCommand } from "./control.ts";

/**
 * How long it is kept, in milliseconds. Tickets are worth nothing long before; whoever is still in a room
 * then is there alone.
 */
const KEPT_MS = 10 * 60_000;
/** So many are kept; then the oldest goes. */
const MOST = 1_000;

/** A command that is under way, or waits for its node. */
interface Note {
  readonly node: string;
  readonly command: ControlCommand;
  /** By a clock that never goes back, in milliseconds. */
  readonly until: number;
  waits: boolean;
}

/** Commands to nodes until they are taken, oldest first: of each session and type the newest. */
export class Untold {
  readonly #notes = new Map<string, Note>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Has `send` tell the node; rejects when that does, and the command waits from then on. */
  async tell(node: string, command: ControlCommand, send: () => Promise<void>): Promise<void> {
    const key = `${node} ${command.type} ${command.session}`;
    const note: Note = { node, command, until: this.#now() + KEPT_MS, waits: false };
    this.#notes.delete(key);
    this.#notes.set(key, note);
    this.#forget();
    try {
      await send();
      // What was to be said after it is said by itself.
      if (this.#notes.get(key) === note) this.#notes.delete(key);
    } catch (error) {
      note.waits = true;
      throw error;
    }
  }

  /** What waits longest for this node; null: nothing does. */
  next(node: string): ControlCommand | null {
    this.#forget();
    for (const note of this.#notes.values()) {
      if (note.node === node && note.waits) return note.command;
    }
    return null;
  }

  #forget(): void {
    for (const [key, { until }] of this.#notes) {
      if (until > this.#now() && this.#notes.size <= MOST) return;
      this.#notes.delete(key);
    }
  }
}
