/** Keeps a page on its media node: joins, and joins again whenever the way there breaks. */
import { ERROR_CODES, type ErrorCode, isFinalClose } from "../../protocol/errors.ts";
import type { MediaTicket } from "../../protocol/messages.ts";
import { type LinkEvents, MediaLink } from "./media_link.ts";
import { MediaLost, MediaRefused } from "./media_socket.ts";
import { CONNECTION_LOST, refusal, REPLACED, UNSUPPORTED } from "./problems.ts";
import type { CallProblem } from "./types.ts";

/** What a connector needs, and who hears of it. */
export interface ConnectorPorts extends Omit<LinkEvents, "lost"> {
  ticket(): Promise<MediaTicket>;
  /** There is a link: send over it. */
  linked(link: MediaLink): void;
  /** The link is gone; another one is coming. */
  down(): void;
  /** No link for some time: tell the person. */
  trouble(problem: CallProblem): void;
  /** It is over for good; null: the call has ended. */
  over(problem: CallProblem | null): void;
}

/** How one attempt came to its end. */
type Outcome =
  | { readonly kind: "again" }
  /** A ticket that was not taken: once may be bad luck. */
  | { readonly kind: "bad_ticket" }
  | { readonly kind: "over"; readonly problem: CallProblem | null };

const AGAIN: Outcome = { kind: "again" };

/** Refusals of a ticket that may be another matter a little later. */
const PASSING: readonly ErrorCode[] = [
  ...["busy", "internal", "not_ready", "rate_limited"] as const,
  ...["calls_unavailable", "bad_frame", "bad_ticket"] as const,
];
/** So many tickets in a row that were not taken are no bad luck. */
const MAX_BAD_TICKETS = 4;
/** How long to wait before each attempt, in milliseconds; the last one is for all that follow. */
const WAITS = [0, 250, 1_000, 2_000, 4_000];

/** Joins on {@link Connector.start} and stays until {@link Connector.stop}. */
export class Connector {
  readonly #ports: ConnectorPorts;
  readonly #stopped = new AbortController();
  #link: MediaLink | null = null;
  /** Media got through since the last attempt began. */
  #worked = false;

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
    this.#link?.close();
  }

  /** The device may be on another network: see whether the node is still there. */
  networkChanged(): void {
    this.#link?.networkChanged();
  }

  get #isStopped(): boolean {
    return this.#stopped.signal.aborted;
  }

  /** Joins and stays as long as it lasts. */
  async #attempt(): Promise<Outcome> {
    const lost = Promise.withResolvers<string>();
    try {
      const ticket = await this.#ports.ticket();
      if (this.#isStopped) return AGAIN;
      const link = await MediaLink.open(ticket, { ...this.#events(), lost: lost.resolve });
      if (this.#isStopped) {
        link.close();
        return AGAIN;
      }
      this.#link = link;
      this.#ports.linked(link);
      link.heed();
    } catch (error) {
      return outcomeOf(error);
    }
    const reason = await Promise.race([lost.promise, aborted(this.#stopped.signal)]);
    if (!this.#isStopped) this.#ports.down();
    return outcomeOf(new MediaLost(reason));
  }

  #events(): Omit<LinkEvents, "lost"> {
    const ports = this.#ports;
    return {
      remote: (kind, track) => ports.remote(kind, track),
      stopped: (kind, why) => ports.stopped(kind, why),
      peer: (present) => ports.peer(present),
      sampled: (sample) => ports.sampled(sample),
      told: (message) => ports.told(message),
      healthy: (healthy) => {
        this.#worked ||= healthy;
        ports.healthy(healthy);
      },
    };
  }

  /** Waits, less when the network comes back; pages that broke together do not return together. */
  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const over = () => {
        clearTimeout(timer);
        removeEventListener("online", over);
        this.#stopped.signal.removeEventListener("abort", over);
        resolve();
      };
      const timer = setTimeout(over, milliseconds * (1 + Math.random() / 2));
      addEventListener("online", over);
      this.#stopped.signal.addEventListener("abort", over);
    });
  }
}

function outcomeOf(error: unknown): Outcome {
  if (error instanceof MediaLost) return afterLoss(error.reason);
  if (error instanceof MediaRefused) return AGAIN;
  if (error instanceof Error && error.name === "UnsupportedError") {
    return { kind: "over", problem: UNSUPPORTED };
  }
  const code = codeOf(error);
  if (code === null || PASSING.includes(code)) return AGAIN;
  return { kind: "over", problem: refusal(code) };
}

function afterLoss(reason: string): Outcome {
  if (reason === "bad_ticket") return { kind: "bad_ticket" };
  if (reason === "replaced") return { kind: "over", problem: REPLACED };
  return isFinalClose(reason) ? { kind: "over", problem: null } : AGAIN;
}

/** The error code on whatever `CallPorts.ticket` rejected with. */
function codeOf(error: unknown): ErrorCode | null {
  if (typeof error !== "object" || error === null || !("code" in error)) return null;
  return ERROR_CODES.find((code) => code === error.code) ?? null;
}

function aborted(signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve("");
    signal.addEventListener("abort", () => resolve(""), { once: true });
  });
}
