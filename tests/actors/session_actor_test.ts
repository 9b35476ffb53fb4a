/** The session actor on a real Deno KV, with a doorbell and a store that tests can hold back. */
import { assert, assertEquals } from "@std/assert";
import { isRejection } from "../../protocol/errors.ts";
import { type SessionLog, systemClock } from "../../actors/ports.ts";
import type { SessionPage } from "../../actors/audience.ts";
import type { Answer } from "../../actors/answers.ts";
import { SessionActor, type SessionActorPorts } from "../../actors/session_actor.ts";
import { EVERYTHING_ON } from "../../protocol/service.ts";
import { type Message, type Session, startSession } from "../../protocol/session.ts";
import { gate, overlay, quietly, TestClock } from "./world.ts";
import {
  MAX_MESSAGES_A_COMMIT,
  MAX_TEXT_A_COMMIT,
  SessionStore,
  type StoredSession,
} from "../../store/sessions.ts";

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
  assert(!isRejection(session));
  await store.start(session);
  return session;
}

async function startActor(
  log: SessionLog,
  ports: Partial<SessionActorPorts> = {},
  known: StoredSession | null = null,
): Promise<SessionActor> {
  const head = known ?? await log.load("s");
  assert(head !== null);
  const usual = { log, clock: systemClock, around, changed: () => {}, moved: () => {} };
  return new SessionActor({ ...usual, ...ports }, head, LIMITS);
}

function send(actor: SessionActor, n: number, client = "console-1"): Promise<Answer> {
  const command = { type: "text.send" as const, n, text: `no. ${n}` };
  return actor.submit({ by: "technician", client, command });
}

/** A page that keeps the messages it is sent. */
class Reader implements SessionPage {
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

Deno.test("[C2] the doorbell may skip: after fifty commits one ring brings all fifty, in order", async () => {
  await withStore(async (store) => {
    await newSession(store);
    const here = await startActor(store);
    let ring: (version: string | null) => void = () => {};
    const there = await startActor(overlay<SessionLog>(store, {
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
    const actor = await startActor(overlay<SessionLog>(store, {
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

Deno.test("[A3] however many commands wait, an end is taken", async () => {
  await withStore(async (store) => {
    await newSession(store);
    const slow = gate();
    const actor = await startActor(overlay<SessionLog>(store, {
      commit: async (...step) => {
        await slow.opened;
        return await store.commit(...step);
      },
    }));
    const texts = Array.from({ length: 800 }, (_, n) => send(actor, n + 1));
    const end = actor.submit({
      by: "technician",
      client: "console-1",
      command: { type: "session.end" },
    });
    slow.open();
    assertEquals(await end, {});
    const codes = (await Promise.all(texts)).map((answer) => isRejection(answer) && answer.code);
    assertEquals(codes.filter((code) => code === "busy").length, 300);
    assertEquals(await store.load("s"), null);
  });
});

Deno.test("[C2] a conflict is decided again on what the other process left", async () => {
  await withStore(async (store) => {
    await newSession(store);
    const other = await startActor(store);
    let first = true;
    const actor = await startActor(overlay<SessionLog>(store, {
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
    const actor = await startActor(overlay<SessionLog>(store, { watch: () => () => {} }));
    const reader = new Reader();
    actor.attach(reader, 0);
    await other.submit({ by: "technician", client: "console-1", command: { type: "session.end" } });
    assertEquals(await send(actor, 1), { kind: "rejected", code: "session_ended" });
    assertEquals(reader.timesOver, 1);
    assertEquals(await store.messages("s", 0, 100, 100), []);
  });
});

Deno.test("[A3] a refusal is by the newest state, also where the doorbell has not rung yet", async () => {
  await withStore(async (store) => {
    await newSession(store);
    const other = await startActor(store);
    const actor = await startActor(overlay<SessionLog>(store, { watch: () => () => {} }));
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
  using _ = quietly();
  await withStore(async (store) => {
    await newSession(store);
    let failures = 0;
    const actor = await startActor(overlay<SessionLog>(store, {
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
  using _ = quietly();
  await withStore(async (store) => {
    await newSession(store);
    const other = await startActor(store);
    await send(other, 1);
    const actor = await startActor(overlay<SessionLog>(store, {
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

Deno.test("[C2] a doorbell that the store failed at is answered a moment later", async () => {
  using _ = quietly();
  await withStore(async (store) => {
    await newSession(store);
    const other = await startActor(store);
    const clock = new TestClock();
    let ring: (version: string | null) => void = () => {};
    let broken = false;
    const log = overlay<SessionLog>(store, {
      load: (id) => broken ? Promise.reject(new Error("no network")) : store.load(id),
      watch: (_, doorbell) => {
        ring = doorbell;
        return () => {};
      },
    });
    const actor = await startActor(log, { clock });
    const reader = new Reader();
    actor.attach(reader, 0);
    await actor.idle();
    await send(other, 1);
    broken = true;
    ring("newer");
    await actor.idle();
    assertEquals(reader.messages.length, 0);
    broken = false;
    clock.advance(1000);
    await actor.idle();
    assertEquals(reader.messages.map(({ seq }) => seq), [1]);
    other.close();
    actor.close();
  });
});

Deno.test("[S4] ringing stops although the store failed when its time had come", async () => {
  using _ = quietly();
  await withStore(async (store) => {
    const session = await newSession(store);
    const clock = new TestClock();
    let broken = true;
    const log = overlay<SessionLog>(store, {
      commit: (...step) => broken ? Promise.reject(new Error("no disk")) : store.commit(...step),
    });
    const now = () => ({ ...around(), now: clock.now() });
    const actor = await startActor(log, { clock, around: now });
    assert(session.state.kind === "ringing");
    clock.advance(session.state.until - clock.now());
    await actor.idle();
    assertEquals(actor.session.state.kind, "ringing");
    broken = false;
    clock.advance(1000);
    await actor.idle();
    clock.advance(0);
    await actor.idle();
    assertEquals(actor.session.state.kind, "waiting");
    actor.close();
  });
});

Deno.test("[C2] [C3] a page that comes from a process further on gets nothing twice, nothing back", async () => {
  await withStore(async (store) => {
    await newSession(store);
    const here = await startActor(store);
    // Its doorbell has not rung yet for what happened here.
    const there = await startActor(overlay<SessionLog>(store, { watch: () => () => {} }));
    const stays = new Reader();
    there.attach(stays, 0);
    await there.idle();
    for (let n = 1; n <= 3; n++) await send(here, n);
    const comes = new Reader();
    there.attach(comes, 3);
    await there.idle();
    await send(there, 4);
    assertEquals(comes.lastSeqs, [3, 4]);
    assertEquals(comes.messages.map(({ seq }) => seq), [4]);
    assertEquals(stays.messages.map(({ seq }) => seq), [1, 2, 3, 4]);
    here.close();
    there.close();
  });
});

Deno.test("[S7] a page that attaches to a session that ended elsewhere is told so, once", async () => {
  await withStore(async (store) => {
    await newSession(store);
    const other = await startActor(store);
    const actor = await startActor(overlay<SessionLog>(store, { watch: () => () => {} }));
    await other.submit({ by: "technician", client: "console-1", command: { type: "session.end" } });
    const reader = new Reader();
    assert(actor.attach(reader, 0));
    await actor.idle();
    assertEquals(reader.timesOver, 1);
    assert(!actor.attach(reader, 0));
  });
});

Deno.test("[C2] a page that leaves before its replay is sent nothing", async () => {
  await withStore(async (store) => {
    await newSession(store);
    const reading = gate();
    const actor = await startActor(
      overlay<SessionLog>(store, {
        load: async (id) => {
          await reading.opened;
          return await store.load(id);
        },
      }),
      {},
      await store.load("s"),
    );
    const reader = new Reader();
    actor.attach(reader, 0);
    actor.detach(reader);
    reading.open();
    await actor.idle();
    assertEquals(reader.lastSeqs, []);
    actor.close();
  });
});
