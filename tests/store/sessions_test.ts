/** Sessions and messages on a real Deno KV. */
import { assert, assertEquals } from "@std/assert";
import { OUTBOX_PAGES, type Session } from "../../protocol/session.ts";
import { MAX_TEXT } from "../../protocol/text.ts";
import { MAX_MESSAGES_A_COMMIT, MAX_TEXT_A_COMMIT } from "../../store/sessions.ts";
import { message, session, withStore } from "./session_samples.ts";

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
