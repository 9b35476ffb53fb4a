/**
 * Commits shared across sessions: while one atomic is on its way, the steps of other sessions gather
 * and go together in the next. Alone a step waits for nothing; under load the disk is asked once for
 * ten sessions instead of ten times. Whose turn it is says commit_queue.ts.
 */

import { CommitQueue, type Queued } from "./commit_queue.ts";

/** One session's step: a checked head and what is written with it. */
export interface CommitStep {
  readonly key: Deno.KvKey;
  /** The versionstamp the key must still have. */
  readonly version: string;
  readonly writes: readonly { readonly key: Deno.KvKey; readonly value: unknown }[];
  /** Characters of text in it, for Deno KV's limit on the size of a commit. */
  readonly weight: number;
}

/** Deno KV takes ten checks an atomic operation; one is kv_connect.ts's. */
const MAX_STEPS = 9;
/** Deno KV takes 1,000 mutations an atomic operation. */
const MAX_WRITES = 900;

/** How many steps of a group are seen to fail before the store is taken to be away. */
const MOST_FAILURES = 2;

/** What became of an attempt; `version` null: a head has changed, and nothing was written. */
type Outcome =
  | { readonly kind: "done"; readonly version: string | null }
  | { readonly kind: "failed"; readonly error: unknown };

interface Waiting extends Queued {
  readonly step: CommitStep;
  readonly done: (version: string | null) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Commits steps on one Deno KV, several at a time where several wait. A session has one step under
 * way, so no more wait than there are sessions here.
 */
export class Committer {
  readonly #kv: Deno.Kv;
  readonly #waiting: CommitQueue<Waiting>;
  /** When the commit under way began; null: none is. */
  #busySince: number | null = null;

  /** @param maxWeight how many characters of text fit into one commit. */
  constructor(kv: Deno.Kv, maxWeight: number) {
    this.#kv = kv;
    this.#waiting = new CommitQueue({ steps: MAX_STEPS, writes: MAX_WRITES, weight: maxWeight });
  }

  /** For how long the oldest step has waited or been on its way, in milliseconds; 0: there is none. */
  get delay(): number {
    const since = this.#waiting.oldest ?? this.#busySince;
    return since === null ? 0 : performance.now() - since;
  }

  /** The new versionstamp of the key; null: it has changed since `version`. */
  commit(step: CommitStep): Promise<string | null> {
    return new Promise((done, failed) => {
      this.#waiting.add({
        ...{ step, done, failed },
        head: step.key.join(" "),
        writes: step.writes.length,
        weight: step.weight,
        since: performance.now(),
      });
      if (this.#busySince === null) this.#run();
    });
  }

  async #run(): Promise<void> {
    while (!this.#waiting.empty) {
      this.#busySince = performance.now();
      await this.#together(this.#waiting.take());
    }
    this.#busySince = null;
  }

  /** All of them, or, where one of them was overtaken or is refused, each for itself. */
  async #together(group: readonly Waiting[]): Promise<void> {
    const outcome = await this.#attempt(group);
    const whole = outcome.kind === "done" && outcome.version !== null;
    if (group.length > 1 && !whole) return await this.#apart(group);
    for (const one of group) settle(one, outcome);
  }

  /** Where several fail it is the store that does: the others are not made to wait for it, too. */
  async #apart(group: readonly Waiting[]): Promise<void> {
    let failures = 0;
    let outcome: Outcome = { kind: "done", version: null };
    for (const one of group) {
      if (failures < MOST_FAILURES) outcome = await this.#attempt([one]);
      if (outcome.kind === "failed") failures++;
      settle(one, outcome);
    }
  }

  async #attempt(group: readonly Waiting[]): Promise<Outcome> {
    const op = this.#kv.atomic();
    for (const { step } of group) {
      op.check({ key: step.key, versionstamp: step.version });
      for (const { key, value } of step.writes) op.set(key, value);
    }
    try {
      const result = await op.commit();
      return { kind: "done", version: result.ok ? result.versionstamp : null };
    } catch (error) {
      return { kind: "failed", error };
    }
  }
}

function settle({ done, failed }: Waiting, outcome: Outcome): void {
  if (outcome.kind === "done") done(outcome.version);
  else failed(outcome.error);
}
