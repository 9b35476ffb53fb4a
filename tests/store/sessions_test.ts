/** Sessions and messages on a real Deno KV. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { isRejection } from "../../protocol/errors.ts";
import { divertLog } from "../../log/log.ts";
import { EVERYTHING_ON } from "../../protocol/service.ts";
import { type Message, OUTBOX_PAGES, type Session, startSession } from "../../protocol/session.ts";
import { MAX_TEXT } from "../../protocol/text.ts";
import {
  END_TOLD_MS,
  MAX_MESSAGES_A_COMMIT,
  MAX_TEXT_A_COMMIT,
  SessionStore,
} from "../../store/sessions.ts";

function session(id: string, device = `device-of-${id}`): Session {
  const made = startSession({
    id,
    device: { id: device, name: "Till 4" },
    technician: { id: "maria", name: "Maria Keller" },
    client: "console-1",
  }, { now: 1, available: EVERYTHING_ON, node: null, ringFor: 60_000 });
  assert(!isRejection(made));
  return made;
}

function message(seq: number): Message {
  return { seq, from: "technician", text: `no. ${seq}`, at: seq, client: "console-1", n: seq };
}

async function withStore(test: (store: SessionStore, kv: Deno.Kv) => Promise<void>) {
  const kv = await Deno.openKv(":memory:");
  try {
    for (const name of ["till", "device-of-a", "device-of-b", "device-of-c"]) {
      await kv.set(["device", name], { id: name });
    }
    await test(new SessionStore(kv), kv);
  } finally {
    kv.close();
  }
}

Deno.test("[S2] one device, one session; the second start learns who holds it", async () => {
  await withStore(async (store) => {
    assertEquals((await store.start(session("a", "till"))).kind, "started");
    const second = await store.start(session("b", "till"));
    assert(second.kind === "held");
    assertEquals(second.by, { session: "a", technician: { id: "maria", name: "Maria Keller" } });
    assertEquals(await store.ofTechnician("maria"), ["a"]);
    assertEquals(await store.load("b"), null);
  });
});

Deno.test("[S2] a device that is gone gets no session", async () => {
  await withStore(async (store) => {
    assertEquals(await store.start(session("a", "removed")), { kind: "no_device" });
    assertEquals(await store.load("a"), null);
  });
});

Deno.test("[C1] head and messages are written together, or neither is", async () => {
  await withStore(async (store) => {
    const head = session("a");
    const started = await store.start(head);
    assert(started.kind === "started");
    const { version } = started;
    assert(await store.commit(version, { ...head, lastSeq: 1 }, [message(1)]) !== null);
    assertEquals(await store.commit(version, { ...head, lastSeq: 2 }, [message(2)]), null);
    assertEquals((await store.load("a"))?.session.lastSeq, 1);
    assertEquals(await store.messages("a", 0, 10, 10), [message(1)]);
  });
});

Deno.test("[C2] messages come in order, from the one after the cursor, in pages", async () => {
  await withStore(async (store) => {
    const head = session("a");
    const started = await store.start(head);
    assert(started.kind === "started");
    const all = Array.from({ length: 150 }, (_, i) => message(i + 1));
    await store.commit(started.version, { ...head, lastSeq: 150 }, all);
    assertEquals(await store.messages("a", 20, 150, 100), all.slice(20, 120));
    assertEquals(await store.messages("a", 120, 150, 100), all.slice(120));
    assertEquals(await store.messages("a", 150, 150, 100), []);
    const entry = { from: "technician", client: "console-1", n: 77 } as const;
    assertEquals(await store.seqOf("a", entry), 77);
    assertEquals(await store.seqOf("a", { ...entry, client: "console-2" }), null);
    assertEquals(await store.seqOf("a", { ...entry, from: "device" }), null);
  });
});

Deno.test("[S8] the end erases every key of the session, of a long one too, and of no other", async () => {
  await withStore(async (store, kv) => {
    const keep = session("b");
    const kept = await store.start(keep);
    const head = session("a");
    const started = await store.start(head);
    assert(started.kind === "started" && kept.kind === "started");
    await store.commit(kept.version, { ...keep, lastSeq: 1 }, [message(1)]);
    let { version } = started;
    for (let from = 0; from < 1200; from += 200) {
      const batch = Array.from({ length: 200 }, (_, i) => message(from + i + 1));
      version = await store.commit(version, { ...head, lastSeq: from + 200 }, batch) ?? "";
    }
    assert(await store.end(version, head));
    const left = (await Array.fromAsync(kv.list({ prefix: [] }))).map(({ key }) => key.join("/"))
      .filter((key) => !key.startsWith("device/"));
    assertEquals(left.sort(), [
      "device_session/device-of-b",
      "directory",
      "message/b/1",
      "session/b",
      "technician_session/maria/b",
    ]);
  });
});

Deno.test("[S8] ends that a crash cut short are finished, however many messages others have", async () => {
  await withStore(async (store, kv) => {
    for (const id of ["a", "b", "c"]) {
      const head = session(id);
      const started = await store.start(head);
      assert(started.kind === "started");
      const some = Array.from({ length: 120 }, (_, i) => message(i + 1));
      await store.commit(started.version, { ...head, lastSeq: 120 }, some);
    }
    await kv.delete(["session", "a"]);
    await kv.delete(["session", "c"]);
    assertEquals(await store.finishEnds(), 2);
    assertEquals(await store.finishEnds(), 0);
    const left = await Array.fromAsync(kv.list({ prefix: ["message"] }));
    assertEquals(new Set(left.map(({ key }) => key[1])), new Set(["b"]));
    assertEquals(left.length, 120);
  });
});

/** A head as large as they get: every name at its longest, every page remembered. */
function fullest(head: Session): Session {
  const client = (at: number) => `${at}`.padStart(32, "x");
  const pages = () =>
    Object.fromEntries(
      Array.from({ length: OUTBOX_PAGES }, (_, at) => [client(at), { n: 1e9, seq: 1e9 + at }]),
    );
  const name = "\u{1F469}".repeat(80);
  const participation = { client: client(1), medium: "video", muted: false } as const;
  return {
    ...head,
    device: { ...head.device, name },
    technician: { ...head.technician, name },
    state: {
      kind: "open",
      answeredBy: client(1),
      call: {
        kind: "active",
        id: 1e9,
        node: "n".repeat(64),
        since: Date.now(),
        sides: { technician: participation, device: participation },
      },
    },
    outbox: { technician: pages(), device: pages() },
  };
}

Deno.test("[C1] the fullest heads with the longest texts fit Deno KV's limits, ten at a time, too", async () => {
  await withStore(async (store, kv) => {
    const sessions = Array.from({ length: 11 }, (_, at) => session(`s${at}`));
    for (const { device } of sessions) await kv.set(["device", device.id], { id: device.id });
    const started = await Promise.all(sessions.map((head) => store.start(head)));
    // An emoji is one character, two UTF-16 units and, in UTF-8, four bytes.
    const text = "\u{1F469}".repeat(MAX_TEXT);
    const count = Math.floor(MAX_TEXT_A_COMMIT / text.length);
    const client = "x".repeat(32);
    const many = Array.from({ length: MAX_MESSAGES_A_COMMIT }, (_, at) => ({
      ...message(1e9 + at),
      client,
      text: at < count ? text : "",
    }));
    const versions = await Promise.all(sessions.map((head, at) => {
      const start = started[at];
      assert(start?.kind === "started");
      // The first one goes alone with all the text a commit takes; the rest wait and go together.
      return store.commit(start.version, fullest(head), at < 2 ? many : many.slice(0, 2));
    }));
    assert(versions.every((version) => version !== null));
  });
});

Deno.test("[S7] [S8] an end whose erasing fails is an end, and is finished later", async () => {
  using _ = divertLog(() => {});
  const kv = await Deno.openKv(":memory:");
  let broken = false;
  const flaky = new Proxy(kv, {
    get(_, name) {
      if (name === "list" && broken) throw new Error("no network");
      const value: unknown = Reflect.get(kv, name);
      return typeof value === "function" ? value.bind(kv) : value;
    },
  });
  const store = new SessionStore(flaky);
  await kv.set(["device", "till"], { id: "till" });
  const head = session("a", "till");
  const started = await store.start(head);
  assert(started.kind === "started");
  const version = await store.commit(started.version, { ...head, lastSeq: 1 }, [message(1)]);
  assert(version !== null);
  broken = true;
  assert(await store.end(version, head));
  assertEquals(await store.load("a"), null);
  await assertRejects(() => store.finishOwnEnds());
  broken = false;
  await store.finishOwnEnds();
  assertEquals(await Array.fromAsync(kv.list({ prefix: ["message"] })), []);
  kv.close();
});

Deno.test("[S5] an end that did not happen erases nothing", async () => {
  await withStore(async (store) => {
    const head = session("a", "till");
    const started = await store.start(head);
    assert(started.kind === "started");
    await store.commit(started.version, { ...head, lastSeq: 1 }, [message(1)]);
    assert(!await store.end(started.version, head));
    await store.finishOwnEnds();
    assertEquals(await store.messages("a", 0, 9, 9), [message(1)]);
  });
});

Deno.test("[S5] an end that may have failed altogether erases nothing of a session that lives", async () => {
  await withStore(async (original, kv) => {
    const head = session("a", "till");
    const started = await original.start(head);
    assert(started.kind === "started");
    await original.commit(started.version, { ...head, lastSeq: 1 }, [message(1)]);
    let failures = 1;
    const broken = new Proxy(kv, {
      get(_, name) {
        const value: unknown = Reflect.get(kv, name);
        if (name !== "atomic") return typeof value === "function" ? value.bind(kv) : value;
        const op = kv.atomic();
        if (failures-- > 0) op.commit = () => Promise.reject(new Error("no network"));
        return () => op;
      },
    });
    const store = new SessionStore(broken);
    await assertRejects(() => store.end(started.version, head));
    await store.finishOwnEnds();
    assertEquals(await store.messages("a", 0, 9, 9), [message(1)]);
  });
});

Deno.test("[S8] an end that is still on its way when others look is finished all the same", async () => {
  using _ = divertLog(() => {});
  await withStore(async (original, kv) => {
    let now = 1_000;
    const [asked, sent] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let away = false;
    const slow = new Proxy(kv, {
      get(_, name) {
        if (name === "list" && away) throw new Error("no network");
        const value: unknown = Reflect.get(kv, name);
        if (name !== "atomic") return typeof value === "function" ? value.bind(kv) : value;
        const op = kv.atomic();
        const commit = op.commit.bind(op);
        op.commit = async () => {
          asked.resolve();
          await sent.promise;
          return await commit();
        };
        return () => op;
      },
    });
    const head = session("a", "till");
    const started = await original.start(head);
    assert(started.kind === "started");
    const version = await original.commit(started.version, { ...head, lastSeq: 1 }, [message(1)]);
    assert(version !== null);
    const store = new SessionStore(slow, () => now);
    const ending = store.end(version, head);
    await asked.promise;
    for (let round = 0; round < 9; round++, now += 10_000) await store.finishOwnEnds();
    away = true;
    sent.resolve();
    assert(await ending);
    away = false;
    await store.finishOwnEnds();
    assertEquals(await original.messages("a", 0, 9, 9), []);
  });
});

Deno.test("[S8] an end that was given up and happens later is finished", async () => {
  await withStore(async (original, kv) => {
    const late: (() => Promise<unknown>)[] = [];
    const lost = new Proxy(kv, {
      get(_, name) {
        const value: unknown = Reflect.get(kv, name);
        if (name !== "atomic") return typeof value === "function" ? value.bind(kv) : value;
        const op = kv.atomic();
        if (late.push(op.commit.bind(op)) === 1) {
          op.commit = () => Promise.reject(new Error("the database does not answer"));
        }
        return () => op;
      },
    });
    let now = 1_000;
    const store = new SessionStore(lost, () => now);
    const head = session("a", "till");
    const started = await original.start(head);
    assert(started.kind === "started");
    const version = await original.commit(started.version, { ...head, lastSeq: 1 }, [message(1)]);
    assert(version !== null);
    await assertRejects(() => store.end(version, head));
    await store.finishOwnEnds();
    now += 10_000;
    await late[0]?.();
    await store.finishOwnEnds();
    assertEquals(await original.messages("a", 0, 9, 9), []);
  });
});

Deno.test("[S8] why a session ended is told for a moment, and holds neither names nor text", async () => {
  await withStore(async (_, kv) => {
    let now = 1_000;
    const store = new SessionStore(kv, () => now);
    const head = session("a", "till");
    const started = await store.start(head);
    assert(started.kind === "started");
    const version = await store.commit(started.version, { ...head, lastSeq: 1 }, [message(1)]);
    assert(version !== null);
    assertEquals(await store.ended("a"), null, "it goes on");
    const over = { kind: "ended", reason: "rejected", by: "phone-01" } as const;
    assert(await store.end(version, { ...head, state: over }));
    const left = (await Array.fromAsync(kv.list({ prefix: [] })))
      .filter(({ key }) => key[0] !== "device" && key[0] !== "directory");
    assertEquals(left.map(({ value }) => value), [
      { reason: "rejected", by: "phone-01", until: 1_000 + END_TOLD_MS },
    ]);
    assert(!left.some(({ key }) => key.includes("a")), "only who knows the id finds it");
    assertEquals(await store.ended("a"), { reason: "rejected", by: "phone-01" });
    now += END_TOLD_MS;
    assertEquals(await store.ended("a"), null);
  });
});
