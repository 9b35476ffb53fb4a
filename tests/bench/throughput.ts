/** Durable messages a second in one process when every mailbox is full. */
import { isRejection } from "../../protocol/errors.ts";
import { systemClock } from "../../actors/ports.ts";
import { SessionRegistry } from "../../actors/registry.ts";
import { SessionActor } from "../../actors/session_actor.ts";
import { EVERYTHING_ON } from "../../protocol/service.ts";
import { startSession } from "../../protocol/session.ts";
import { peopleKeys } from "../../store/keys.ts";
import { openKv } from "../../store/kv.ts";
import { MAX_MESSAGES_A_COMMIT, MAX_TEXT_A_COMMIT, SessionStore } from "../../store/sessions.ts";
import type { Row } from "./figures.ts";

const SESSIONS = 200;
const MESSAGES = 500;
/** Messages a commit of the floor carries; one key each, as ours. */
const FLOOR_BATCH = 50;
const TEXT = "Is it plugged in? Please look at the back of the device, on the left.";

/** Measures our actors, and plain commits of {@link FLOOR_BATCH} messages as the floor. */
export async function measureThroughput(path: string): Promise<Row> {
  const kv = await openKv(path);
  const floor = await plainCommits(kv);
  const ours = await fullMailboxes(kv, new SessionStore(kv));
  kv.close();
  return {
    what: "durable messages a second, mailboxes full",
    measured: `${Math.round(ours)}/s`,
    floor: `${Math.round(floor)}/s (plain commits of ${FLOOR_BATCH})`,
    ratio: (ours / floor).toFixed(2),
    reach: "≥ 20000/s",
    reached: ours >= 20_000,
  };
}

async function plainCommits(kv: Deno.Kv): Promise<number> {
  const total = SESSIONS * MESSAGES;
  const started = performance.now();
  const commits: Promise<unknown>[] = [];
  for (let n = 0; n < total; n += FLOOR_BATCH) {
    const op = kv.atomic();
    for (let i = n; i < n + FLOOR_BATCH; i++) op.set(["floor", i], { seq: i, text: TEXT });
    commits.push(op.commit());
  }
  await Promise.all(commits);
  return total / (performance.now() - started) * 1000;
}

async function fullMailboxes(kv: Deno.Kv, store: SessionStore): Promise<number> {
  const around = () => ({ now: Date.now(), available: EVERYTHING_ON, node: null, ringFor: 60_000 });
  const limits = { maxMessages: MAX_MESSAGES_A_COMMIT, maxText: MAX_TEXT_A_COMMIT };
  const ports = { log: store, clock: systemClock, around, changed() {}, moved() {} };
  const registry = new SessionRegistry(async (id) => {
    const head = await store.load(id);
    return head && new SessionActor(ports, head, limits);
  });
  for (let at = 0; at < SESSIONS; at++) {
    await kv.set(peopleKeys.device(`d-${at}`), { id: `d-${at}` });
    const session = startSession({
      id: `full-${at}`,
      device: { id: `d-${at}`, name: "Device" },
      technician: { id: "t", name: "Technician" },
      client: "bench",
    }, around());
    if (!isRejection(session)) await store.start(session);
  }
  const actors = await Promise.all(
    Array.from({ length: SESSIONS }, (_, at) => registry.get(`full-${at}`)),
  );
  const started = performance.now();
  await Promise.all(actors.flatMap((actor) =>
    Array.from({ length: MESSAGES }, async (_, at) => {
      const command = { type: "text.send" as const, n: at + 1, text: TEXT };
      const answer = await actor?.submit({ by: "technician", client: "bench", command });
      if (answer === undefined || !("seq" in answer)) throw new Error(JSON.stringify(answer));
    })
  ));
  const rate = SESSIONS * MESSAGES / (performance.now() - started) * 1000;
  await registry.close();
  return rate;
}
