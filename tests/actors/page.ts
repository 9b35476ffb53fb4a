/** A page that is driven frame by frame. */
import { assert } from "@std/assert";
import type { Hub } from "../../actors/hub.ts";
import type { PageHandler } from "../../actors/ports.ts";
import { PROTOCOL_VERSION } from "../../protocol/frames.ts";
import type { Command, ServerMessage } from "../../protocol/messages.ts";
import type { Message } from "../../protocol/session.ts";
import { within } from "../support/waiting.ts";

/** A page: collects what it is sent; waits for conditions, never for time. */
export class Page {
  readonly frames: ServerMessage[] = [];
  readonly client: string;
  closedWith: string | null = null;
  /** Bytes its network has not taken yet. */
  buffered = 0;
  #handler: PageHandler | null = null;
  #waiting: { met: () => boolean; done: () => void }[] = [];
  #nextId = 1;

  constructor(client: string) {
    this.client = client;
  }

  /** Connects through `connect` and says hello. */
  open(
    connect: (connection: Parameters<Hub["connectDevice"]>[1]) => PageHandler,
    lastSeq: Record<string, number> = {},
  ): this {
    const buffered = () => this.buffered;
    this.#handler = connect({
      send: (frame) => {
        this.frames.push(JSON.parse(frame));
        this.#check();
      },
      close: (reason) => {
        this.closedWith = reason;
        this.close();
        this.#check();
      },
      get buffered() {
        return buffered();
      },
    });
    this.raw({ type: "hello", version: PROTOCOL_VERSION, client: this.client, lastSeq });
    return this;
  }

  /** Drops the connection, as a dead network would. */
  close() {
    const handler = this.#handler;
    this.#handler = null;
    handler?.closed();
  }

  /** Sends any frame. */
  raw(frame: unknown) {
    this.#handler?.receive(typeof frame === "string" ? frame : JSON.stringify(frame));
  }

  /** Sends a command and waits for its answer: the ack, or the code of the refusal. */
  async ask(command: Command): Promise<ServerMessage & ({ type: "ack" } | { type: "rejected" })> {
    const id = this.#nextId++;
    this.raw({ ...command, id });
    return await this.find((m) =>
      (m.type === "ack" || m.type === "rejected") && m.id === id ? m : undefined
    );
  }

  /** Sends a command that must be accepted. */
  async must(command: Command) {
    const answer = await this.ask(command);
    assert(answer.type === "ack", JSON.stringify(answer));
    return answer;
  }

  /** Sends a command that must be refused, and returns the code. */
  async refused(command: Command): Promise<string> {
    const answer = await this.ask(command);
    assert(answer.type === "rejected", JSON.stringify(answer));
    return answer.code;
  }

  /** The first frame for which `pick` answers something, now or later. */
  async find<T>(pick: (message: ServerMessage) => T | undefined): Promise<T> {
    let found: T | undefined;
    const met = () => this.frames.some((frame) => (found = pick(frame)) !== undefined);
    await this.until(met);
    assert(found !== undefined);
    return found;
  }

  /** Waits until `met`, looked at whenever a frame arrives or the connection closes. */
  async until(met: () => boolean): Promise<void> {
    if (met()) return;
    const heard = new Promise<void>((done) => this.#waiting.push({ met, done }));
    await within("the page hears what it waits for", heard);
  }

  /** The newest view of a session. */
  view(session: string) {
    const views = this.frames.flatMap((f) =>
      f.type === "session" && f.session.id === session ? [f.session] : []
    );
    return views.at(-1);
  }

  /** All messages of a session, in the order in which they came. */
  messages(session: string): Message[] {
    return this.frames.flatMap((f) =>
      f.type === "session" && f.session.id === session ? [...f.messages] : []
    );
  }

  #check() {
    const met = this.#waiting.filter((waiting) => waiting.met());
    this.#waiting = this.#waiting.filter((waiting) => !met.includes(waiting));
    for (const { done } of met) done();
  }
}
