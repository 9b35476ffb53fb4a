/** What every page's socket has in common: frames, hello, command numbers, limits. */
import { errorSentence, reject, type Rejection } from "../protocol/errors.ts";
import {
  type AckBody,
  type ClientMessage,
  type Hello,
  parseClientFrame,
  type ParsedFrame,
  PROTOCOL_VERSION,
  type ServerMessage,
} from "../protocol/messages.ts";
import type { Clock, Connection, PageHandler } from "./ports.ts";

/** A command: what a page may send after its hello. */
export type PageCommand = Exclude<ClientMessage, { type: "hello" } | { type: "ping" }>;

/** What a page of one kind does; see technician_page.ts and device_page.ts. */
export interface PageRole {
  /** The page introduced itself, for the first time or again. Sends `welcome`. */
  hello(hello: Hello): Promise<void>;
  command(command: PageCommand): Promise<AckBody | Rejection>;
  closed(): void;
}

/** How many frames a page may send at once. */
const BURST = 200;
/** How many frames a second it may send in the long run. */
const FRAMES_A_SECOND = 50;
/** How many refused frames in a row end the connection. */
const MAX_STRIKES = 500;
/** How much may wait for a slow network before the page has to come back, in bytes. */
const MAX_BUFFERED = 4 * 1024 * 1024;

/** One page's socket: turns frames into commands and answers into frames (design section 10). */
export class PageSocket implements PageHandler {
  readonly #connection: Connection;
  readonly #clock: Clock;
  #role: PageRole | null = null;
  #greeting: Promise<void> | null = null;
  #closed = false;
  #allowance = BURST;
  #countedAt: number;
  #strikes = 0;

  constructor(connection: Connection, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
    this.#countedAt = clock.now();
  }

  /** Says whose page this is; before that every frame is refused. */
  serve(role: PageRole): void {
    this.#role = role;
  }

  /** The page has said hello and was answered. */
  get ready(): boolean {
    return this.#greeting !== null && !this.#closed;
  }

  /** Sends one message, unless the page is gone or too slow to take it. */
  send(message: ServerMessage): void {
    if (this.#closed) return;
    if (this.#connection.buffered > MAX_BUFFERED) return this.#connection.close("too_slow");
    this.#connection.send(JSON.stringify(message));
  }

  receive(data: unknown): void {
    if (this.#closed) return;
    const parsed = parseClientFrame(data);
    if (!this.#withinRate()) return this.#strike(commandId(parsed));
    if (!parsed.ok) return this.#refuse(parsed.id, reject(parsed.code));
    const { message } = parsed;
    switch (message.type) {
      case "hello":
        this.#greet(message);
        return;
      case "ping":
        this.send({ type: "pong", id: message.id });
        return;
      default:
        this.#answer(message);
    }
  }

  closed(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#role?.closed();
  }

  #greet(hello: Hello): void {
    if (hello.version !== PROTOCOL_VERSION) return this.#connection.close("version");
    const role = this.#role;
    if (role === null) return;
    this.#greeting = role.hello(hello).catch((error) => {
      console.error("a page could not be welcomed; it is told to come back:", error);
      this.#connection.close("unavailable");
    });
  }

  async #answer(command: PageCommand): Promise<void> {
    if (this.#role === null || this.#greeting === null) {
      return this.#refuse(command.id, reject("not_ready"));
    }
    try {
      await this.#greeting;
      const answer = await this.#role.command(command);
      if (isRejection(answer)) this.#refuse(command.id, answer);
      else this.send({ type: "ack", id: command.id, ...answer });
    } catch (error) {
      console.error(`the command ${command.type} failed:`, error);
      this.#refuse(command.id, reject("internal"));
    }
  }

  #refuse(id: number | null, { code, detail }: Rejection): void {
    this.send({ type: "rejected", id, code, message: detail ?? errorSentence(code) });
  }

  /** A token bucket: {@link BURST} at once, {@link FRAMES_A_SECOND} in the long run. */
  #withinRate(): boolean {
    const now = this.#clock.now();
    const earned = Math.max(0, now - this.#countedAt) / 1000 * FRAMES_A_SECOND;
    this.#allowance = Math.min(BURST, this.#allowance + earned);
    this.#countedAt = now;
    if (this.#allowance < 1) return false;
    this.#allowance--;
    this.#strikes = 0;
    return true;
  }

  /** A breach is a refusal first, a close only when it goes on. */
  #strike(id: number | null): void {
    this.#strikes++;
    if (this.#strikes > MAX_STRIKES) return this.#connection.close("flooding");
    this.#refuse(id, reject("rate_limited"));
  }
}

function commandId(parsed: ParsedFrame): number | null {
  if (!parsed.ok) return parsed.id;
  return parsed.message.type === "hello" ? null : parsed.message.id;
}

/** Whether a command was refused. */
export function isRejection(answer: AckBody | Rejection): answer is Rejection {
  return "kind" in answer;
}
