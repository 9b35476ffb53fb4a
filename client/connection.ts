/**
 * The page's one socket to a web process: says hello, numbers commands and hands back their answers,
 * notices a dead connection and comes back for as long as the page lives (design section 10).
 */
import { signal } from "@preact/signals";
import {
  CLOSE_CODE,
  type CloseReason,
  type ErrorCode,
  type Holder,
  isFinalClose,
} from "../protocol/errors.ts";
import { PROTOCOL_VERSION } from "../protocol/frames.ts";
import type { ClientMessage, Command, ServerMessage } from "../protocol/messages.ts";
import { readServerFrame } from "../protocol/server_frame.ts";
import { LONGEST_IN_CALL, LONGEST_PAUSE, pauseBefore } from "./reconnect.ts";

/** A dead TCP connection can look like one that is still being made. */
const CONNECT_WITHIN = 5_000;
const PROBE_WITHIN = 2_000;
/** A command that is not answered within this is a reason to ask whether anybody is there. */
const ANSWER_WITHIN = 3_000;
/** A connection that lasted this long was a good one: the next loss is met without a pause again. */
const PROVEN_AFTER = 3_000;
/** Until `welcome` names the server's own figure. */
const DEFAULT_SILENCE = 60_000;

/** How the connection stands. "closed" is final: only a reload or a person changes it. */
export type ConnectionState =
  | { readonly kind: "connecting"; readonly lost: boolean }
  | { readonly kind: "online" }
  | { readonly kind: "closed"; readonly reason: CloseReason };

/** What became of a command. "disconnected": nobody knows, ask again after the next hello. */
export type CommandResult =
  | { readonly kind: "ack"; readonly body: AckFrame }
  | { readonly kind: "rejected"; readonly code: ErrorCode; readonly holder?: Holder }
  | { readonly kind: "disconnected" };

/** An `ack` as it came; which body it has follows from the command. */
export type AckFrame = Extract<ServerMessage, { type: "ack" }>;

/** An open or opening socket. */
export interface Socket {
  send(data: string): void;
  close(): void;
}

/** What a socket tells; nothing after `closed`. */
export interface SocketEvents {
  opened(): void;
  frame(data: unknown): void;
  closed(code: number, reason: string): void;
}

/** The world around a connection, replaceable in tests. */
export interface ConnectionWorld {
  open(events: SocketEvents): Socket;
  /** Runs `then` after `ms`; the returned function cancels. */
  after(ms: number, then: () => void): () => void;
  random(): number;
}

/** What a connection needs of the page. */
export interface ConnectionPorts {
  readonly client: string;
  /** Per session, the highest message number this page holds without a gap. */
  lastSeq(): Readonly<Record<string, number>>;
  /** Every frame that is not the answer to a command. */
  receive(message: Exclude<ServerMessage, AckFrame>): void;
}

/** One page's connection. */
export class Connection {
  readonly state = signal<ConnectionState>({ kind: "connecting", lost: false });
  /** People talk to each other, or are about to: it is tried again sooner. */
  inCall = false;
  private socket: Socket | null = null;
  private attempt = 0;
  private nextId = 1;
  private silence = DEFAULT_SILENCE;
  private readonly waiting = new Map<number, (result: CommandResult) => void>();
  private cancelDeadline = () => {};
  /** A probe is under way. */
  private doubted = false;
  private cancelSilence = () => {};
  private cancelRetry = () => {};
  private cancelProven = () => {};

  constructor(private readonly ports: ConnectionPorts, private readonly world: ConnectionWorld) {}

  /** Opens the socket; from here on the connection looks after itself. */
  start(): void {
    this.connect();
  }

  /** Ends it for good, without a reason: the page is going away. */
  stop(): void {
    this.dropSocket();
    this.cancelRetry();
  }

  /** Sends a command. Never rejects; without a connection the answer is "disconnected". */
  command(command: Command): Promise<CommandResult> {
    if (this.state.value.kind !== "online") return Promise.resolve({ kind: "disconnected" });
    const id = this.nextId++;
    const calm = this.world.after(ANSWER_WITHIN, () => this.probe());
    const answered = new Promise<CommandResult>((answer) =>
      this.waiting.set(id, (result) => {
        calm();
        answer(result);
      })
    );
    this.send({ ...command, id });
    return answered;
  }

  /** Is it still there? Call when the page woke up: a dead socket is replaced without a pause. */
  probe(): void {
    switch (this.state.value.kind) {
      case "closed":
        return;
      case "connecting":
        if (this.socket === null) this.connect();
        return;
      case "online":
        // Whoever asks again meanwhile does not put off the verdict.
        if (this.doubted) return;
        this.send({ type: "ping", id: this.nextId++ });
        this.expectWithin(PROBE_WITHIN);
        this.doubted = true;
    }
  }

  /** Starts over with a new socket at once: what arrived had a gap. */
  refresh(): void {
    if (this.state.value.kind !== "closed") this.lose();
  }

  /** Call when the network is another one: what is open or opening over the old one is given up. */
  renew(): void {
    if (this.state.value.kind === "closed") return;
    this.dropSocket();
    this.state.value = { kind: "connecting", lost: true };
    this.connect();
  }

  private connect(): void {
    this.cancelRetry();
    const ifCurrent = (then: () => void) => this.socket === socket && then();
    const socket = this.world.open({
      opened: () => ifCurrent(() => this.hello()),
      frame: (data) => ifCurrent(() => this.read(data)),
      closed: (code, reason) => ifCurrent(() => this.closed(code, reason)),
    });
    this.socket = socket;
    this.expectWithin(CONNECT_WITHIN);
  }

  private hello(): void {
    const lastSeq = { ...this.ports.lastSeq() };
    const client = this.ports.client;
    this.send({ type: "hello", version: PROTOCOL_VERSION, client, lastSeq });
  }

  private read(data: unknown): void {
    const message = readServerFrame(data);
    if (message === null) return;
    this.heard();
    if (message.type === "ack") return this.answer(message.id, { kind: "ack", body: message });
    if (message.type === "welcome") this.welcomed(message.silence);
    if (message.type === "rejected" && message.id !== null) {
      const { code, holder } = message;
      this.answer(message.id, { kind: "rejected", code, ...(holder && { holder }) });
    }
    this.ports.receive(message);
  }

  private welcomed(silence: number): void {
    this.silence = silence;
    this.cancelDeadline();
    this.cancelProven = this.world.after(PROVEN_AFTER, () => this.attempt = 0);
    this.state.value = { kind: "online" };
    this.heard();
  }

  private answer(id: number, result: CommandResult): void {
    this.waiting.get(id)?.(result);
    this.waiting.delete(id);
  }

  /** Any frame proves that the connection lives. */
  private heard(): void {
    if (this.state.value.kind !== "online") return;
    this.doubted = false;
    this.cancelDeadline();
    this.cancelSilence();
    this.cancelSilence = this.world.after(this.silence, () => this.probe());
  }

  private expectWithin(ms: number): void {
    this.cancelDeadline();
    this.cancelDeadline = this.world.after(ms, () => this.lose());
  }

  private closed(code: number, reason: string): void {
    if (code !== CLOSE_CODE || !isFinalClose(reason)) return this.lose();
    this.dropSocket();
    this.state.value = { kind: "closed", reason: reason as CloseReason };
  }

  private lose(): void {
    this.dropSocket();
    this.state.value = { kind: "connecting", lost: true };
    const longest = this.inCall ? LONGEST_IN_CALL : LONGEST_PAUSE;
    const pause = pauseBefore(this.attempt++, this.world.random(), longest);
    this.cancelRetry();
    this.cancelRetry = this.world.after(pause, () => this.connect());
  }

  private dropSocket(): void {
    this.doubted = false;
    this.cancelDeadline();
    this.cancelSilence();
    this.cancelProven();
    const { socket } = this;
    this.socket = null;
    socket?.close();
    const unanswered = [...this.waiting.values()];
    this.waiting.clear();
    for (const answer of unanswered) answer({ kind: "disconnected" });
  }

  private send(message: ClientMessage): void {
    this.socket?.send(JSON.stringify(message));
  }
}
