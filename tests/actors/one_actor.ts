/** One session actor on a real Deno KV. */
import { assert } from "@std/assert";
import { isRejection } from "../../protocol/errors.ts";
import { type SessionLog, systemClock } from "../../actors/ports.ts";
import type { SessionPage } from "../../actors/audience.ts";
import type { Answer } from "../../actors/answers.ts";
import { SessionActor, type SessionActorPorts } from "../../actors/session_actor.ts";
import { EVERYTHING_ON } from "../../protocol/service.ts";
import { type Message, type Session, startSession } from "../../protocol/session.ts";
import {
  MAX_MESSAGES_A_COMMIT,
  MAX_TEXT_A_COMMIT,
  SessionStore,
  type StoredSession,
} from "../../store/sessions.ts";

const LIMITS = { maxMessages: MAX_MESSAGES_A_COMMIT, maxText: MAX_TEXT_A_COMMIT };

/** Everything is on, and there is a node. */
export const around = () => ({
  now: Date.now(),
  available: EVERYTHING_ON,
  node: "n",
  ringFor: 60_000,
});

/** Runs `test` on a store of its own. */
export async function withStore(test: (store: SessionStore) => Promise<void>): Promise<void> {
  const kv = await Deno.openKv(":memory:");
  try {
    await kv.set(["device", "d"], { id: "d" });
    await test(new SessionStore(kv));
  } finally {
    kv.close();
  }
}

/** A session in that store, just started. */
export async function newSession(store: SessionStore): Promise<Session> {
  const session = startSession({
    id: "s",
    device: { id: "d", name: "Till 4" },
    technician: { id: "t", name: "Maria" },
    client: "console-1",
  }, around());
  assert(!isRejection(session));
  await store.start(session);
  return session;
}

/** Its actor, on what the store holds or `known`. */
export async function startActor(
  log: SessionLog,
  ports: Partial<SessionActorPorts> = {},
  known: StoredSession | null = null,
): Promise<SessionActor> {
  const head = known ?? await log.load("s");
  assert(head !== null);
  const usual = { log, clock: systemClock, around, changed: () => {}, moved: () => {} };
  return new SessionActor({ ...usual, ...ports }, head, LIMITS);
}

/** The technician's text number `n`. */
export function send(actor: SessionActor, n: number, client = "console-1"): Promise<Answer> {
  const command = { type: "text.send" as const, n, text: `no. ${n}` };
  return actor.submit({ by: "technician", client, command });
}

/** A page that keeps the messages it is sent. */
export class Reader implements SessionPage {
  congested = false;
  clear: () => void = () => {};
  readonly side = "device" as const;
  readonly client = "phone-01";
  readonly messages: Message[] = [];
  /** Of each view it was sent. */
  readonly lastSeqs: number[] = [];
  toldToComeBack = false;
  timesOver = 0;

  send(frame: Parameters<SessionPage["send"]>[0]) {
    if (frame.type === "session") {
      this.messages.push(...frame.messages);
      this.lastSeqs.push(frame.session.lastSeq);
    }
    if (frame.type === "ended") this.timesOver++;
  }
  unavailable() {
    this.toldToComeBack = true;
  }
  whenClear(run: () => void) {
    this.clear = run;
  }
}
