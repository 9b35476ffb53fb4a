/**
 * Is a history of calls that overlapped as if they had happened one after the other, each at some
 * moment between its beginning and its end? Linearizability (Herlihy and Wing 1990), looked for as
 * Wing and Gong (1993) do, with Lowe's memory of what was tried (2017). Pure, and bounded.
 */

/** A call: when it began and was answered, as numbers that only grow. */
export interface Span {
  readonly from: number;
  /** Infinity: nobody knows whether it was carried out, or will be. */
  readonly to: number;
}

/** The object behind the calls, one call at a time. */
export interface Model<State, Call extends Span> {
  readonly start: State;
  /** The state after `call`, answered as it was; null: in this state it would be answered otherwise. */
  step(state: State, call: Call): State | null;
  /** Two states with the same name are the same. */
  name(state: State): string;
}

/** What was found. */
export type Verdict<State, Call> =
  | { readonly kind: "linearizable"; readonly looked: number }
  /** No order fits. The longest that could be begun, where it led to, and what could not follow. */
  | {
    readonly kind: "broken";
    readonly order: readonly Call[];
    readonly state: State;
    readonly stuck: readonly Call[];
  }
  /** There are more orders than may be looked at. */
  | { readonly kind: "too_many" };

/** The beginning or the end of the call with this number. */
interface Moment {
  readonly call: number;
  readonly when: number;
  readonly begins: boolean;
}

/** Looks for an order of `calls`, at no more than `most` configurations. */
export function search<State, Call extends Span>(
  calls: readonly Call[],
  model: Model<State, Call>,
  most: number,
): Verdict<State, Call> {
  const moments = momentsOf(calls);
  const order: { readonly call: number; readonly before: State }[] = [];
  const seen = new Set<string>();
  let [state, placed] = [model.start, 0n];
  let longest = { order: [] as number[], state };
  for (let at = 0; at < moments.length;) {
    const moment = moments[at];
    const call = moment === undefined ? undefined : calls[moment.call];
    if (moment === undefined || call === undefined) throw new RangeError("no such call");
    const bit = 1n << BigInt(moment.call);
    if ((placed & bit) !== 0n) {
      at++;
    } else if (moment.begins) {
      const next = model.step(state, call);
      const name = next === null ? null : `${placed | bit} ${model.name(next)}`;
      at++;
      if (next === null || name === null || seen.has(name)) continue;
      if (seen.size === most) return { kind: "too_many" };
      seen.add(name);
      order.push({ call: moment.call, before: state });
      [state, placed, at] = [next, placed | bit, 0];
      if (order.length > longest.order.length) {
        longest = { order: order.map((one) => one.call), state };
      }
    } else {
      // Answered before whatever is left could happen: the last choice was wrong, is there another?
      const last = order.pop();
      if (last === undefined) return broken(calls, longest);
      state = last.before;
      placed &= ~(1n << BigInt(last.call));
      at = moments.findIndex(({ call, begins }) => begins && call === last.call) + 1;
    }
  }
  return { kind: "linearizable", looked: seen.size };
}

/** In the order in which they happened; what nobody knows the end of has none. */
function momentsOf(calls: readonly Span[]): Moment[] {
  return calls.flatMap(({ from, to }, call): Moment[] => [
    { call, when: from, begins: true },
    { call, when: to, begins: false },
  ]).filter(({ when }) => when < Infinity).sort((a, b) => a.when - b.when);
}

function broken<State, Call>(
  calls: readonly Call[],
  { order, state }: { readonly order: readonly number[]; readonly state: State },
): Verdict<State, Call> {
  const placed = new Set(order);
  return {
    kind: "broken",
    order: order.flatMap((at) => calls[at] ?? []),
    state,
    stuck: calls.filter((_, at) => !placed.has(at)),
  };
}
