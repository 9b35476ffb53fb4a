/** A page of the soak: a real socket that comes back by itself and checks all it is sent. */
import { CLOSE_CODE, type ErrorCode } from "../../protocol/errors.ts";
import { PROTOCOL_VERSION } from "../../protocol/frames.ts";
import type { Command, ServerMessage, SessionView } from "../../protocol/messages.ts";
import type { Side } from "../../protocol/receipts.ts";
import { readServerFrame } from "../../protocol/server_frame.ts";
import { openSocket } from "../bench/bot.ts";
import type { Login } from "../bench/product.ts";

/** How long a page rests before it connects again, in milliseconds. */
const PAUSE_MS = 500;
/** A command that is not answered within this is asked again on a new connection, in milliseconds. */
const PATIENCE_MS = 20_000;

/** What is refused for a moment only. */
const LATER: ReadonlySet<string> = new Set<ErrorCode>(["busy", "rate_limited"]);

/** What a page holds of one session. */
export interface Held {
  view: SessionView;
  lastSeq: number;
  /** Texts by page and its number there: the number each got. */
  readonly texts: Map<string, number>;
}

/** What happened to all pages together. */
export interface Tally {
  readonly wrong: string[];
  connections: number;
  /** How often the server refused for a while, and was asked again, by what it was asked. */
  readonly later: Record<string, number>;
  /** Frames that brought what the page held already. */
  again: number;
}

type Answer = Extract<ServerMessage, { type: "ack" | "rejected" }>;

/** Who a page is. */
export interface PageIdentity {
  readonly origin: string;
  readonly side: Side;
  readonly login: Login;
  /** The page's own name. */
  readonly client: string;
}

/** One page. */
export class SoakPage {
  readonly client: string;
  readonly sessions = new Map<string, Held>();
  /** Called after every frame about a session. */
  onSession: (session: string) => void = () => {};
  readonly #identity: PageIdentity;
  readonly #tally: Tally;
  readonly #waiting = new Map<number, (answer: Answer | null) => void>();
  readonly #looking = new Set<() => void>();
  #socket: WebSocket | null = null;
  #nextId = 1;
  #over = false;

  constructor(identity: PageIdentity, tally: Tally) {
    this.client = identity.client;
    this.#identity = identity;
    this.#tally = tally;
  }

  /** Connects, and again whenever the connection is lost; resolves with the first welcome. */
  async open(): Promise<void> {
    while (!this.#over) {
      try {
        return await this.#connect();
      } catch {
        await pause(PAUSE_MS);
      }
    }
  }

  /** Loses the connection, as on a train. */
  drop(): void {
    this.#socket?.close();
  }

  /** Closes the page. */
  close(): void {
    this.#over = true;
    this.#socket?.close();
  }

  /** Asks until somebody answers: after a lost connection, and where the server is busy. */
  async insist(command: Command): Promise<Answer> {
    for (;;) {
      const answer = await this.#ask(command);
      const later = answer?.type === "rejected" && LATER.has(answer.code) ? answer.code : null;
      if (answer !== null && later === null) return answer;
      if (later !== null) {
        const what = `${command.type} ${later}`;
        this.#tally.later[what] = (this.#tally.later[what] ?? 0) + 1;
      }
      await pause(PAUSE_MS);
    }
  }

  /** Resolves once `met`, looked at after every frame; false: not within `patience` milliseconds. */
  async until(met: () => boolean, patience = PATIENCE_MS): Promise<boolean> {
    if (met()) return true;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const look = () => {
      if (met()) resolve(true);
    };
    this.#looking.add(look);
    const timer = setTimeout(resolve, patience, false);
    const result = await promise;
    clearTimeout(timer);
    this.#looking.delete(look);
    return result;
  }

  #ask(command: Command): Promise<Answer | null> {
    const socket = this.#socket;
    if (socket === null || socket.readyState !== WebSocket.OPEN) return Promise.resolve(null);
    const id = this.#nextId++;
    return new Promise((answer) => {
      const timer = setTimeout(() => socket.close(), PATIENCE_MS);
      this.#waiting.set(id, (said) => {
        clearTimeout(timer);
        answer(said);
      });
      socket.send(JSON.stringify({ ...command, id }));
    });
  }

  async #connect(): Promise<void> {
    const { origin, side, login } = this.#identity;
    this.#tally.connections++;
    const url = `${origin.replace("http", "ws")}/api/socket/${side}`;
    const socket = await openSocket(url, { cookie: login.cookie, origin });
    if (this.#over) return socket.close();
    const welcomed = Promise.withResolvers<void>();
    socket.addEventListener("message", ({ data }) => {
      const message = readServerFrame(data);
      if (message?.type === "welcome") {
        this.#socket = socket;
        welcomed.resolve();
      }
      if (message !== null) this.#take(message);
    });
    socket.addEventListener("close", ({ code, reason }) => {
      welcomed.reject(new Error("closed"));
      if (code === CLOSE_CODE) this.#tally.wrong.push(`${this.client} was closed: ${reason}`);
      if (this.#socket === socket) this.#lost();
    });
    const lastSeq = Object.fromEntries([...this.sessions].map(([id, held]) => [id, held.lastSeq]));
    socket.send(
      JSON.stringify({ type: "hello", version: PROTOCOL_VERSION, client: this.client, lastSeq }),
    );
    await welcomed.promise;
  }

  #lost(): void {
    this.#socket = null;
    for (const answer of this.#waiting.values()) answer(null);
    this.#waiting.clear();
    if (!this.#over) setTimeout(() => void this.open(), PAUSE_MS);
  }

  #take(message: ServerMessage): void {
    switch (message.type) {
      case "ack":
      case "rejected":
        if (message.id === null) break;
        this.#waiting.get(message.id)?.(message);
        this.#waiting.delete(message.id);
        break;
      case "session":
        this.#read(message);
        this.onSession(message.session.id);
        break;
      case "ended":
        this.sessions.delete(message.session);
        break;
      case "welcome":
        for (const id of this.sessions.keys()) {
          if (!message.sessions.includes(id)) this.sessions.delete(id);
        }
        break;
    }
    for (const look of this.#looking) look();
  }

  #read({ session: view, messages }: Extract<ServerMessage, { type: "session" }>): void {
    const held = this.sessions.get(view.id) ?? { view, lastSeq: 0, texts: new Map() };
    held.view = view;
    this.sessions.set(view.id, held);
    for (const { seq, client, n } of messages) {
      const name = `${client} ${n}`;
      const before = held.texts.get(name);
      if (before !== undefined && before !== seq) this.#wrong(view.id, `${name} came twice`);
      if (seq <= held.lastSeq) {
        this.#tally.again++;
        continue;
      }
      if (seq !== held.lastSeq + 1) this.#wrong(view.id, `${seq} came after ${held.lastSeq}`);
      held.lastSeq = seq;
      held.texts.set(name, seq);
    }
  }

  #wrong(session: string, what: string): void {
    this.#tally.wrong.push(`[C2] ${this.client}, session ${session}: ${what}`);
  }
}

/** Time that is part of what a page does. */
export function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
