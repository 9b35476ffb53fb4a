/**
 * What pages sent and were told, in the order in which it happened, checked as it happens: whatever
 * was acknowledged is seen by everything that is asked afterwards (Herlihy and Wing 1990, for the
 * few readings a session has). Pure but for its own record.
 */
import type { ClientMessage, ServerMessage, SessionView } from "../../protocol/messages.ts";
import { advance, type Cursor, CURSOR_START, type Side } from "../../protocol/receipts.ts";

/** A text the server said is durable (C1). */
export interface AckedText {
  readonly session: string;
  readonly from: Side;
  readonly client: string;
  readonly n: number;
  readonly seq: number;
  readonly text: string;
}

/** How far a session has come at least. */
interface Floor {
  readonly lastSeq: number;
  readonly cursors: Readonly<Record<Side, Cursor>>;
  /** It was answered: it never rings again by itself. */
  readonly answered: boolean;
  readonly ended: boolean;
}

const NOTHING: Floor = {
  lastSeq: 0,
  cursors: { technician: CURSOR_START, device: CURSOR_START },
  answered: false,
  ended: false,
};

/** Everything that happened in one run. */
export class History {
  readonly texts: AckedText[] = [];
  /** What was against the rules, as sentences. */
  readonly broken: string[] = [];
  /** How many connections were tried. */
  connections = 0;
  /** What is known to be durable, by session. */
  readonly #known = new Map<string, Floor>();

  /** A new connection of a page. */
  connection(side: Side, client: string): Wire {
    this.connections++;
    return new Wire(this, side, client);
  }

  /** A copy of what is durable now: what a connection that begins now must be told at least. */
  floors(): Map<string, Floor> {
    return new Map(this.#known);
  }

  /** Notes what an answer made durable. */
  learn(session: string, change: (floor: Floor) => Floor): void {
    this.#known.set(session, change(this.#known.get(session) ?? NOTHING));
  }
}

/** One connection: its frames go through here in their order. */
export class Wire {
  readonly #history: History;
  readonly #side: Side;
  readonly #client: string;
  readonly #asked = new Map<number, Exclude<ClientMessage, { type: "hello" }>>();
  #floors: Map<string, Floor> = new Map();

  constructor(history: History, side: Side, client: string) {
    this.#history = history;
    this.#side = side;
    this.#client = client;
  }

  /** The page sends this. */
  sent(message: ClientMessage): void {
    if (message.type === "hello") this.#floors = this.#history.floors();
    else this.#asked.set(message.id, message);
  }

  /** The page is told this. */
  told(message: ServerMessage): void {
    if (message.type === "session") this.#see(message.session, message.messages);
    if (message.type === "ended") this.#raise(message.session, (f) => ({ ...f, ended: true }));
    if (message.type === "welcome") this.#welcome(message.sessions);
    if (message.type === "ack") this.#acknowledged(message);
  }

  #acknowledged(ack: Extract<ServerMessage, { type: "ack" }>): void {
    const asked = this.#asked.get(ack.id);
    switch (asked?.type) {
      case "text.send": {
        if (!("seq" in ack)) return this.#wrong(asked.session, "a text's ack carries no number");
        const { session, n, text } = asked;
        const { seq } = ack;
        const [from, client] = [this.#side, this.#client];
        const again = this.#history.texts.find((one) =>
          one.session === session && one.client === client && one.from === from && one.n === n
        );
        if (again !== undefined && again.seq !== seq) {
          this.#wrong(session, `[C2] text ${n} is ${again.seq} and ${seq}`);
        }
        this.#history.texts.push({ session, from, client, n, seq, text });
        return this.#raise(session, (f) => ({ ...f, lastSeq: Math.max(f.lastSeq, seq) }));
      }
      case "text.cursor": {
        const to = { received: asked.received, read: asked.read };
        return this.#raise(asked.session, (f) => ({
          ...f,
          cursors: { ...f.cursors, [this.#side]: advance(f.cursors[this.#side], to) },
        }));
      }
      case "session.answer":
        return this.#raise(asked.session, (f) => ({ ...f, answered: true }));
      case "session.end":
      case "session.reject":
        return this.#raise(asked.session, (f) => ({ ...f, ended: true }));
    }
  }

  /** Learnt on this connection: true for it and for every later one. */
  #raise(session: string, change: (floor: Floor) => Floor): void {
    this.#floors.set(session, change(this.#floors.get(session) ?? NOTHING));
    this.#history.learn(session, change);
  }

  #welcome(sessions: readonly string[]): void {
    for (const id of sessions) {
      if (this.#floors.get(id)?.ended) this.#wrong(id, "is welcomed after its end");
    }
  }

  #see(view: SessionView, messages: readonly { readonly seq: number }[]): void {
    const { id, lastSeq, cursors } = view;
    const floor = this.#floors.get(id) ?? NOTHING;
    if (floor.ended) this.#wrong(id, "is told of after its end");
    if (lastSeq < floor.lastSeq) this.#wrong(id, `has ${lastSeq} messages, had ${floor.lastSeq}`);
    if (floor.answered && view.state.kind !== "open") {
      this.#wrong(id, `is ${view.state.kind} again`);
    }
    for (const side of ["technician", "device"] as const) {
      const [is, was] = [cursors[side], floor.cursors[side]];
      const inOrder = 0 <= is.read && is.read <= is.received && is.received <= lastSeq;
      if (!inOrder) this.#wrong(id, `[C3] ${side} at ${JSON.stringify(is)} of ${lastSeq}`);
      if (is.read < was.read || is.received < was.received) {
        this.#wrong(id, `[C3] ${side} went back to ${JSON.stringify(is)}`);
      }
    }
    if (messages.some(({ seq }) => seq > lastSeq)) this.#wrong(id, "a message is beyond the last");
    const ended = floor.ended;
    const answered = view.state.kind === "open";
    this.#floors.set(id, { lastSeq, cursors, answered, ended });
    // What a page was shown is durable: nobody may be shown less by asking later.
    this.#history.learn(id, (known) => ({
      lastSeq: Math.max(known.lastSeq, lastSeq),
      cursors: {
        technician: advance(known.cursors.technician, cursors.technician),
        device: advance(known.cursors.device, cursors.device),
      },
      answered: known.answered || answered,
      ended: known.ended,
    }));
  }

  #wrong(session: string, what: string): void {
    this.#history.broken.push(`${this.#side}'s page ${this.#client}: session ${session} ${what}`);
  }
}
