/**
 * The actor of one session in one process: takes what pages ask in batches, decides by the pure rules,
 * commits a batch in one atomic, then sends. Nobody owns a session: another process may commit too.
 */
import { logFailure } from "../log/log.ts";
import { isRejection, reject, type Rejection, unreachable } from "../protocol/errors.ts";
import type { ChatService } from "../protocol/service.ts";
import {
  type Message,
  ringsUntil,
  type Session,
  type SessionInput,
  type Surroundings,
} from "../protocol/session.ts";
import type { StoredSession } from "../store/sessions.ts";
import { type Answer, Answers } from "./answers.ts";
import { Audience, type SessionPage } from "./audience.ts";
import { admits } from "./load.ts";
import { Mailbox } from "./mailbox.ts";
import { type Clock, type SessionLog, SOMEHOW, type ToldEnd } from "./ports.ts";
import { RETRY_MS } from "./reading.ts";
import { piecesAfter } from "./reading_log.ts";
import { decideAll, type Step, textWeight } from "./session_step.ts";

/** What a session actor is given. */
export interface SessionActorPorts {
  readonly log: SessionLog;
  readonly clock: Clock;
  around(): Surroundings;
  /** After every change this process committed or learned of; null: the session is over. */
  changed(before: Session, after: Session | null): void;
  /** Once for every change, in the process that committed it. */
  moved(before: Session, after: Session | null): void;
}

type Item =
  | { readonly kind: "input"; readonly input: SessionInput; readonly answer: (a: Answer) => void }
  | { readonly kind: "attach"; readonly page: SessionPage; readonly lastSeq: number }
  | { readonly kind: "doorbell"; readonly version: string | null };

/** How many commands that can wait may wait here: one page may have a hundred under way. */
const MAX_WAITING = 500;

type InputItem = Extract<Item, { kind: "input" }>;
type AttachItem = Extract<Item, { kind: "attach" }>;

/** The actor of one session, from its `head` on. */
export class SessionActor {
  readonly #ports: SessionActorPorts;
  readonly #mailbox: Mailbox<Item>;
  readonly #answers: Answers;
  readonly #audience = new Audience((page, lastSeq) => this.#letRead(page, lastSeq));
  readonly #unwatch: () => void;
  #head: StoredSession;
  #life: "live" | "closed" | "ended" = "live";
  #callOffClock: () => void = () => {};
  /** The store failed: the head may have moved without us. */
  #unsure = false;
  #callOffRetry: () => void = () => {};

  constructor(
    ports: SessionActorPorts,
    head: StoredSession,
    limits: { maxMessages: number; maxText: number },
  ) {
    this.#ports = ports;
    this.#head = head;
    this.#answers = new Answers(ports.log, ports.clock);
    this.#mailbox = new Mailbox((items) => this.#handle(items), {
      maxItems: limits.maxMessages,
      maxWeight: limits.maxText,
      weigh: (item) => item.kind === "input" ? textWeight(item.input) : 0,
    });
    this.#unwatch = ports.log.watch(head.session.id, (version) => {
      this.#mailbox.post({ kind: "doorbell", version });
    });
    this.#setClock();
  }

  /** The session as this actor knows it. */
  get session(): Session {
    return this.#head.session;
  }

  /** What is switched on for its device now (M1). */
  get available(): ChatService {
    return this.#ports.around().available;
  }

  /** It neither ended nor was released: what is submitted now is put before the rules. */
  get live(): boolean {
    return this.#life === "live";
  }

  /** A page follows this session here. */
  get followed(): boolean {
    return this.#audience.size > 0;
  }

  /** Nothing waits here and nothing is under way. */
  get resting(): boolean {
    return this.#mailbox.resting;
  }

  /**
   * Lets a page follow: it gets everything after `lastSeq`, then whatever comes (C2). False: this
   * actor ended or was released.
   */
  attach(page: SessionPage, lastSeq: number): boolean {
    if (this.#life !== "live") return false;
    this.#audience.join(page, lastSeq);
    this.#letRead(page, lastSeq);
    return true;
  }

  /** A page left. */
  detach(page: SessionPage): void {
    this.#audience.leave(page);
  }

  /** Puts `input` before the rules; resolves once what it changed is durable (C1). */
  submit(input: SessionInput): Promise<Answer> {
    if (this.#life !== "live") return Promise.resolve(this.#refusal());
    // What ends something is taken however much others ask.
    const canWait = "command" in input && !admits("overloaded", input.command.type);
    if (canWait && this.#mailbox.waiting >= MAX_WAITING) return Promise.resolve(reject("busy"));
    return new Promise((answer) => this.#mailbox.post({ kind: "input", input, answer }));
  }

  /** Stops following the store. Waiting commands are still answered. Idempotent. */
  close(): void {
    if (this.#life === "live") this.#life = "closed";
    this.#unwatch();
    this.#callOffClock();
    this.#callOffRetry();
  }

  /** Resolves when nothing waits here any more. */
  idle(): Promise<void> {
    return this.#mailbox.idle();
  }

  #letRead(page: SessionPage, lastSeq: number): void {
    this.#mailbox.post({ kind: "attach", page, lastSeq });
  }

  async #handle(items: readonly Item[]): Promise<void> {
    const inputs: InputItem[] = [];
    const attaching: AttachItem[] = [];
    let behind = this.#unsure;
    for (const item of items) {
      switch (item.kind) {
        case "input":
          inputs.push(item);
          break;
        case "attach":
          attaching.push(item);
          // It may come from a process that was further on: nothing it saw is taken back.
          behind = true;
          break;
        case "doorbell":
          behind ||= item.version !== this.#head.version;
          break;
        default:
          unreachable(item);
      }
    }
    try {
      if (behind) await this.#readOn();
      for (const item of attaching) await this.#replay(item);
      if (inputs.length > 0) await this.#step(inputs);
    } catch (error) {
      this.#storeFailed(error, inputs, attaching.map(({ page }) => page));
    }
  }

  /** Whether anything was written is not known: what really happened is read soon. */
  #storeFailed(error: unknown, inputs: InputItem[], pages: SessionPage[]): void {
    logFailure("store_failed", error);
    for (const { answer } of inputs) answer(reject("busy"));
    for (const page of pages) page.unavailable();
    if (this.#life !== "live") return;
    this.#unsure = true;
    const { clock } = this.#ports;
    this.#callOffRetry();
    this.#callOffRetry = clock.after(RETRY_MS, () => {
      this.#mailbox.post({ kind: "doorbell", version: null });
    });
  }

  /** Decides the batch, commits it, answers, sends. Where another process was first: again. */
  async #step(inputs: readonly InputItem[]): Promise<void> {
    while (this.#life === "live") {
      const before = this.#head;
      const asked = inputs.map(({ input }) => input);
      const step = decideAll(before.session, asked, this.#ports.around);
      if (await this.#commit(before, step)) return this.#answer(inputs, step);
      await this.#readOn();
    }
    for (const { answer } of inputs) answer(this.#refusal());
  }

  #refusal(): Rejection {
    return reject(this.#life === "ended" ? "session_ended" : "busy");
  }

  /** False: the head has moved since. */
  async #commit(before: StoredSession, step: Step): Promise<boolean> {
    if (step.session === before.session) return await this.#stillTrue(before);
    if (step.ended !== null) {
      if (!await this.#ports.log.end(before.version, step.session)) return false;
      this.#ports.moved(before.session, null);
      this.#finish(step.ended);
      return true;
    }
    const version = await this.#ports.log.commit(before.version, step.session, step.messages);
    if (version === null) return false;
    this.#move({ session: step.session, version });
    // Who waits at the other side comes before whatever else follows from it.
    this.#audience.tell(step.session, step.messages);
    this.#ports.moved(before.session, step.session);
    return true;
  }

  /** Nothing to write. But any answer by yesterday's state would be a lie: is the head the newest? */
  async #stillTrue(before: StoredSession): Promise<boolean> {
    return (await this.#ports.log.load(before.session.id))?.version === before.version;
  }

  #answer(inputs: readonly InputItem[], step: Step): void {
    for (const [index, { answer }] of inputs.entries()) {
      const outcome = step.outcomes[index];
      if (outcome !== undefined) this.#answers.give(this.session, outcome, answer);
    }
  }

  /** Another process moved the session: catch up with the log and send the same events (C2). */
  async #readOn(): Promise<void> {
    if (this.#life !== "live") return;
    const { session } = this.#head;
    const head = await this.#ports.log.load(session.id);
    if (head === null) return this.#finish(await this.#ports.log.ended(session.id) ?? SOMEHOW);
    const messages: Message[] = [];
    const { lastSeq } = head.session;
    for await (const piece of piecesAfter(this.#ports.log, session.id, session.lastSeq, lastSeq)) {
      messages.push(...piece);
    }
    this.#unsure = false;
    if (head.version === this.#head.version) return this.#setClock();
    this.#move(head);
    this.#audience.tell(head.session, messages);
  }

  async #replay({ page, lastSeq }: AttachItem): Promise<void> {
    // It left, or was told already that the session is over.
    if (!this.#audience.has(page)) return;
    const { session } = this.#head;
    const from = Math.min(lastSeq, session.lastSeq);
    for await (const piece of piecesAfter(this.#ports.log, session.id, from, session.lastSeq)) {
      const last = (piece.at(-1)?.seq ?? session.lastSeq) === session.lastSeq;
      if (!this.#audience.replay(page, session, piece, last)) return;
    }
  }

  #move(head: StoredSession): void {
    const before = this.#head.session;
    this.#head = head;
    this.#setClock();
    this.#ports.changed(before, head.session);
  }

  #finish({ reason, by }: ToldEnd): void {
    const { session } = this.#head;
    this.#life = "ended";
    this.close();
    this.#audience.dismiss({ type: "ended", session: session.id, reason, by });
    this.#ports.changed(session, null);
  }

  /**
   * What rings stops by the clock (S4); a process that starts later finds the time has passed. However
   * the clock on the wall is set meanwhile, it is asked after the time that anything rings.
   */
  #setClock(): void {
    this.#callOffClock();
    const until = ringsUntil(this.#head.session);
    if (until === null || this.#life !== "live") return;
    const { now, ringFor } = this.#ports.around();
    const left = Math.min(Math.max(0, until - now), ringFor);
    this.#callOffClock = this.#ports.clock.after(left, () => this.#askClock());
  }

  async #askClock(): Promise<void> {
    const answer = await this.submit({ by: "clock" });
    // It still rings where the timer was early or the clock set back a little. A store that failed is
    // asked again soon, and what it says sets the clock.
    if (!isRejection(answer)) this.#setClock();
  }
}
