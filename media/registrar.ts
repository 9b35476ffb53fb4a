/** The node's side of registering: reports to the web processes as long as the node lives. */
import * as v from "valibot";
import { log } from "../log/log.ts";
import {
  MEDIA_NODES_PATH,
  NODE_LEASE_MS,
  NODE_RENEW_MS,
  type NodeLoad,
  type NodeReport,
} from "../protocol/media_node.ts";
import { signReport } from "./registration.ts";

/** What is reported, and to whom. */
export interface RegistrarOptions {
  /** MEDIA_SECRET. */
  readonly secret: string;
  /** WEB_URL: origins of web processes on one store. One that does not answer is passed by. */
  readonly webUrls: readonly string[];
  readonly id: string;
  /** MEDIA_URL. */
  readonly url: string;
  /** MEDIA_LOCATION. */
  readonly location: string | null;
  /** How the node is now. */
  state(): NodeReport["state"];
  load(): Promise<NodeLoad>;
}

/** A web process that needs longer, in milliseconds, is passed by. */
const PATIENCE = 2_000;

const AnswerSchema = v.object({ others: v.number() });
const RefusalSchema = v.object({
  code: v.string(),
  message: v.string(),
  over: v.optional(v.nullable(v.pipe(v.number(), v.safeInteger()))),
});

/**
 * How one attempt came to its end: the problem, or how many other nodes there are. `over`: when a run
 * of this node was started that is over and seems to be later; null: there is none.
 */
type Outcome =
  | { readonly others: number }
  | { readonly problem: string; readonly over: number | null };

/** Reports from its making until {@link Registrar.close}. */
export class Registrar {
  readonly #options: RegistrarOptions;
  #started = Date.now();
  #count = 0;
  /** The web process that answered last. */
  #preferred = 0;
  #others = 0;
  #said: string | null = "";
  #registeredAt = -Infinity;
  #told: NodeReport["state"] | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #work: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: RegistrarOptions) {
    this.#options = options;
    this.#renew();
  }

  /** What web processes know of this node: the state they were told last; null: nothing that counts. */
  get registered(): NodeReport["state"] | null {
    return performance.now() - this.#registeredAt < NODE_LEASE_MS ? this.#told : null;
  }

  /** How many other nodes could take this one's calls, as of the last report. */
  get others(): number {
    return this.registered === null ? 0 : this.#others;
  }

  /** Reports now: something has changed. Resolves when that is over, well or badly. */
  report(): Promise<void> {
    this.#work = this.#work.then(() => this.#tell());
    return this.#work;
  }

  /** Says that the node is gone, then no more. Idempotent. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.report();
  }

  #renew(): void {
    if (this.#closed) return;
    this.report().finally(() => {
      if (!this.#closed) this.#timer = setTimeout(() => this.#renew(), NODE_RENEW_MS);
    });
  }

  async #tell(): Promise<void> {
    let report = await this.#make();
    let outcome = await this.#tryEach(report);
    if ("over" in outcome && outcome.over !== null && this.#follows(outcome.over)) {
      report = await this.#make();
      outcome = await this.#tryEach(report);
    }
    if ("others" in outcome) {
      this.#told = report.state;
      this.#others = outcome.others;
      this.#registeredAt = performance.now();
    }
    this.#say("others" in outcome ? null : outcome.problem);
  }

  /**
   * The clock was set back since that run was started: this one comes after it. A run that was known
   * already was followed by another, whose place it does not take. False: so it is.
   */
  #follows(over: number): boolean {
    if (this.#registeredAt !== -Infinity) return false;
    this.#started = over + 1;
    return true;
  }

  async #make(): Promise<Omit<NodeReport, "count">> {
    const { id, url, location } = this.#options;
    const state = this.#closed ? "gone" : this.#options.state();
    // The other way round it might be ready now, and have had no worker when its load was looked at.
    const load = await this.#options.load();
    return { id, url, location, state, load, started: this.#started };
  }

  /** One that takes a report and dies before it says so has counted it: the next is told anew. */
  async #tryEach(report: Omit<NodeReport, "count">): Promise<Outcome> {
    const { webUrls, secret } = this.#options;
    let last: Outcome = { problem: "no web process is named", over: null };
    for (const _ of webUrls) {
      const webUrl = webUrls[this.#preferred % webUrls.length];
      if (webUrl === undefined) break;
      last = await post(webUrl, await signReport(secret, { ...report, count: ++this.#count }));
      // All of them are on one store: one knows what all know.
      if ("others" in last || last.over !== null) return last;
      this.#preferred++;
    }
    return last;
  }

  /** What is the same as before is not said again. */
  #say(problem: string | null): void {
    if (problem === this.#said || this.#closed) return;
    this.#said = problem;
    if (problem === null) log("media_node_registered");
    else log("media_node_not_registered", { reason: problem });
  }
}

async function post(webUrl: string, token: string): Promise<Outcome> {
  try {
    const response = await fetch(new URL(MEDIA_NODES_PATH, webUrl), {
      method: "POST",
      headers: { "content-type": "application/jwt" },
      body: token,
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE),
    });
    const body: unknown = await response.json().catch(() => null);
    const taken = v.safeParse(AnswerSchema, body);
    if (response.ok && taken.success) return taken.output;
    const refused = v.safeParse(RefusalSchema, body);
    const why = refused.success ? `${refused.output.code}: ${refused.output.message}` : "";
    const over = refused.success ? refused.output.over ?? null : null;
    return { problem: `${webUrl} answered ${response.status} ${why}`.trim(), over };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { problem: `${webUrl} could not be reached: ${detail}`, over: null };
  }
}
