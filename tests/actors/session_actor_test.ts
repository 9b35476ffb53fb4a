/** The session actor on a real Deno KV, with a doorbell and a store that tests can hold back. */
import { assert, assertEquals } from "@std/assert";
import { type SessionLog, systemClock } from "../../actors/ports.ts";
import {
  type Answer,
  SessionActor,
  type SessionPage,
  startSessionActor,
} from "../../actors/session_actor.ts";
import { EVERYTHING_ON } from "../../protocol/service.ts";
import { type Message, type Session, startSession } from "../../protocol/session.ts";
import { MAX_MESSAGES_A_COMMIT, MAX_TEXT_A_COMMIT, SessionStore } from "../../store/sessions.ts";

const LIMITS = { maxMessages: MAX_MESSAGES_A_COMMIT, maxText: MAX_TEXT_A_COMMIT };
const around = () => ({ now: Date.now(), available: EVERYTHING_ON, node: "n", ringFor: 60_000 });

async function withStore(test: (store: SessionStore) => Promise<void>): Promise<void> {
  const kv = await Deno.openKv(":memory:");
  try {
    await kv.set(["device", "d"], { id: "d" });
    await test(new SessionStore(kv));
  } finally {
    kv.close();
  }
}

async function newSession(store: SessionStore): Promise<Session> {
  const session = startSession({
    id: "s",
    device: { id: "d", name: "Till 4" },
    technician: { id: "t", name: "Maria" },
    client: "console-1",
  }, around());
  assert(!("kind" in session));
  await store.start(session);
  return session;
}

async function startActor(log: SessionLog): Promise<SessionActor> {
  const actor = await startSessionActor(
    { log, clock: systemClock, around, changed: () => {} },
    "s",
    LIMITS,
  );
  assert(actor !== null);
  return actor;
}

/** Everything of a store but what a test puts in its place. */
function variant(store: SessionStore, changes: Partial<SessionLog>): SessionLog {
  return {
    load: (id) => store.load(id),
    commit: (version, session, messages) => store.commit(version, session, messages),
    end: (version, session) => store.end(version, session),
    messages: (id, after, upTo, limit) => store.messages(id, after, upTo, limit),
    seqOf: (id, client, n) => store.seqOf(id, client, n),
    watch: (id, ring) => store.watch(id, ring),
    ...changes,
  };
}

function send(actor: SessionActor, n: number, client = "console-1"): Promise<Answer> {
  const command = { type: "text.send" as const, n, text: `no. ${n}` };
  return actor.submit({ by: "technician", client, command });
}

/** A page that keeps the messages it is sent. */
class Reader implements SessionPage {
  readonly side = "device" as const;
  readonly client = "phone-01";
  readonly messages: Message[] = [];
  toldToComeBack = false;
  over = false;

  send(frame: Parameters<SessionPage["send"]>[0]) {
    if (frame.type === "session") this.messages.push(...frame.messages);
    if (frame.type === "ended") this.over = true;
  }
  unavailable() {
    this.toldToComeBack = true;
  }
}

Deno.test("[C2] the doorbell may skip: after fifty commits one ring brings all fifty, in order", async () => {
  await withStore(async (store) => {
    await newSession(store);
    const here = await startActor(store);
    let ring: (version: string | null) => void = () => {};
    const there = await startActor(variant(store, {
      watch: (_, doorbell) => {
        ring = doorbell;
        return () => {};
      },
    }));
    const reader = new Reader();
    there.attach(reader, 0);
    await there.idle();
    for (let n = 1; n <= 50; n++) await send(here, n);
    assertEquals(reader.messages.length, 0);
    ring("some newer version");
    await there.idle();
    assertEquals(
      reader.messages.map(({ seq }) => seq),
      Array.from({ length: 50 }, (_, i) => i + 1),
    );
    here.close();
    there.close();
  });
});

Deno.test("[C1] everything that waits goes into one commit, and is answered after it", async () => {
  await withStore(async (store) => {
    await newSession(store);
    let commits = 0;
    const actor = await startActor(variant(store, {
      commit: (version, session, messages) => {
        commits++;
        return store.commit(version, session, messages);
      },
    }));
    const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => send(actor, i + 1)));
    assertEquals(answers.map((a) => "seq" in a && a.seq), answers.map((_, i) => i + 1));
    assertEquals(commits, 1);
    actor.close();
  });
});

Deno.test("[C2] a conflict is decided again on what the other process left", async () => {
  await withStore(async (store) => {
    await newSession(store);
    const other = await startActor(store);
    let first = true;
    const actor = await startActor(variant(store, {
      commit: async (version, session, messages) => {
        if (first) {
          first = false;
          await send(other, 1, "console-2");
        }
        return await store.commit(version, session, messages);
      },
      watch: () => () => {},
    }));
    const reader = new Reader();
    actor.attach(reader, 0);
    assertEquals(await send(actor, 1), { seq: 2 });
    assertEquals(reader.messages.map(({ client }) => client), ["console-2", "console-1"]);
    other.close();
    actor.close();
  });
});

Deno.test("[S7] a command that meets the end in another process is refused as ended", async () => {
  await withStore(async (store) => {
    await newSession(store);
    const other = await startActor(store);
    const actor = await startActor(variant(store, { watch: () => () => {} }));
    const reader = new Reader();
    actor.attach(reader, 0);
    await other.submit({ by: "technician", client: "console-1", command: { type: "session.end" } });
    assertEquals(await send(actor, 1), { kind: "rejected", code: "session_ended" });
    assert(reader.over);
    assertEquals(await store.messages("s", 0, 100, 100), []);
  });
});

Deno.test("[A3] a refusal is by the newest state, also where the doorbell has not rung yet", async () => {
  await withStore(async (store) => {
    await newSession(store);
    const other = await startActor(store);
    const actor = await startActor(variant(store, { watch: () => () => {} }));
    const answer = { type: "session.answer" as const, as: "text" as const };
    await other.submit({ by: "device", client: "phone-01", command: answer });
    // By what this actor last saw, the device has not answered yet.
    const command = { type: "text.send" as const, n: 1, text: "hello" };
    assertEquals(await actor.submit({ by: "device", client: "phone-01", command }), { seq: 1 });
    other.close();
    actor.close();
  });
});

Deno.test("[C1] [A3] a store that fails costs nothing: refused as busy, taken the next time, once", async () => {
  await withStore(async (store) => {
    await newSession(store);
    let failures = 0;
    const actor = await startActor(variant(store, {
      // The worst failure: it was written, and nobody learned of it.
      commit: async (version, session, messages) => {
        const written = await store.commit(version, session, messages);
        if (failures++ === 0) throw new Error("the connection broke");
        return written;
      },
      watch: () => () => {},
    }));
    const reader = new Reader();
    actor.attach(reader, 0);
    assertEquals(await send(actor, 1), { kind: "rejected", code: "busy" });
    assertEquals(await send(actor, 1), { seq: 1 });
    assertEquals(await send(actor, 2), { seq: 2 });
    assertEquals(reader.messages.map(({ seq }) => seq), [1, 2]);
    actor.close();
  });
});

Deno.test("[C2] a page that attaches while the store fails is told to come back", async () => {
  await withStore(async (store) => {
    await newSession(store);
    const other = await startActor(store);
    await send(other, 1);
    const actor = await startActor(variant(store, {
      messages: () => Promise.reject(new Error("the disk is full")),
    }));
    const reader = new Reader();
    actor.attach(reader, 0);
    await actor.idle();
    assert(reader.toldToComeBack);
    other.close();
    actor.close();
  });
});
