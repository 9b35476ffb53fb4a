/** Sessions and messages on a real Deno KV. */
import { assert, assertEquals } from "@std/assert";
import { EVERYTHING_ON } from "../../protocol/service.ts";
import { type Message, type Session, startSession } from "../../protocol/session.ts";
import { SessionStore } from "../../store/sessions.ts";

function session(id: string, device = `device-of-${id}`): Session {
  const made = startSession({
    id,
    device: { id: device, name: "Till 4" },
    technician: { id: "maria", name: "Maria Keller" },
    client: "console-1",
  }, { now: 1, available: EVERYTHING_ON, node: null, ringFor: 60_000 });
  assert(!("kind" in made));
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
    assertEquals(await store.seqOf("a", "console-1", 77), 77);
    assertEquals(await store.seqOf("a", "console-2", 77), null);
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
