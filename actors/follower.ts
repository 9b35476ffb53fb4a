/** The sessions one page follows, and the commands it sends to them. */
import { logFailure } from "../log/log.ts";
import { isRejection, reject, type Rejection, unreachable } from "../protocol/errors.ts";
import type { AckBody, SessionCommandMessage } from "../protocol/messages.ts";
import type { Side } from "../protocol/receipts.ts";
import { blockedOf, currentCall, movesOf, type SessionCommand } from "../protocol/session.ts";
import type { SessionPage } from "./audience.ts";
import type { PageOut, PageServices } from "./page_ports.ts";
import { SOMEHOW } from "./ports.ts";
import type { SessionActor } from "./session_actor.ts";

/** What a page may ask about a session. */
export type SessionRequest = SessionCommandMessage | TicketRequest;

/** See `call.ticket` in protocol/messages.ts. */
interface TicketRequest {
  readonly type: "call.ticket";
  readonly id: number;
  readonly session: string;
  readonly lost?: string;
  readonly blocked?: boolean;
}

/** A session being followed; `actor` resolves to null where there is no such session. */
interface Following {
  readonly actor: Promise<SessionActor | null>;
  readonly page: SessionPage;
}

/** Follows sessions for one page. A page can only reach what it follows (A1, A2). */
export class Follower {
  readonly #services: PageServices;
  readonly #out: PageOut;
  readonly #side: Side;
  readonly #client: string;
  readonly #following = new Map<string, Following>();
  #left = false;

  constructor(services: PageServices, out: PageOut, side: Side, client: string) {
    this.#services = services;
    this.#out = out;
    this.#side = side;
    this.#client = client;
  }

  /**
   * Follows session `id` from `lastSeq` on, unless it does already. Resolves when it does, or the
   * page was told that the session is over, or to come back; rejects never.
   */
  async follow(id: string, lastSeq: number): Promise<void> {
    if (this.#left || this.#following.has(id)) return;
    const out = this.#out;
    const page: SessionPage = {
      side: this.#side,
      client: this.#client,
      get congested() {
        return out.congested;
      },
      send: (message) => {
        if (message.type === "ended") this.#following.delete(id);
        out.send(message);
      },
      whenClear: (run) => out.whenClear(run),
      unavailable: () => out.close("unavailable"),
    };
    const actor = this.#attach(id, page, lastSeq);
    this.#following.set(id, { actor, page });
    try {
      if (await actor === null) await this.#over(id);
    } catch (error) {
      this.#following.delete(id);
      if (this.#left) return;
      if (!this.#services.registry.closed) {
        logFailure("session_not_followed", error);
      }
      this.#out.close("unavailable");
    }
  }

  /** An actor may be released between its start and our turn: then it is started again. */
  async #attach(id: string, page: SessionPage, lastSeq: number): Promise<SessionActor | null> {
    for (;;) {
      const actor = await this.#services.registry.get(id);
      if (actor === null || actor.attach(page, lastSeq)) return actor;
    }
  }

  /** It ended before it could be followed. */
  async #over(id: string): Promise<void> {
    const end = await this.#services.ended(id) ?? SOMEHOW;
    if (this.#following.delete(id)) this.#out.send({ type: "ended", session: id, ...end });
  }

  /** Follows nothing any more. */
  leave(): void {
    this.#left = true;
    for (const { actor, page } of this.#following.values()) this.#detach(actor, page);
    this.#following.clear();
  }

  async #detach(starting: Following["actor"], page: SessionPage): Promise<void> {
    const actor = await starting.catch(() => null);
    if (actor === null) return;
    actor.detach(page);
    await this.#services.registry.release(actor);
  }

  /**
   * Puts a command before its session. A session that is over, somebody else's or never was all get
   * the same answer: nobody learns what exists (S7, A2).
   */
  async request(request: SessionRequest): Promise<AckBody | Rejection> {
    const actor = await this.#following.get(request.session)?.actor ?? null;
    if (actor === null) return reject("session_ended");
    if (request.type === "call.ticket") return await this.#ticket(actor, request);
    const command = await this.#toCommand(request, actor);
    if (isRejection(command)) return command;
    return await actor.submit({ by: this.#side, client: this.#client, command });
  }

  /** A message names its file by id alone: what it is, the server knows better than the page. */
  async #toCommand(
    message: SessionCommandMessage,
    { session }: SessionActor,
  ): Promise<SessionCommand | Rejection> {
    const command = toCommand(message);
    if (message.type !== "text.send" || message.attachment === undefined) return command;
    const { attachments } = this.#services;
    const attachment = await attachments.seal(session, this.#side, message.attachment);
    if (attachment === null) return reject("unknown_file");
    return { type: message.type, n: message.n, text: message.text, attachment };
  }

  /** A ticket for the page that holds this side of an active call; nobody else (A1, M1). */
  async #ticket(actor: SessionActor, request: TicketRequest): Promise<AckBody | Rejection> {
    const refusal = this.#noTicket(actor);
    if (refusal !== null) return refusal;
    const stayed = await this.#leaveLostNode(actor, request);
    if (stayed !== null) return stayed;
    const call = currentCall(actor.session);
    if (call.kind !== "active") return reject("no_call");
    const { voice, video } = actor.available;
    try {
      const ticket = await this.#services.media.ticket({
        session: actor.session.id,
        call: call.id,
        move: movesOf(call),
        side: this.#side,
        client: this.#client,
        send: { voice, video },
        node: call.node,
      });
      // While it was signed the call may have come to its end, or to another page.
      return this.#noTicket(actor) ?? { ticket };
    } catch (error) {
      if (isUnavailable(error)) return reject("calls_unavailable");
      throw error;
    }
  }

  #noTicket({ session }: SessionActor): Rejection | null {
    const call = currentCall(session);
    if (call.kind !== "active") return reject("no_call");
    return call.sides[this.#side].client === this.#client ? null : reject("forbidden");
  }

  /** Has the call move if its node is not there (any more). Null: it is on one that is. */
  async #leaveLostNode(
    actor: SessionActor,
    { lost, blocked = false }: TicketRequest,
  ): Promise<Rejection | null> {
    const call = currentCall(actor.session);
    if (call.kind !== "active") return null;
    const { node } = call;
    const { media } = this.#services;
    const standing = await media.standing(node, lost === node);
    if (standing === "there") {
      const to = blocked && lost === node ? media.nodeId([node, ...blockedOf(call)]) : null;
      // Refused, it stays where it is: the page is to try again.
      if (to !== null) await actor.submit({ by: "network", from: node, to });
      return null;
    }
    const moved = await actor.submit({ by: "media", from: node });
    if (!isRejection(moved)) return null;
    // Where nobody else can take it, a node that has yet to leave is better than none.
    return standing === "leaving" ? null : moved;
  }
}

/** Whether a gateway said that there is no such node. */
function isUnavailable(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "calls_unavailable";
}

/** What needs no looking up. */
function toCommand(message: SessionCommandMessage): SessionCommand {
  switch (message.type) {
    case "session.ring":
    case "session.reject":
    case "session.end":
    case "call.hangup":
    case "call.join":
    case "equipment.ask":
      return { type: message.type };
    case "session.answer":
      return { type: message.type, as: message.as };
    case "text.send":
      return { type: message.type, n: message.n, text: message.text };
    case "text.cursor":
      return { type: message.type, received: message.received, read: message.read };
    case "call.start":
    case "call.accept":
      return { type: message.type, medium: message.medium };
    case "call.media":
      return {
        type: message.type,
        medium: message.medium,
        muted: message.muted,
        screen: message.screen,
        trouble: message.trouble,
      };
    case "equipment.answer":
      return { type: message.type, answer: message.answer };
    default:
      return unreachable(message);
  }
}
