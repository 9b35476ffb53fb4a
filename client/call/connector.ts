/** Keeps a page on its call's media node: joins it again, or the one to which the call has moved. */
import type { MediaTicket } from "../../protocol/messages.ts";
import { type LinkEvents, MediaLink } from "./media_link.ts";
import { AGAIN, type Outcome, outcomeOf } from "./join_outcome.ts";
import { MediaLost } from "./media_socket.ts";
import { Overlap } from "./overlap.ts";
import { CONNECTION_LOST, refusal } from "./problems.ts";
import type { CallProblem } from "./types.ts";

/** What a connector needs, and who hears of it. */
export interface ConnectorPorts extends Omit<LinkEvents, "lost" | "silent"> {
  /** `lost`: the node this page has no way to; `blocked`: not with a new ticket to it either. */
  ticket(lost: string | null, blocked: boolean): Promise<MediaTicket>;
  /** There is a link: send over it, instead of the one before if there is one. */
  linked(link: MediaLink): void;
  /** The link is gone; another one is coming. */
  down(): void;
  /** No link for some time: tell the person. */
  trouble(problem: CallProblem): void;
  /** It is over for good; null: the call has ended. */
  over(problem: CallProblem | null): void;
}

/** Being on a node. */
interface Stay {
  readonly link: MediaLink;
  readonly node: string;
  /** How often the call had moved before. */
  readonly move: number;
  /** Resolves with the reason once the way there is broken. */
  readonly lost: Promise<string>;
}

/** What ends a stay, or may. */
type Turn =
  | { readonly kind: "lost"; readonly reason: string }
  | { readonly kind: "moved" }
  | { readonly kind: "stopped" };

/** So many tickets in a row that were not taken are no bad luck. */
const MAX_BAD_TICKETS = 4;
/** How long to wait before each attempt, in milliseconds; the last one is for all that follow. */
const WAITS = [0, 250, 1_000, 2_000, 4_000];

/** Joins on {@link Connector.start} and stays until {@link Connector.stop}. */
export class Connector {
  readonly #ports: ConnectorPorts;
  readonly #stopped = new AbortController();
  #stay: Stay | null = null;
  /** The stay before, as long as the other page may still be there. */
  #before: Overlap | null = null;
  /** How often the call has moved, as far as this page was told. */
  #moves = 0;
  #moved = Promise.withResolvers<void>();
  /** A ticket that came with the news of a move. */
  #ticket: MediaTicket | null = null;
  /** The node there was no way to in the last attempt. */
  #lost: string | null = null;
  /** The last ticket was for the node that was lost before: the web process has a way to it. */
  #sentBack = false;
  /** This page alone has none. */
  #blocked = false;
  /** Media got through since the last attempt began. */
  #worked = false;
  /** Ends the wait before the next attempt. */
  #hurry = () => {};

  constructor(ports: ConnectorPorts) {
    this.#ports = ports;
  }

  /** Joins; settles when the connector is over. Never rejects. */
  async start(): Promise<void> {
    let failures = 0;
    let badTickets = 0;
    while (!this.#isStopped) {
      this.#worked = false;
      const outcome = await this.#attempt();
      if (this.#isStopped) return;
      if (this.#worked) failures = badTickets = 0;
      if (outcome.kind === "bad_ticket") badTickets++;
      if (outcome.kind === "over") return this.#ports.over(outcome.problem);
      if (badTickets === MAX_BAD_TICKETS) return this.#ports.over(refusal("bad_ticket"));
      if (failures > 0) this.#ports.trouble(CONNECTION_LOST);
      await this.#pause(WAITS[Math.min(failures++, WAITS.length - 1)] ?? 0);
    }
  }

  /** Leaves the node and does not come back. */
  stop(): void {
    this.#stopped.abort();
    this.#before?.end();
    this.#stay?.link.close();
  }

  /** The call has moved so often: joins where it is now, and leaves where it was only then. */
  follow(moves: number): void {
    this.#moves = Math.max(moves, this.#moves);
    if (this.#isElsewhere) this.#moved.resolve();
  }

  /** The device may be on another network: see whether the node is still there. */
  networkChanged(): void {
    this.#stay?.link.networkChanged();
  }

  /** There is a new connection to the web process: the node is left or kept, and joined without a wait. */
  reached(): void {
    void this.#stay?.link.reached();
    this.#hurry();
  }

  get #isStopped(): boolean {
    return this.#stopped.signal.aborted;
  }

  /** Whether the call has moved on since this page joined it. */
  get #isElsewhere(): boolean {
    return this.#stay !== null && this.#stay.move < this.#moves;
  }

  /** Joins and stays as long as it lasts, on however many nodes. */
  async #attempt(): Promise<Outcome> {
    try {
      this.#enter(await this.#open());
    } catch (error) {
      return outcomeOf(error);
    }
    for (;;) {
      const turn = await this.#turn();
      if (turn.kind === "moved" && await this.#move()) continue;
      this.#before?.end();
      const stay = this.#stay;
      this.#stay = null;
      if (turn.kind === "stopped" || this.#isStopped) return AGAIN;
      if (turn.kind === "moved") stay?.link.close();
      else if (turn.reason !== "moved" && stay !== null) this.#lose(stay.node, turn.reason);
      this.#ports.down();
      return outcomeOf(new MediaLost(turn.kind === "lost" ? turn.reason : ""));
    }
  }

  /** Waits for what happens next. */
  async #turn(): Promise<Turn> {
    const stay = this.#stay;
    if (stay === null || this.#isStopped) return { kind: "stopped" };
    if (this.#isElsewhere) return { kind: "moved" };
    this.#moved = Promise.withResolvers();
    return await Promise.race<Turn>([
      stay.lost.then((reason) => ({ kind: "lost", reason })),
      this.#moved.promise.then(() => ({ kind: "moved" })),
      aborted(this.#stopped.signal).then(() => ({ kind: "stopped" })),
    ]);
  }

  /** Joins the node the call is on now while still being on the other; false: that did not work. */
  async #move(): Promise<boolean> {
    try {
      this.#enter(await this.#open());
      return true;
    } catch {
      return false;
    }
  }

  async #open(): Promise<Stay> {
    const brought = this.#ticket;
    this.#ticket = null;
    const ticket = brought ?? await this.#ports.ticket(this.#lost, this.#blocked);
    const { node, move } = ticket;
    this.#sentBack = node === this.#lost;
    this.#lost = null;
    this.#blocked = false;
    // No way to where the call has been: this page would be alone there.
    if (this.#isStopped || move < this.#moves) throw new MediaLost("");
    const lost = Promise.withResolvers<string>();
    const self: { stay: Stay | null } = { stay: null };
    const current = () => self.stay !== null && self.stay === this.#stay;
    try {
      const link = await MediaLink.open(ticket, { ...this.#events(current), lost: lost.resolve });
      return self.stay = { link, node, move, lost: lost.promise };
    } catch (error) {
      if (error instanceof MediaLost) this.#lose(node, error.reason);
      throw error;
    }
  }

  /** There is no way to `node`, or none any more; one that gave a reason was reached. */
  #lose(node: string, reason: string): void {
    this.#lost = node;
    this.#blocked = this.#sentBack && !this.#worked && reason === "";
  }

  #enter(stay: Stay): void {
    if (this.#isStopped) return stay.link.close();
    const before = this.#stay;
    this.#before?.end();
    this.#before = before === null ? null : this.#overlap(before, stay);
    this.#stay = stay;
    this.#ports.linked(stay.link);
    stay.link.heed();
  }

  /** The old link stays for the other page, which may still be there. */
  #overlap(old: Stay, { link }: Stay): Overlap {
    return new Overlap({
      remote: (kind, track) => this.#ports.remote(kind, track),
      peer: (present) => this.#ports.peer(present),
      heard: () => void link.tell({ type: "hears" }),
      leave: () => {
        old.link.close();
        this.#before = null;
      },
    });
  }

  /** Nothing comes from the node: it may be gone, which the web process finds out. */
  async #suspect(): Promise<void> {
    const stay = this.#stay;
    if (stay === null || this.#isElsewhere) return;
    const ticket = await this.#ports.ticket(stay.node, false).catch(() => null);
    if (ticket === null || this.#stay !== stay || this.#isElsewhere) return;
    if (ticket.move <= stay.move) return;
    this.#ticket = ticket;
    this.follow(ticket.move);
  }

  /** What a link says counts while it is the one this page is on. */
  #events(current: () => boolean): Omit<LinkEvents, "lost"> {
    const ports = this.#ports;
    const then = (work: () => void) => {
      if (current()) work();
    };
    return {
      remote: (kind, track) => then(() => (this.#before ?? ports).remote(kind, track)),
      stopped: (kind, why) => then(() => ports.stopped(kind, why)),
      peer: (present) => then(() => (this.#before ?? ports).peer(present)),
      sampled: (sample) => then(() => ports.sampled(sample)),
      told: (message) =>
        then(() => message.type === "hears" ? this.#before?.isHeard() : ports.told(message)),
      silent: () => then(() => void this.#suspect()),
      reachable: () => ports.reachable(),
      healthy: (healthy) =>
        then(() => {
          this.#worked ||= healthy;
          ports.healthy(healthy);
        }),
    };
  }

  /** Waits, less when the network is back; pages that broke together do not return together. */
  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const over = () => {
        clearTimeout(timer);
        removeEventListener("online", over);
        this.#stopped.signal.removeEventListener("abort", over);
        this.#hurry = () => {};
        resolve();
      };
      this.#hurry = over;
      const timer = setTimeout(over, milliseconds * (1 + Math.random() / 2));
      addEventListener("online", over);
      this.#stopped.signal.addEventListener("abort", over);
    });
  }
}

function aborted(signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve("");
    signal.addEventListener("abort", () => resolve(""), { once: true });
  });
}
