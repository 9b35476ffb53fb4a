/**
 * A session server for tests, made of the real rules (`decide`), behind a network that drops, delays
 * and repeats. Pages are the real reducer and the real sender.
 */
import { isRejection } from "../../protocol/errors.ts";
import {
  decide,
  type Message,
  type Session,
  type SessionCommand,
  startSession,
} from "../../protocol/session.ts";
import type { Command, ServerMessage, SessionView } from "../../protocol/messages.ts";
import { EVERYTHING_ON } from "../../protocol/service.ts";
import type { Side } from "../../protocol/receipts.ts";
import type { CommandResult } from "../../client/connection.ts";
import { heldSeqs, type LiveState, NOTHING_KNOWN, reduce } from "../../client/live_state.ts";
import { Sender } from "../../client/sender.ts";

const AROUND = { now: 1000, available: EVERYTHING_ON, node: "node", ringFor: 60_000 };
const ID = "session";

type SendText = Extract<Command, { type: "text.send" }>;

/** The server: a head and a log. */
export class FakeServer {
  head: Session;
  readonly log: Message[] = [];
  readonly pages: FakePage[] = [];
  /** Answers the next commands with "busy", changing nothing. */
  busy = 0;
  /** Whether an answer goes out before what it changed, or after. */
  ackFirst = false;

  constructor() {
    const device = { id: "device", name: "Device" };
    const technician = { id: "technician", name: "Technician" };
    const started = startSession({ id: ID, device, technician, client: "tab-1" }, AROUND);
    if (isRejection(started)) throw new Error(started.code);
    this.head = started;
    this.take("device", "tab-2", { type: "session.answer", as: "text" });
  }

  /** Decides one command. */
  take(
    side: Side,
    client: string,
    command: SessionCommand,
  ): CommandResult {
    if (this.busy > 0) {
      this.busy--;
      return { kind: "rejected", code: "busy" };
    }
    const decision = decide(this.head, { by: side, client, command }, AROUND);
    if (decision.kind === "rejected") {
      return { kind: "rejected", code: decision.code };
    }
    this.head = decision.session;
    let seq = 0;
    for (const effect of decision.effects) {
      if (effect.kind === "append") seq = this.log.push(effect.message);
      if (effect.kind === "duplicate") seq = this.seqOf(effect.client, effect.n);
    }
    return { kind: "ack", body: { type: "ack", id: 0, seq } };
  }

  private seqOf(client: string, n: number): number {
    return this.log.find((one) => one.client === client && one.n === n)?.seq ?? 0;
  }

  view(client: string): SessionView {
    const { outbox, ...head } = this.head;
    return { ...head, outboxN: (outbox.technician[client] ?? outbox.device[client])?.n ?? 0 };
  }
}

interface Flying {
  readonly command: SendText;
  readonly life: number;
  readonly answer: (result: CommandResult) => void;
}

/** A page that can lose its connection and be reloaded. */
export class FakePage {
  state: LiveState = NOTHING_KNOWN;
  sender: Sender;
  private online = false;
  private synced = false;
  private life = 0;
  private told = 0;
  private stored: string | null = null;
  private readonly up: Flying[] = [];
  private down: (() => void)[] = [];
  private timers: (() => void)[] = [];

  constructor(
    readonly server: FakeServer,
    readonly side: Side,
    readonly client: string,
  ) {
    server.pages.push(this);
    this.sender = this.makeSender();
  }

  /** What the person has in front of them: the log, then the outbox. */
  texts(): string[] {
    const log = this.state.sessions.get(ID)?.log ?? [];
    return [...log.map(({ text }) => text), ...this.sender.entries.map(({ text }) => text)];
  }

  connect(): void {
    if (this.online) return;
    this.online = true;
    this.life++;
    this.told = heldSeqs(this.state)[ID] ?? 0;
    this.tell();
  }

  /** The connection is gone; what was on its way up may still arrive, of what came down nothing. */
  drop(lost: number): void {
    this.online = this.synced = false;
    this.down = [];
    this.up.splice(Math.max(0, this.up.length - lost));
    for (const answer of this.waiting.splice(0)) answer({ kind: "disconnected" });
  }

  reload(): void {
    this.drop(0);
    this.sender.stop();
    this.state = NOTHING_KNOWN;
    this.timers = [];
    this.sender = this.makeSender();
  }

  /** The server reads the next command of this page. */
  arriveUp(): boolean {
    const flying = this.up.shift();
    if (flying === undefined) return false;
    const { server } = this;
    const { type, n, text, attachment: id } = flying.command;
    const attachment = id === undefined ? undefined : { id, name: id, type: "image/png", size: 1 };
    const result = server.take(this.side, this.client, { type, n, text, attachment });
    const answer = () => flying.answer(result);
    const current = this.online && flying.life === this.life;
    if (current && server.ackFirst) this.down.push(answer);
    for (const page of server.pages) page.tell();
    if (current && !server.ackFirst) this.down.push(answer);
    return true;
  }

  /** The page reads the next frame. */
  arriveDown(): boolean {
    const frame = this.down.shift();
    frame?.();
    return frame !== undefined;
  }

  /** Timers of the page fire. */
  fire(): void {
    for (const timer of this.timers.splice(0)) timer();
  }

  /** The server sends what this page does not have. */
  tell(): void {
    if (!this.online) return;
    const { server } = this;
    const messages = server.log.slice(this.told);
    this.told = server.log.length;
    const frame: ServerMessage = { type: "session", session: server.view(this.client), messages };
    this.down.push(() => this.read(frame));
  }

  private read(frame: Extract<ServerMessage, { type: "session" }>): void {
    const { state, gap } = reduce(this.state, frame, 0);
    if (gap) throw new Error("a live connection has no gaps");
    this.state = state;
    this.synced = true;
    this.sender.arrived(frame.messages);
  }

  private readonly waiting: ((result: CommandResult) => void)[] = [];

  private command(command: Command): Promise<CommandResult> {
    if (command.type !== "text.send") throw new Error("a sender only sends text");
    if (!this.online) return Promise.resolve({ kind: "disconnected" });
    return new Promise((answer) => {
      this.waiting.push(answer);
      this.up.push({ command, life: this.life, answer });
    });
  }

  private makeSender(): Sender {
    return new Sender({
      session: ID,
      page: this.client,
      command: (command) => this.command(command),
      view: () => {
        const record = this.state.sessions.get(ID);
        if (!this.synced || record === undefined) return null;
        return { outboxN: record.view.outboxN, held: record.log.length };
      },
      stored: () => this.stored,
      keep: (text) => this.stored = text,
      after: (_, then) => this.timers.push(then),
      now: () => 0,
    });
  }
}

/** Lets all promises that can go on do so. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
