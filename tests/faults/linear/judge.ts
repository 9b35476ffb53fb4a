/** Says what is wrong with a history of calls, for who has to find out why. */
import { deviceModel, type DeviceState, type SessionCall, showsAs } from "./model.ts";
import { search, type Verdict } from "./search.ts";

/** A play with more possible orders than this has too many unknown outcomes to be judged. */
const MOST = 150_000;
/** How much of an order is told. */
const LAST = 12;

/**
 * Throws unless the calls could have happened one after the other. False: they have too many orders
 * to say so, as on a machine so slow that most of them overlap.
 */
export function judge(calls: readonly SessionCall[]): boolean {
  const verdict = verdictOn(calls);
  if (verdict.kind === "linearizable") return true;
  if (verdict.kind === "too_many") return false;
  const { order, state, stuck } = verdict;
  throw new Error([
    `No order of ${calls.length} calls explains what was answered. ${order.length} fit:`,
    ...order.slice(-LAST).map(line),
    `This leads to ${state.session === null ? "no session" : showsAs(state.session)}.`,
    "None of these can follow:",
    ...stuck.toSorted((a, b) => a.from - b.from).slice(0, LAST).map(line),
  ].join("\n"));
}

/** The verdict on a history of one device. */
export function verdictOn(calls: readonly SessionCall[]): Verdict<DeviceState, SessionCall> {
  return search(calls, deviceModel(calls), MOST);
}

function line({ by, asked, result, from, to }: SessionCall): string {
  return `  ${from}-${to} ${by.client}: ${JSON.stringify(asked)} → ${JSON.stringify(result)}`;
}
