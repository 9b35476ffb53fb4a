/** Calls as they are made by pages, each with its beginning and its end. */
import { PROTOCOL_VERSION } from "../../../protocol/frames.ts";
import type { ErrorCode } from "../../../protocol/errors.ts";
import type { Command, ServerMessage, SessionView } from "../../../protocol/messages.ts";
import { readServerFrame } from "../../../protocol/server_frame.ts";
import { type Asked, type Caller, type Result, type SessionCall, showsAs } from "./model.ts";

/** How long an answer may take, in milliseconds. */
const PATIENCE = 30_000;

/** Refusals that say nothing about whether it was done. */
const UNSURE: ReadonlySet<ErrorCode> = new Set<ErrorCode>(["busy", "internal", "not_ready"]);

/** A socket to some process. */
export interface Wire {
  send(frame: string): void;
  close(): void;
}

/** Opens one; `lost` is called when the server or the network closes it. */
export type Open = (
  events: { opened(): void; frame(data: unknown): void; lost(): void },
) => Wire;

/** The calls of one device, in the order in which they ended. */
export class Recorder {
  readonly calls: SessionCall[] = [];
  #moment = 0;

  /** A moment after all that were given out before. */
  tick(): number {
    return this.#moment++;
  }
}

/** A page that makes one call at a time. */
export class Page {
  /** The sessions this connection was shown, as it was shown them last. */
  readonly held = new Map<string, SessionView>();
  readonly #recorder: Recorder;
  readonly #device: string;
  #wire: Wire | null = null;
  #nextId = 1;
  readonly #ears = new Set<(message: ServerMessage | null) => void>();

  /** Its technician may have sessions with other devices, too: they are no part of this. */
  constructor(readonly who: Caller, device: string, recorder: Recorder) {
    this.#device = device;
    this.#recorder = recorder;
  }

  /** Connects and says hello; resolves at the welcome, false: the connection was lost before. */
  async connect(open: Open): Promise<boolean> {
    if (this.#wire !== null) this.drop();
    const { client } = this.who;
    const hello = { type: "hello", version: PROTOCOL_VERSION, client, lastSeq: {} };
    const welcomed = this.#hear((message) => message?.type === "welcome" || message === null);
    const wire = open({
      opened: () => wire.send(JSON.stringify(hello)),
      frame: (data) => {
        const message = readServerFrame(data);
        if (this.#wire === wire && message !== null) this.#take(message);
      },
      lost: () => {
        if (this.#wire === wire) this.drop();
      },
    });
    this.#wire = wire;
    return await welcomed !== null;
  }

  /** Loses the connection, with whatever is on its way. */
  drop(): void {
    const wire = this.#wire;
    this.#wire = null;
    this.held.clear();
    wire?.close();
    this.#tell(null);
  }

  /** Asks, and records what was asked and answered. */
  async ask(asked: Exclude<Asked, { type: "look" }>): Promise<Result> {
    const from = this.#recorder.tick();
    const id = this.#nextId++;
    const answered = this.#hear((message) =>
      message === null ||
      (message.type === "ack" || message.type === "rejected") && message.id === id
    );
    this.#wire?.send(JSON.stringify({ ...frameOf(asked, this.#device), id }));
    if (this.#wire === null) this.#tell(null);
    return this.#record(from, asked, resultOf(await answered));
  }

  /** Comes anew and records what it is shown; for pages of the device. */
  async look(open: Open): Promise<Result> {
    this.drop();
    const from = this.#recorder.tick();
    let [session, result]: [string | null, Result] = [null, { kind: "unknown" }];
    const shown = this.#hear((message) => {
      if (message === null) return true;
      if (message.type === "welcome") {
        session = message.sessions[0] ?? null;
        if (session === null) result = { kind: "shown", view: null };
      }
      if (message.type === "ended" && message.session === session) {
        result = { kind: "shown", view: null };
      }
      if (message.type === "session" && message.session.id === session) {
        result = { kind: "shown", view: showsAs(message.session) };
      }
      return result.kind === "shown";
    });
    await Promise.all([this.connect(open), shown]);
    return this.#record(from, { type: "look" }, result);
  }

  #record(from: number, asked: Asked, result: Result): Result {
    const to = result.kind === "unknown" ? Infinity : this.#recorder.tick();
    this.#recorder.calls.push({ by: this.who, asked, result, from, to });
    return result;
  }

  /** The next message for which `wanted` holds; null: the connection was lost. */
  #hear(wanted: (message: ServerMessage | null) => boolean): Promise<ServerMessage | null> {
    return new Promise((done, failed) => {
      const timer = setTimeout(
        () => failed(new Error(`${this.who.client} was not answered within ${PATIENCE} ms`)),
        PATIENCE,
      );
      const ear = (message: ServerMessage | null) => {
        if (!wanted(message)) return;
        clearTimeout(timer);
        this.#ears.delete(ear);
        done(message);
      };
      this.#ears.add(ear);
    });
  }

  #take(message: ServerMessage): void {
    const ours = message.type === "session" && message.session.device.id === this.#device;
    if (ours) this.held.set(message.session.id, message.session);
    if (message.type === "ended") this.held.delete(message.session);
    this.#tell(message);
  }

  #tell(message: ServerMessage | null): void {
    for (const ear of [...this.#ears]) ear(message);
  }
}

function frameOf(asked: Exclude<Asked, { type: "look" }>, device: string): Command {
  if (asked.type === "start") return { type: "session.start", device };
  const { session, command } = asked;
  if (command.type === "text.send") {
    const { type, n, text } = command;
    return { type, session, n, text };
  }
  if (command.type === "call.media") {
    const { type, medium, muted, trouble } = command;
    return { type, session, medium, muted, screen: false, trouble };
  }
  return { ...command, session };
}

function resultOf(message: ServerMessage | null): Result {
  if (message?.type === "ack") {
    return {
      kind: "ack",
      ...("session" in message ? { session: message.session } : {}),
      ...("seq" in message ? { seq: message.seq } : {}),
    };
  }
  if (message?.type !== "rejected" || UNSURE.has(message.code)) return { kind: "unknown" };
  return { kind: "rejected", code: message.code };
}
