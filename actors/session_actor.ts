/**
 * The actor of one session in one process: takes what pages ask in batches, decides by the pure
 * rules, commits a batch in one atomic, then sends. Nobody owns a session: another process may
 * commit too; the head's version arbitrates and the doorbell says when to read on.
 */
import { reject, type Rejection, unreachable } from "../protocol/errors.ts";
import { type AckBody, type ServerMessage, type SessionView } from "../protocol/messages.ts";
import {
  decide,
  type Effect,
  type EndReason,
  type Message,
  ringsUntil,
  type Session,
  type SessionInput,
  type Surroundings,
} from "../protocol/session.ts";
import type { Side } from "../protocol/receipts.ts";
import type { ChatService } from "../protocol/service.ts";
import { Mailbox } from "./mailbox.ts";
import type { Clock, SessionLog, StoredSession } from "./ports.ts";

/** A page that follows a session. */
export interface SessionPage {
  readonly side: Side;
  readonly client: string;
  send(message: ServerMessage): void;
  /** The store failed while this page was being served: it must come back and read on. */
  unavailable(): void;
}

/** What a session actor is given. */
export interface SessionActorPorts {
  readonly log: SessionLog;
  readonly clock: Clock;
  around(session: Session): Surroundings;
  /** Called after every change this process committed or learned of; null: the session is over. */
  changed(before: Session, after: Session | null): void;
}

/** How a command was answered. */
export type Answer = AckBody | Rejection;

type Item =
  | { readonly kind: "input"; readonly input: SessionInput; readonly answer: (a: Answer) => void }
  | { readonly kind: "attach"; readonly page: SessionPage; readonly lastSeq: number }
  | { readonly kind: "doorbell"; readonly version: string | null };
type InputItem = Extract<Item, { kind: "input" }>;

/** How many messages one frame of a replay carries. */
const REPLAY_CHUNK = 100;

/** What one batch of inputs leads to, before it is committed. */
interface Step {
  readonly session: Session;
  readonly messages: Message[];
  readonly ended: EndReason | null;
  readonly outcomes: (readonly Effect[] | Rejection)[];
}

/** The actor of one session. Made by {@link startSessionActor}. */
export class SessionActor {
  readonly #ports: SessionActorPorts;
  readonly #mailbox: Mailbox<Item>;
  /** Attached pages and the highest `seq` each was sent; null: its replay is still to come. */
  readonly #pages = new Map<SessionPage, number | null>();
  readonly #unwatch: () => void;
  #head: StoredSession;
  #life: "live" | "closed" | "ended" = "live";
  #callOffClock: () => void = () => {};
  /** The store failed: the head may have moved without us. */
  #unsure = false;

  constructor(
    ports: SessionActorPorts,
    head: StoredSession,
    limits: { maxMessages: number; maxText: number },
  ) {
    this.#ports = ports;
    this.#head = head;
    this.#mailbox = new Mailbox((items) => this.#handle(items), {
      maxItems: limits.maxMessages,
      maxWeight: limits.maxText,
      weigh: textWeight,
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
    return this.#ports.around(this.session).available;
  }

  /** Nobody follows this session here any more. */
  get deserted(): boolean {
    return this.#pages.size === 0 && this.#mailbox.size === 0;
  }

  /** Nothing can be asked of this actor any more: it ended or was released. */
  get closed(): boolean {
    return this.#life !== "live";
  }

  /** The session is over. */
  get ended(): boolean {
    return this.#life === "ended";
  }

  /** Lets a page follow: it gets everything after `lastSeq`, then whatever comes (C2). */
  attach(page: SessionPage, lastSeq: number): void {
    this.#pages.set(page, null);
    this.#mailbox.post({ kind: "attach", page, lastSeq });
  }

  /** A page left. */
  detach(page: SessionPage): void {
    this.#pages.delete(page);
  }

  /** Puts `input` before the rules; resolves once what it changed is durable (C1). */
  submit(input: SessionInput): Promise<Answer> {
    if (this.#life !== "live") return Promise.resolve(this.#refusal());
    return new Promise((answer) => this.#mailbox.post({ kind: "input", input, answer }));
  }

  /** Stops following the store. Waiting commands are still answered. Idempotent. */
  close(): void {
    if (this.#life === "live") this.#life = "closed";
    this.#unwatch();
    this.#callOffClock();
  }

  /** Resolves when nothing waits here any more. */
  idle(): Promise<void> {
    return this.#mailbox.idle();
  }

  async #handle(items: readonly Item[]): Promise<void> {
    const inputs: InputItem[] = [];
    const attaching: Extract<Item, { kind: "attach" }>[] = [];
    let behind = this.#unsure;
    for (const item of items) {
      switch (item.kind) {
        case "input":
          inputs.push(item);
          break;
        case "attach":
          attaching.push(item);
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
      for (const { page, lastSeq } of attaching) await this.#replay(page, lastSeq);
      if (inputs.length > 0) await this.#step(inputs);
    } catch (error) {
      this.#storeFailed(error, inputs, attaching.map(({ page }) => page));
    }
  }

  /** Whether anything was written is not known: what really happened is read at the next chance. */
  #storeFailed(error: unknown, inputs: InputItem[], pages: SessionPage[]): void {
    console.error("the store did not answer; pages are told to try again:", error);
    for (const { answer } of inputs) answer(reject("busy"));
    for (const page of pages) page.unavailable();
    this.#unsure = true;
  }

  /** Decides the batch, commits it, answers, sends. Where another process was first: again. */
  async #step(inputs: readonly InputItem[]): Promise<void> {
    while (this.#life === "live") {
      const before = this.#head;
      const step = this.#decide(before.session, inputs);
      const committed = await this.#commit(before, step);
      if (committed) {
        await this.#answer(inputs, step);
        return;
      }
      await this.#readOn();
    }
    for (const { answer } of inputs) answer(this.#refusal());
  }

  #refusal(): Rejection {
    return reject(this.#life === "ended" ? "session_ended" : "busy");
  }

  #decide(session: Session, inputs: readonly InputItem[]): Step {
    const messages: Message[] = [];
    const outcomes: Step["outcomes"] = [];
    let now = session;
    let ended: EndReason | null = null;
    for (const { input } of inputs) {
      const decision = decide(now, input, this.#ports.around(now));
      if (decision.kind === "rejected") {
        outcomes.push(decision);
        continue;
      }
      now = decision.session;
      outcomes.push(decision.effects);
      for (const effect of decision.effects) {
        if (effect.kind === "append") messages.push(effect.message);
        if (effect.kind === "end") ended = effect.reason;
      }
    }
    return { session: now, messages, ended, outcomes };
  }

  /** False: the head has moved since. */
  async #commit(before: StoredSession, step: Step): Promise<boolean> {
    if (step.session === before.session) return await this.#stillTrue(before, step);
    if (step.ended !== null) {
      if (!await this.#ports.log.end(before.version, step.session)) return false;
      this.#finish(step.ended, endedBy(step.session));
      return true;
    }
    const version = await this.#ports.log.commit(before.version, step.session, step.messages);
    if (version === null) return false;
    this.#move({ session: step.session, version });
    this.#publish(step.messages);
    return true;
  }

  /** Nothing to write. But a refusal by yesterday's state would be a lie: is the head the newest? */
  async #stillTrue(before: StoredSession, step: Step): Promise<boolean> {
    if (!step.outcomes.some((outcome) => "kind" in outcome)) return true;
    return (await this.#ports.log.load(before.session.id))?.version === before.version;
  }

  async #answer(inputs: readonly InputItem[], step: Step): Promise<void> {
    for (const [index, { answer }] of inputs.entries()) {
      const outcome = step.outcomes[index];
      if (outcome === undefined) continue;
      answer("kind" in outcome ? outcome : await this.#ackBody(outcome));
    }
  }

  async #ackBody(effects: readonly Effect[]): Promise<Answer> {
    for (const effect of effects) {
      switch (effect.kind) {
        case "append":
          return { seq: effect.message.seq };
        case "duplicate":
          return await this.#firstSeq(effect.client, effect.n);
        case "end":
          return {};
        default:
          unreachable(effect);
      }
    }
    return {};
  }

  /** A resend gets the number of the first time; only an old one needs the log. */
  async #firstSeq(client: string, n: number): Promise<Answer> {
    const last = this.session.outbox[client];
    if (last?.n === n) return { seq: last.seq };
    const seq = await this.#ports.log.seqOf(this.session.id, client, n);
    return seq === null ? reject("out_of_order") : { seq };
  }

  /** Another process moved the session: catch up with the log and send the same events (C2). */
  async #readOn(): Promise<void> {
    if (this.#life !== "live") return;
    const { session } = this.#head;
    const head = await this.#ports.log.load(session.id);
    if (head === null) return this.#finish("ended", null);
    const messages = await this.#messages(session.lastSeq, head.session.lastSeq);
    this.#unsure = false;
    if (head.version === this.#head.version) return;
    this.#move(head);
    this.#publish(messages);
  }

  async #messages(after: number, upTo: number): Promise<Message[]> {
    const all: Message[] = [];
    while (after < upTo) {
      const some = await this.#ports.log.messages(this.session.id, after, upTo, REPLAY_CHUNK);
      if (some.length === 0) break;
      all.push(...some);
      after = some[some.length - 1]?.seq ?? upTo;
    }
    return all;
  }

  async #replay(page: SessionPage, lastSeq: number): Promise<void> {
    if (this.#life === "ended") return this.#tellEnded(page, "ended", null);
    const { session } = this.#head;
    const messages = await this.#messages(Math.min(lastSeq, session.lastSeq), session.lastSeq);
    if (!this.#pages.has(page)) return;
    this.#pages.set(page, session.lastSeq);
    for (let from = 0; from === 0 || from < messages.length; from += REPLAY_CHUNK) {
      this.#send(page, messages.slice(from, from + REPLAY_CHUNK));
    }
  }

  #move(head: StoredSession): void {
    const before = this.#head.session;
    this.#head = head;
    this.#setClock();
    this.#ports.changed(before, head.session);
  }

  #publish(messages: readonly Message[]): void {
    for (const [page, sent] of this.#pages) {
      if (sent === null) continue;
      this.#pages.set(page, this.session.lastSeq);
      this.#send(page, messages);
    }
  }

  #send(page: SessionPage, messages: readonly Message[]): void {
    page.send({ type: "session", session: viewFor(this.session, page.client), messages });
  }

  #finish(reason: EndReason, by: string | null): void {
    const { session } = this.#head;
    this.#life = "ended";
    this.close();
    for (const page of this.#pages.keys()) this.#tellEnded(page, reason, by);
    this.#pages.clear();
    this.#ports.changed(session, null);
  }

  #tellEnded(page: SessionPage, reason: EndReason, by: string | null): void {
    page.send({ type: "ended", session: this.#head.session.id, reason, by });
  }

  /** What rings stops by the clock (S4); a process that starts later finds the time has passed. */
  #setClock(): void {
    this.#callOffClock();
    const until = ringsUntil(this.#head.session);
    this.#callOffClock = until === null
      ? () => {}
      : this.#ports.clock.at(until, () => void this.submit({ by: "clock" }));
  }
}

/** Starts the actor of session `id`; null: there is no such session. */
export async function startSessionActor(
  ports: SessionActorPorts,
  id: string,
  limits: { maxMessages: number; maxText: number },
): Promise<SessionActor | null> {
  const head = await ports.log.load(id);
  return head === null ? null : new SessionActor(ports, head, limits);
}

function textWeight(item: Item): number {
  if (item.kind !== "input" || item.input.by === "clock") return 0;
  if (item.input.by === "policy" || item.input.by === "media") return 0;
  return item.input.command.type === "text.send" ? item.input.command.text.length : 0;
}

function endedBy(session: Session): string | null {
  return session.state.kind === "ended" ? session.state.by : null;
}

/** The session as the page `client` sees it. */
function viewFor(session: Session, client: string): SessionView {
  const { outbox, ...rest } = session;
  return { ...rest, outboxN: outbox[client]?.n ?? 0 };
}
