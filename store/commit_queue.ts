/**
 * Who is committed next: round robin between sessions, so that none that has much to write makes
 * another wait for more than a turn. Pure.
 */

/** What the queue has to know of a step. */
export interface Queued {
  /** Names its session's head. */
  readonly head: string;
  readonly writes: number;
  /** Characters of text in it. */
  readonly weight: number;
  /** When it came, in milliseconds by a clock that is never set. */
  readonly since: number;
}

/** What fits into one commit. */
export interface CommitLimits {
  readonly steps: number;
  readonly writes: number;
  readonly weight: number;
}

/** Steps that wait, those of one head in their order; heads in the order of their turns. */
export class CommitQueue<Step extends Queued> {
  readonly #limits: CommitLimits;
  readonly #heads = new Map<string, Step[]>();

  constructor(limits: CommitLimits) {
    this.#limits = limits;
  }

  /** Nobody waits. */
  get empty(): boolean {
    return this.#heads.size === 0;
  }

  /** When the step came that has waited longest; null: none waits. */
  get oldest(): number | null {
    let oldest: number | null = null;
    for (const [first] of this.#heads.values()) {
      if (first !== undefined && (oldest === null || first.since < oldest)) oldest = first.since;
    }
    return oldest;
  }

  /** Puts a step behind those of its head. */
  add(step: Step): void {
    const steps = this.#heads.get(step.head);
    if (steps === undefined) this.#heads.set(step.head, [step]);
    else steps.push(step);
  }

  /**
   * The next steps to be committed together, one of a head: two from one version of one head would
   * both pass the check. Whose turn it is goes whatever its size; others go with it where they fit,
   * and who does not fit keeps its turn.
   */
  take(): Step[] {
    const group: Step[] = [];
    const again: [string, Step[]][] = [];
    let [writes, weight] = [0, 0];
    for (const [head, steps] of this.#heads) {
      const [step] = steps;
      if (step === undefined || group.length === this.#limits.steps) break;
      const [after, heavier] = [writes + step.writes, weight + step.weight];
      const fits = after <= this.#limits.writes && heavier <= this.#limits.weight;
      if (group.length > 0 && !fits) continue;
      [writes, weight] = [after, heavier];
      group.push(step);
      this.#heads.delete(head);
      if (steps.length > 1) again.push([head, steps.slice(1)]);
    }
    // Who has more waits behind all others.
    for (const [head, steps] of again) this.#heads.set(head, steps);
    return group;
  }
}
