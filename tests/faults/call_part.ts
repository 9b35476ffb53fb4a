/**
 * What a page does for a call, without WebRTC: it goes to the media node its session names, joins,
 * offers a voice, and comes again when the way breaks, as client/call/connector.ts does.
 */
import { callKey, callPlace } from "../../client/call_plan.ts";
import { isFinalClose } from "../../protocol/errors.ts";
import type { MediaTicket } from "../../protocol/messages.ts";
import { CallStay, type StayEvents } from "./call_stay.ts";
import type { FaultPage } from "./page.ts";
import { pass } from "./product.ts";

/** How often it looks at the session, and the pause before it tries again, in milliseconds. */
const LOOKS_EVERY = 20;
const TRIES_AGAIN_AFTER = 250;
/** So many tickets in a row that are not taken are no bad luck. */
const MAX_BAD_TICKETS = 4;

/** A place in a call: the session's, its number, and the node that carries it. */
export interface CallPlaceHere {
  readonly session: string;
  readonly key: string;
  readonly node: string;
}

/** How the page stands with calls. */
export type Standing =
  | { readonly kind: "out" }
  | { readonly kind: "joined"; readonly at: CallPlaceHere; readonly peer: boolean }
  /** The node said that there is nothing to come back to. */
  | { readonly kind: "gave_up"; readonly key: string; readonly reason: string };

/** The call part of one page; runs from its making until it is disposed. */
export class CallPart implements AsyncDisposable {
  standing: Standing = { kind: "out" };
  readonly #page: FaultPage;
  readonly #running: Promise<void>;
  #over = false;
  #badTickets = 0;
  /** The node there was no way to last time. */
  #lost: string | null = null;

  constructor(page: FaultPage) {
    this.#page = page;
    this.#running = this.#run();
  }

  /** The call this page has a place in, by the sessions it holds. */
  get place(): CallPlaceHere | null {
    const { live, side, id: page } = this.#page;
    for (const { record } of live.sessions.peek().values()) {
      const { view } = record.peek();
      const place = callPlace(view, { side, page });
      if (place.kind !== "here") continue;
      const { id, node } = place.call;
      return { session: view.id, key: callKey(view.id, id), node };
    }
    return null;
  }

  /** A ticket of this page; null: it was given none. */
  async ticket(session: string): Promise<MediaTicket | null> {
    const lost = this.#lost;
    const asked = { type: "call.ticket", session, ...(lost === null ? {} : { lost }) } as const;
    const result = await this.#page.live.connection.command(asked);
    return result.kind === "ack" && "ticket" in result.body ? result.body.ticket : null;
  }

  /** A stay by a ticket of this page. */
  stay({ url, token }: MediaTicket, events: StayEvents): CallStay {
    const address = new URL(url, this.#page.network.origin);
    address.protocol = address.protocol.replace("http", "ws");
    return new CallStay(address, token, events);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#over) {
      const at = this.place;
      const gaveUp = this.standing.kind === "gave_up" && this.standing.key === at?.key;
      if (at === null) this.standing = { kind: "out" };
      if (at === null || gaveUp) await pass(LOOKS_EVERY);
      else await this.#attempt(at);
    }
    this.standing = { kind: "out" };
  }

  async #attempt(at: CallPlaceHere): Promise<void> {
    const ticket = await this.ticket(at.session);
    if (ticket === null) return await pass(TRIES_AGAIN_AFTER);
    const { node } = ticket;
    const reason = await this.#stayAt({ ...at, node }, ticket);
    this.standing = { kind: "out" };
    if (reason === null) return;
    this.#lost = reason === "moved" ? null : node;
    this.#badTickets = reason === "bad_ticket" ? this.#badTickets + 1 : 0;
    const over = reason === "bad_ticket"
      ? this.#badTickets === MAX_BAD_TICKETS
      : isFinalClose(reason);
    if (over) this.standing = { kind: "gave_up", key: at.key, reason };
    else await pass(TRIES_AGAIN_AFTER);
  }

  /** Why the node let it go; null: it left, for it has no place there any more. */
  async #stayAt(at: CallPlaceHere, ticket: MediaTicket): Promise<string | null> {
    const stay = this.stay(ticket, {
      joined: () => {
        this.#badTickets = 0;
        this.standing = { kind: "joined", at, peer: false };
      },
      peer: (present) => {
        if (this.standing.kind === "joined") this.standing = { ...this.standing, peer: present };
      },
    });
    let reason: string | null = null;
    while (reason === null && !this.#over && same(this.place, at)) {
      reason = await Promise.race([stay.over, pass(LOOKS_EVERY).then(() => null)]);
    }
    await stay.leave();
    return reason;
  }
}

function same(a: CallPlaceHere | null, b: CallPlaceHere): boolean {
  return a?.key === b.key && a.node === b.node;
}
