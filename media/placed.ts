/** Calls that came to media nodes so lately that those may not have counted them. */
import { NODE_RENEW_MS } from "../protocol/media_node.ts";

/** Pages need a moment to join, then the node a report to count them, in milliseconds. */
const COUNTED_AFTER = 2.5 * NODE_RENEW_MS;

/** When calls came to nodes, until those count them themselves. */
export class Placed {
  readonly #calls = new Map<string, readonly number[]>();
  readonly #now: () => number;

  /** `now`: by a clock that never goes back, in milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** A call comes to `node`. */
  add(node: string): void {
    for (const known of this.#calls.keys()) {
      if (this.#recent(known).length === 0) this.#calls.delete(known);
    }
    this.#calls.set(node, [...this.#recent(node), this.#now()]);
  }

  /** How many calls came to `node` of late. */
  of(node: string): number {
    return this.#recent(node).length;
  }

  /** How many nodes are remembered: none that had no call of late, once another has one. */
  get size(): number {
    return this.#calls.size;
  }

  #recent(node: string): readonly number[] {
    const since = this.#now() - COUNTED_AFTER;
    return (this.#calls.get(node) ?? []).filter((at) => at > since);
  }
}
