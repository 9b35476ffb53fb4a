/**
 * Commits shared across sessions: while one atomic is on its way, the steps of other sessions gather
 * and go together in the next. Alone a step waits for nothing; under load the disk is asked once for
 * ten sessions instead of ten times.
 */

/** One session's step: a checked head and what is written with it. */
export interface CommitStep {
  readonly key: Deno.KvKey;
  /** The versionstamp the key must still have. */
  readonly version: string;
  readonly writes: readonly { readonly key: Deno.KvKey; readonly value: unknown }[];
  /** Characters of text in it, for Deno KV's limit on the size of a commit. */
  readonly weight: number;
}

/** Deno KV's limit: checks in one atomic operation. */
const MAX_STEPS = 10;
/** Deno KV takes 1,000 mutations an atomic operation. */
const MAX_WRITES = 900;

interface Waiting {
  readonly step: CommitStep;
  readonly done: (version: string | null) => void;
  readonly failed: (error: unknown) => void;
}

/** Commits steps on one Deno KV, several at a time where several wait. */
export class Committer {
  readonly #kv: Deno.Kv;
  readonly #maxWeight: number;
  #waiting: Waiting[] = [];
  #busy = false;

  /** @param maxWeight how many characters of text fit into one commit. */
  constructor(kv: Deno.Kv, maxWeight: number) {
    this.#kv = kv;
    this.#maxWeight = maxWeight;
  }

  /** The new versionstamp of the key; null: it has changed since `version`. */
  commit(step: CommitStep): Promise<string | null> {
    return new Promise((done, failed) => {
      this.#waiting.push({ step, done, failed });
      if (!this.#busy) this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#busy = true;
    while (this.#waiting.length > 0) await this.#together(this.#takeGroup());
    this.#busy = false;
  }

  /** All of them, or, where one of them was overtaken, each for itself. */
  async #together(group: readonly Waiting[]): Promise<void> {
    try {
      const version = await this.#attempt(group);
      if (version === null && group.length > 1) {
        for (const one of group) await this.#together([one]);
      } else {
        for (const { done } of group) done(version);
      }
    } catch (error) {
      for (const { failed } of group) failed(error);
    }
  }

  /** Null: not committed. */
  async #attempt(group: readonly Waiting[]): Promise<string | null> {
    const op = this.#kv.atomic();
    for (const { step } of group) {
      op.check({ key: step.key, versionstamp: step.version });
      for (const { key, value } of step.writes) op.set(key, value);
    }
    const result = await op.commit();
    return result.ok ? result.versionstamp : null;
  }

  #takeGroup(): Waiting[] {
    let [writes, weight] = [0, 0];
    const heads = new Set<string>();
    for (const { step } of this.#waiting) {
      writes += step.writes.length;
      weight += step.weight;
      const fits = heads.size < MAX_STEPS && writes <= MAX_WRITES && weight <= this.#maxWeight;
      // Two steps from one version of one head would both pass the check: the second has to lose.
      const head = step.key.join(" ");
      if (heads.size > 0 && (!fits || heads.has(head))) break;
      heads.add(head);
    }
    return this.#waiting.splice(0, heads.size);
  }
}
