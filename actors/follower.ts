/** The sessions one page follows, and the commands it sends to them. */
import { reject, type Rejection, unreachable } from "../protocol/errors.ts";
import type { AckBody, ServerMessage, SessionCommandMessage } from "../protocol/messages.ts";
import type { Side } from "../protocol/receipts.ts";
import { currentCall, type SessionCommand } from "../protocol/session.ts";
import type { MediaPort } from "./ports.ts";
import type { SessionActor, SessionPage } from "./session_actor.ts";
import type { SessionRegistry } from "./registry.ts";

/** What a page may ask about a session. */
export type SessionRequest = SessionCommandMessage | {
  readonly type: "call.ticket";
  readonly id: number;
  readonly session: string;
};

/** What a follower is given. */
export interface FollowerPorts {
  readonly registry: SessionRegistry;
  readonly media: MediaPort;
  send(message: ServerMessage): void;
  /** The store failed: the page has to come back. */
  unavailable(): void;
}

/** A session being followed; `actor` resolves to null where there is no such session. */
interface Following {
  readonly actor: Promise<SessionActor | null>;
  readonly page: SessionPage;
}

/** Follows sessions for one page. A page can only reach what it follows (A1, A2). */
export class Follower {
  readonly #ports: FollowerPorts;
  readonly #side: Side;
  readonly #client: string;
  readonly #following = new Map<string, Following>();

  constructor(ports: FollowerPorts, side: Side, client: string) {
    this.#ports = ports;
    this.#side = side;
    this.#client = client;
  }

  /** Follows session `id` from `lastSeq` on, unless it does already; nothing where there is none. */
  async follow(id: string, lastSeq: number): Promise<void> {
    if (this.#following.has(id)) return;
    const page: SessionPage = {
      side: this.#side,
      client: this.#client,
      send: (message) => {
        if (message.type === "ended") this.#following.delete(id);
        this.#ports.send(message);
      },
      unavailable: () => this.#ports.unavailable(),
    };
    const following: Following = { actor: this.#start(id), page };
    this.#following.set(id, following);
    await this.#attach(id, following, lastSeq);
  }

  /** The actor may have been released between its start and our turn: then it starts again. */
  async #start(id: string): Promise<SessionActor | null> {
    for (;;) {
      const actor = await this.#ports.registry.get(id);
      if (actor === null || actor.ended || !actor.closed) return actor;
    }
  }

  async #attach(id: string, following: Following, lastSeq: number): Promise<void> {
    try {
      const actor = await following.actor;
      if (actor === null) this.#following.delete(id);
      // It may have left while the actor started.
      else if (this.#following.get(id) === following) actor.attach(following.page, lastSeq);
      else this.#ports.registry.release(actor);
    } catch (error) {
      this.#following.delete(id);
      throw error;
    }
  }

  /** Follows nothing any more. */
  leave(): void {
    for (const { actor, page } of this.#following.values()) this.#detach(actor, page);
    this.#following.clear();
  }

  async #detach(starting: Following["actor"], page: SessionPage): Promise<void> {
    const actor = await starting.catch(() => null);
    if (actor === null) return;
    actor.detach(page);
    this.#ports.registry.release(actor);
  }

  /**
   * Puts a command before its session. A session that is over, somebody else's or never was all get
   * the same answer: nobody learns what exists (S7, A2).
   */
  async request(request: SessionRequest): Promise<AckBody | Rejection> {
    const actor = await this.#following.get(request.session)?.actor ?? null;
    if (actor === null) return reject("session_ended");
    if (request.type === "call.ticket") return await this.#ticket(actor);
    const command = toCommand(request);
    return await actor.submit({ by: this.#side, client: this.#client, command });
  }

  /** A ticket for the page that holds this side of an active call; nobody else (A1, M1). */
  async #ticket(actor: SessionActor): Promise<AckBody | Rejection> {
    const { media } = this.#ports;
    const node = media.nodeId();
    if (node === null) return reject("calls_unavailable");
    const before = currentCall(actor.session);
    if (before.kind === "active" && before.node !== node) await actor.submit({ by: "media" });
    const call = currentCall(actor.session);
    if (call.kind !== "active") return reject("no_call");
    if (call.sides[this.#side].client !== this.#client) return reject("forbidden");
    const { voice, video } = actor.available;
    const ticket = await media.ticket({
      session: actor.session.id,
      call: call.id,
      side: this.#side,
      client: this.#client,
      send: { voice, video },
    });
    return { ticket };
  }
}

function toCommand(message: SessionCommandMessage): SessionCommand {
  switch (message.type) {
    case "session.ring":
    case "session.reject":
    case "session.end":
    case "call.hangup":
    case "call.join":
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
      return { type: message.type, medium: message.medium, muted: message.muted };
    default:
      return unreachable(message);
  }
}
