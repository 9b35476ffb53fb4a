/** The media nodes that registered: one lease each. */
import {
  isNewer,
  judgeReport,
  NODE_LEASE_MS,
  type NodeLease,
  type NodeReport,
  type Registered,
} from "../protocol/media_node.ts";
import { mediaNodeKeys } from "./keys.ts";

/**
 * How long a lease that ran out is kept, in milliseconds: longer than a signed report is good for,
 * so that none that was overheard revives a node.
 */
const FORGET_MS = 60_000;

const TAKEN: Registered = { kind: "taken" };

/** The leases on one Deno KV. */
export class MediaNodeStore {
  readonly #kv: Deno.Kv;
  readonly #now: () => number;

  constructor(kv: Deno.Kv, now: () => number) {
    this.#kv = kv;
    this.#now = now;
  }

  /** Takes or renews a lease, unless a later report of this node is known already. */
  async register(report: NodeReport): Promise<Registered> {
    const key = mediaNodeKeys.node(report.id);
    for (;;) {
      const known = await this.#kv.get<NodeLease>(key);
      const now = this.#now();
      const counts = known.value !== null && Math.abs(known.value.until - now) < FORGET_MS;
      const verdict = counts ? judgeReport(report, known.value, now) : TAKEN;
      if (verdict.kind === "stale") return verdict;
      const lease: NodeLease = { ...report, until: now + NODE_LEASE_MS };
      const op = this.#kv.atomic().check(known).set(key, lease, { expireIn: FORGET_MS });
      if ((await op.commit()).ok) return verdict;
    }
  }

  /** All leases, also those that ran out. */
  async list(): Promise<NodeLease[]> {
    const entries = this.#kv.list<NodeLease>({ prefix: mediaNodeKeys.nodes() });
    return (await Array.fromAsync(entries)).map(({ value }) => value);
  }

  /** This node did not answer: no process is to count on it, unless it has reported since `known`. */
  async foundSilent(known: Pick<NodeLease, "id" | "started" | "count">): Promise<void> {
    const key = mediaNodeKeys.node(known.id);
    const entry = await this.#kv.get<NodeLease>(key);
    if (entry.value === null || isNewer(entry.value, known)) return;
    const lease: NodeLease = { ...entry.value, silent: true };
    // Whoever was faster knows better.
    await this.#kv.atomic().check(entry).set(key, lease, { expireIn: FORGET_MS }).commit();
  }
}
