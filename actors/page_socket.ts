/** What every page's socket has in common: frames, hello, command numbers, limits. */
import { log, logFailure } from "../log/log.ts";
import { rejectionSentence } from "../protocol/error_sentences.ts";
import { type CloseReason, isRejection, reject, type Rejection } from "../protocol/errors.ts";
import {
  type AckBody,
  type Hello,
  parseClientFrame,
  type ParsedFrame,
  type ServerMessage,
} from "../protocol/messages.ts";
import { StoreFailed } from "../store/store_failed.ts";
import { Allowance } from "./allowance.ts";
import { Backlog } from "./backlog.ts";
import type { Errands } from "./errands.ts";
import { admits, type Load } from "./load.ts";
import type { PageOut } from "./page_ports.ts";
import type { Clock, Connection, PageCommand, PageHandler } from "./ports.ts";

/** What a page of one kind does; see technician_page.ts and device_page.ts. */
export interface PageRole {
  /** The page introduced itself, for the first time or again. Sends `welcome`. */
  hello(hello: Hello): Promise<void>;
  command(command: PageCommand): Promise<AckBody | Rejection>;
  closed(): void;
}

/** How many frames a page may send. */
const FRAMES = { burst: 200, perSecond: 50 };
/** How often it may introduce itself: each time it is sent all it does not hold. */
const HELLOS = { burst: 10, perSecond: 1 };
/** How many of its commands may be under way: pages wait for answers. */
const MAX_UNDER_WAY = 100;
/** How many refused frames end the connection, unless the page pauses in between. */
const MAX_STRIKES = 500;
/**
 * How much may wait for a slow network before the page has to come back, in bytes: the list of
 * 20,000 devices alone takes 5 MB.
 */
const MAX_BUFFERED = 16 * 1024 * 1024;

/** The one frame that is the same for every page. */
const HEARTBEAT = JSON.stringify({ type: "heartbeat" } satisfies ServerMessage);

/** What the sockets of all pages of a process share. */
export interface SocketServices {
  readonly clock: Clock;
  readonly errands: Errands;
  /** How loaded this process is. */
  readonly load: () => Load;
}

/** What all pages of a page's person may do together; each takes one, if there is one. */
export interface PersonAllowance {
  /** A frame. */
  maySend(): boolean;
  /** A hello. */
  mayGreet(): boolean;
}

/** One page's socket: turns frames into commands and answers into frames (design section 10). */
export class PageSocket implements PageHandler, PageOut {
  readonly #connection: Connection;
  readonly #services: SocketServices;
  readonly #allowance: Allowance;
  readonly #hellos: Allowance;
  readonly #backlog: Backlog;
  readonly #person: PersonAllowance;
  #underWay = 0;
  #role: PageRole | null = null;
  #gone: () => void = () => {};
  /** Of the newest hello; null: none came yet. */
  #greeting: Promise<void> | null = null;
  #welcomed = false;
  /** Takes frames: not any more once the process goes. */
  #listening = true;
  #closed = false;
  #strikes = 0;
  /** How many frames are being answered. */
  #unanswered = 0;
  #leaving = false;

  constructor(connection: Connection, services: SocketServices, person: PersonAllowance) {
    const { clock } = services;
    this.#connection = connection;
    this.#services = services;
    this.#person = person;
    this.#allowance = new Allowance(FRAMES, clock);
    this.#hellos = new Allowance(HELLOS, clock);
    this.#backlog = new Backlog(connection, clock, () => this.close("too_slow"));
  }

  get congested(): boolean {
    return this.#backlog.congested;
  }

  whenClear(run: () => void): void {
    if (!this.#closed) this.#backlog.whenClear(run);
  }

  /** Says whose page this is, and what to do when it has gone. */
  serve(role: PageRole, gone: () => void): void {
    this.#role = role;
    this.#gone = gone;
  }

  send(message: ServerMessage): void {
    if (message.type === "welcome") this.#welcomed = true;
    this.#write(JSON.stringify(message));
  }

  /** Sends what concerns every page, once this one was welcomed. */
  tell(message: ServerMessage): void {
    if (this.#welcomed) this.send(message);
  }

  /** Shows a page that was welcomed that the server is there; one that is still receiving bytes knows already. */
  beat(): void {
    if (this.#welcomed && !this.congested) this.#write(HEARTBEAT);
  }

  close(reason: CloseReason): void {
    this.#connection.close(reason);
  }

  /** From here on nothing the page sends is taken; what was taken is still answered. */
  stopListening(): void {
    this.#listening = false;
  }

  /** The page came when the process was going already. */
  turnAway(): this {
    this.stopListening();
    this.close("shutting_down");
    return this;
  }

  /** Takes nothing more, answers what was taken, then tells the page to come back. */
  leave(): void {
    this.stopListening();
    this.#leaving = true;
    if (this.#unanswered === 0) this.close("shutting_down");
  }

  receive(data: unknown): void {
    if (this.#closed || !this.#listening) return;
    const parsed = parseClientFrame(data);
    if (!this.#withinRate()) return this.#strike(commandId(parsed));
    if (!parsed.ok) {
      if (parsed.code === "version") return this.close("version");
      return this.#refuse(parsed.id, reject(parsed.code));
    }
    const { message } = parsed;
    switch (message.type) {
      case "hello":
        if (!this.#hellos.take() || !this.#person.mayGreet()) return this.#strike(null);
        this.#greeting = this.#greet(this.#greeting, message);
        return this.#await(this.#greeting);
      case "ping":
        this.send({ type: "pong", id: message.id });
        return;
      default:
        this.#take(message);
    }
  }

  closed(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#backlog.close();
    this.#role?.closed();
    this.#gone();
  }

  /** What is refused here is refused before anybody works on it. */
  #take(command: PageCommand): void {
    const crowded = this.#underWay >= MAX_UNDER_WAY;
    if (crowded || !admits(this.#services.load(), command.type)) {
      return this.#refuse(command.id, reject("busy"));
    }
    this.#underWay++;
    this.#await(this.#answer(command).finally(() => this.#underWay--));
  }

  /** Whoever closes the process waits for what a page was promised. */
  #await(answered: Promise<void>): void {
    this.#unanswered++;
    this.#services.errands.run("page_not_answered", async () => {
      await answered;
      if (--this.#unanswered === 0 && this.#leaving) this.close("shutting_down");
    });
  }

  #write(frame: string): void {
    if (this.#closed) return;
    if (this.#connection.buffered > MAX_BUFFERED) return this.close("too_slow");
    this.#connection.send(frame);
  }

  /** One hello at a time: a second one begins where the first one is done. */
  async #greet(before: Promise<void> | null, hello: Hello): Promise<void> {
    await before;
    if (this.#closed) return;
    try {
      await this.#role?.hello(hello);
    } catch (error) {
      if (this.#closed || !this.#listening) return;
      logFailure("page_not_welcomed", error);
      this.close("unavailable");
    }
  }

  async #answer(command: PageCommand): Promise<void> {
    const role = this.#role;
    if (role === null || this.#greeting === null) {
      return this.#refuse(command.id, reject("not_ready"));
    }
    try {
      await this.#greeting;
      const answer = await role.command(command);
      if (isRejection(answer)) this.#refuse(command.id, answer);
      else this.send({ type: "ack", id: command.id, ...answer });
    } catch (error) {
      log("command_failed", { command: command.type, error });
      this.#refuse(command.id, reject(error instanceof StoreFailed ? "busy" : "internal"));
    }
  }

  #refuse(id: number | null, rejection: Rejection): void {
    const { code, holder } = rejection;
    const message = rejectionSentence(rejection);
    this.send({ type: "rejected", id, code, message, ...(holder === undefined ? {} : { holder }) });
  }

  #withinRate(): boolean {
    // Who was quiet long enough to earn all of it again has stopped.
    if (this.#allowance.full) this.#strikes = 0;
    return this.#allowance.take() && this.#person.maySend();
  }

  /** A breach is a refusal first, a close only when it goes on. */
  #strike(id: number | null): void {
    this.#strikes++;
    if (this.#strikes > MAX_STRIKES) return this.close("flooding");
    this.#refuse(id, reject("rate_limited"));
  }
}

function commandId(parsed: ParsedFrame): number | null {
  if (!parsed.ok) return parsed.id;
  return parsed.message.type === "hello" ? null : parsed.message.id;
}
