/** What all pages of one person may do together in this process: many pages are no way around limits. */
import { Allowances, type Limit } from "./allowance.ts";
import type { Clock } from "./ports.ts";

/** How many frames all pages of a person may send; one page may send a third of that. */
const FRAMES: Limit = { burst: 600, perSecond: 150 };
/** How often all pages of a person may introduce themselves: each time is read what they do not hold. */
const HELLOS: Limit = { burst: 60, perSecond: 4 };
/** How often pages of a person may connect. */
const CONNECTIONS: Limit = { burst: 60, perSecond: 2 };
/** How often a person may ask for pages and files, and send them. */
const REQUESTS: Limit = { burst: 300, perSecond: 30 };
/** How many pages of a person are connected at once; the oldest one is probably dead. */
export const MAX_PAGES = 24;
/** How many people are remembered after they left: who comes back at once has not rested. */
const REMEMBERED = 50_000;

/** A page, as the crowd sees it. */
export interface CrowdedPage {
  close(reason: "replaced"): void;
}

/** Everybody who is connected to one process. */
export class Crowd {
  readonly #frames: Allowances;
  readonly #hellos: Allowances;
  readonly #connections: Allowances;
  readonly #requests: Allowances;
  readonly #pages = new Map<string, Set<CrowdedPage>>();

  constructor(clock: Clock) {
    this.#frames = new Allowances(FRAMES, clock, REMEMBERED);
    this.#hellos = new Allowances(HELLOS, clock, REMEMBERED);
    this.#connections = new Allowances(CONNECTIONS, clock, REMEMBERED);
    this.#requests = new Allowances(REQUESTS, clock, REMEMBERED);
  }

  /** Whether another page of `who` may connect now. */
  mayConnect(who: string): boolean {
    return this.#connections.take(who);
  }

  /** Whether `who` may make another HTTP request now. */
  mayRequest(who: string): boolean {
    return this.#requests.take(who);
  }

  /** What the pages of `who` may send: each question takes one, if there is one. */
  of(who: string): { maySend(): boolean; mayGreet(): boolean } {
    return {
      maySend: () => this.#frames.take(who),
      mayGreet: () => this.#hellos.take(who),
    };
  }

  /** A page of `who` connected; where there are too many, the oldest one goes. Returns how to leave. */
  enter(who: string, page: CrowdedPage): () => void {
    const pages = this.#pages.get(who) ?? new Set();
    this.#pages.set(who, pages.add(page));
    const [oldest] = pages;
    if (pages.size > MAX_PAGES) oldest?.close("replaced");
    return () => {
      if (pages.delete(page) && pages.size === 0) this.#pages.delete(who);
    };
  }
}
