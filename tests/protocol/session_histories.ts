/** Random histories of a session, and how to play them. */
import fc from "fast-check";
import {
  decide,
  type Decision,
  type Session,
  type SessionCommand,
  type SessionInput,
  startSession,
  type Surroundings,
} from "../../protocol/session.ts";
import { EVERYTHING_ON } from "../../protocol/service.ts";
import { isRejection, type Rejection } from "../../protocol/errors.ts";
import type { Troubles } from "../../protocol/trouble.ts";

/** Everything is on, and there is a node. */
export const AROUND: Surroundings = {
  now: 1000,
  available: EVERYTHING_ON,
  node: "n",
  ringFor: 60_000,
};

const PHOTO = { id: "photo", name: "label.jpg", type: "image/jpeg", size: 9 };

/** A session that was just started. */
export function newSession(): Session {
  const session = startSession({
    id: "s",
    device: { id: "d", name: "Till 4" },
    technician: { id: "t", name: "Maria" },
    client: "console1",
  }, AROUND);
  if (isRejection(session)) throw new Error(session.code);
  return session;
}

/** What one of the device's pages does. */
export const device = (command: SessionCommand, client = "phone1"): SessionInput => ({
  by: "device",
  client,
  command,
});

/** What one of the technician's pages does. */
export const technician = (command: SessionCommand, client = "console1"): SessionInput => ({
  by: "technician",
  client,
  command,
});

/** Fails where it was refused. */
export function must(outcome: Decision | Rejection): Decision {
  if (outcome.kind === "rejected") throw new Error(`refused: ${outcome.code}`);
  return outcome;
}

/** The code it was refused with, or "accepted". */
export function code(outcome: Decision | Rejection): string {
  return outcome.kind === "rejected" ? outcome.code : "accepted";
}

/** The session after all of these, none of which may be refused. */
export function after(session: Session, ...inputs: SessionInput[]): Session {
  return inputs.reduce((now, input) => must(decide(now, input, AROUND)).session, session);
}

// --- random histories ----------------------------------------------------------------------------

/** Voice or video. */
const medium = fc.constantFrom("voice" as const, "video" as const);

/** What may trouble a page. */
const trouble = fc.constantFrom<Troubles>(
  {},
  { microphone: "phone_call" },
  { microphone: "denied", camera: "paused" },
);

/** Any command. */
const command: fc.Arbitrary<SessionCommand> = fc.oneof(
  fc.record({ type: fc.constant("session.ring" as const) }),
  fc.record({
    type: fc.constant("session.answer" as const),
    as: fc.constantFrom("voice" as const, "video" as const, "text" as const),
  }),
  { weight: 1, arbitrary: fc.record({ type: fc.constant("session.reject" as const) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("session.end" as const) }) },
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constant("text.send" as const),
      n: fc.integer({ min: 1, max: 6 }),
      text: fc.string({ maxLength: 12 }),
      attachment: fc.option(fc.constant(PHOTO), { nil: undefined, freq: 3 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant("text.cursor" as const),
      received: fc.nat(8),
      read: fc.nat(8),
    }),
  },
  fc.record({ type: fc.constant("call.start" as const), medium }),
  fc.record({ type: fc.constant("call.accept" as const), medium }),
  fc.record({ type: fc.constant("call.hangup" as const) }),
  fc.record({ type: fc.constant("call.media" as const), medium, muted: fc.boolean(), trouble }),
  fc.record({ type: fc.constant("call.join" as const) }),
  fc.record({ type: fc.constant("equipment.ask" as const) }),
  fc.record({
    type: fc.constant("equipment.answer" as const),
    answer: fc.constantFrom("declined" as const, "started" as const, "closed" as const),
  }),
);

interface Event {
  readonly input: SessionInput;
  readonly around: Surroundings;
}

const switches = fc.record({
  service: fc.boolean(),
  text: fc.boolean(),
  files: fc.boolean(),
  voice: fc.boolean(),
  video: fc.boolean(),
});

/** Any surroundings. */
const around: fc.Arbitrary<Surroundings> = fc.record({
  now: fc.integer({ min: 1000, max: 200_000 }),
  available: fc.oneof({ weight: 5, arbitrary: fc.constant(EVERYTHING_ON) }, switches),
  node: fc.oneof({ weight: 5, arbitrary: fc.constantFrom("n", "m") }, fc.constant(null)),
  ringFor: fc.constant(60_000),
});

/** Either side's page, by name. */
const client = fc.constantFrom("page-a", "page-b");

/** Anything that may happen to a session. */
const input: fc.Arbitrary<SessionInput> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ by: fc.constant("technician" as const), client, command }) },
  { weight: 6, arbitrary: fc.record({ by: fc.constant("device" as const), client, command }) },
  fc.record({ by: fc.constantFrom("clock" as const, "policy" as const) }),
  fc.record({ by: fc.constant("media" as const), from: fc.constantFrom("n", "m") }),
  fc.record({
    by: fc.constant("network" as const),
    from: fc.constantFrom("n", "m"),
    to: fc.constantFrom("n", "m"),
  }),
);

/** Anything that may happen to it, one after the other. */
export const history: fc.Arbitrary<Event[]> = fc.array(fc.record({ input, around }), {
  maxLength: 60,
  size: "max",
});

interface Stage extends Event {
  readonly before: Session;
  readonly outcome: Decision | Rejection;
  readonly after: Session;
}

/** Plays a history and hands every stage to `check`. */
export function play(events: readonly Event[], check: (stage: Stage) => void): void {
  let session = newSession();
  for (const { input, around } of events) {
    const outcome = decide(session, input, around);
    const next = outcome.kind === "rejected" ? session : outcome.session;
    check({ input, around, before: session, outcome, after: next });
    session = next;
  }
}

/** Holds at every stage of any history. */
export function always(check: (stage: Stage) => void): void {
  fc.assert(fc.property(history, (events) => play(events, check)), { numRuns: 400 });
}
