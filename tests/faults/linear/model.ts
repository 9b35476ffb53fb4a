/**
 * The sessions of one device, asked one call at a time: what `decide` (protocol/session.ts) says must
 * come out, whichever processes carried the calls out.
 */
import { type ErrorCode, isRejection } from "../../../protocol/errors.ts";
import type { SessionView } from "../../../protocol/messages.ts";
import type { Side } from "../../../protocol/receipts.ts";
import { EVERYTHING_ON } from "../../../protocol/service.ts";
import {
  decide,
  type Effect,
  type Session,
  type SessionCommand,
  startSession,
  type Surroundings,
} from "../../../protocol/session.ts";
import type { Model, Span } from "./search.ts";

/** Who calls: a page of a person. */
export interface Caller {
  readonly side: Side;
  readonly person: string;
  readonly client: string;
}

/** What is asked. */
export type Asked =
  | { readonly type: "start" }
  /** Of the session with this id. */
  | { readonly type: "command"; readonly session: string; readonly command: SessionCommand }
  /** What a page of the device is shown that comes anew. */
  | { readonly type: "look" };

/** What came of it. */
export type Result =
  | { readonly kind: "ack"; readonly session?: string; readonly seq?: number }
  | { readonly kind: "rejected"; readonly code: ErrorCode }
  /** The connection was lost, or the store did not answer. */
  | { readonly kind: "unknown" }
  | { readonly kind: "shown"; readonly view: string | null };

/** A call as it was made and answered. */
export interface SessionCall extends Span {
  readonly by: Caller;
  readonly asked: Asked;
  readonly result: Result;
}

/** What the device has. */
export interface DeviceState {
  /** Its session, with an empty id where nobody was told yet which one it got. */
  readonly session: Session | null;
  /** Its messages: side, page and number of each. */
  readonly log: readonly string[];
  /** The sessions it had before. */
  readonly over: readonly string[];
}

const NOTHING: DeviceState = { session: null, log: [], over: [] };
const AROUND: Surroundings = { now: 0, available: EVERYTHING_ON, node: "node", ringFor: 60_000 };

/** No part of it: times (what came first is what is looked for), and the node a call is on. */
const LEFT_OUT: ReadonlySet<string> = new Set(["until", "since", "node", "moves"]);

/** What a session is, to be compared. */
export function showsAs(session: SessionView | Session): string {
  const { id, startedBy, state, lastSeq, cursors, equipment } = session;
  return JSON.stringify(
    { id, startedBy, state, lastSeq, cursors, equipment },
    (key, value) => LEFT_OUT.has(key) ? undefined : value,
  );
}

/** The model of a device; `calls` tell which sessions were acknowledged to whom. */
export function deviceModel(calls: readonly SessionCall[]): Model<DeviceState, SessionCall> {
  const told = new Set(
    calls.flatMap(({ result }) => result.kind === "ack" ? result.session ?? [] : []),
  );
  return {
    start: NOTHING,
    name: ({ session, log, over }) =>
      session === null ? `${over}` : `${over} ${showsAs(session)} ${log}`,
    step(state, call) {
      const { asked, by, result } = call;
      switch (asked.type) {
        case "start":
          return start(state, by, result);
        case "look":
          return look(state, result, told);
        case "command":
          return command(named(state, asked.session, told), by, asked, result);
      }
    },
  };
}

/** Whoever speaks of a session that nobody was told the start of tells its id. */
function named(state: DeviceState, id: string, told: ReadonlySet<string>): DeviceState {
  const { session, over } = state;
  if (session === null || session.id !== "" || told.has(id) || over.includes(id)) return state;
  return { ...state, session: { ...session, id } };
}

function start(state: DeviceState, by: Caller, result: Result): DeviceState | null {
  if (state.session !== null) return fits(result, refusal("device_in_session")) ? state : null;
  const id = result.kind === "ack" ? result.session ?? "" : "";
  const { person, client } = by;
  const [device, technician] = [{ id: "", name: "" }, { id: person, name: "" }];
  const session = startSession({ id, device, technician, client }, AROUND);
  if (isRejection(session)) throw new Error("everything is on");
  return fits(result, { kind: "ack", session: id }) ? { ...state, session, log: [] } : null;
}

function look(
  state: DeviceState,
  result: Result,
  told: ReadonlySet<string>,
): DeviceState | null {
  if (result.kind !== "shown") return state;
  const id: unknown = result.view === null ? null : JSON.parse(result.view).id;
  const now = typeof id === "string" ? named(state, id, told) : state;
  const shown = now.session === null ? null : showsAs(now.session);
  return shown === result.view ? now : null;
}

function command(
  state: DeviceState,
  { side, person, client }: Caller,
  { session: id, command }: Extract<Asked, { type: "command" }>,
  result: Result,
): DeviceState | null {
  const { session, log, over } = state;
  const theirs = session?.id === id && (side === "device" || session.technician.id === person);
  if (session === null || !theirs) return fits(result, refusal("session_ended")) ? state : null;
  const decision = decide(session, { by: side, client, command }, AROUND);
  if (decision.kind === "rejected") return fits(result, refusal(decision.code)) ? state : null;
  const [effect] = decision.effects;
  if (!fits(result, answerTo(effect, session, log))) return null;
  if (effect?.kind === "end") return { session: null, log: [], over: [...over, id] };
  const said = effect?.kind === "append" ? [`${side} ${client} ${effect.message.n}`] : [];
  return { session: decision.session, log: [...log, ...said], over };
}

function answerTo(effect: Effect | undefined, session: Session, log: readonly string[]): Result {
  if (effect?.kind === "append") return { kind: "ack", seq: effect.message.seq };
  if (effect?.kind !== "duplicate") return { kind: "ack" };
  const { from, client, n } = effect;
  const last = session.outbox[from][client];
  const seq = last?.n === n ? last.seq : log.indexOf(`${from} ${client} ${n}`) + 1;
  return seq === 0 ? refusal("out_of_order") : { kind: "ack", seq };
}

function refusal(code: ErrorCode): Result {
  return { kind: "rejected", code };
}

function fits(is: Result, should: Result): boolean {
  return is.kind === "unknown" || JSON.stringify(is) === JSON.stringify(should);
}
