/** What was erased, looked for in the bytes of a real database's files. */
import { assert, assertEquals } from "@std/assert";
import { isRejection } from "../../protocol/errors.ts";
import { EVERYTHING_ON } from "../../protocol/service.ts";
import { type Message, startSession } from "../../protocol/session.ts";
import { FreedPages } from "../../store/freed_pages.ts";
import { openKv } from "../../store/kv.ts";
import type { ToldKv } from "../../store/told_kv.ts";
import { SessionStore } from "../../store/sessions.ts";
import { until } from "../support/waiting.ts";

const TEXTS = 60;

/** A database file in a folder of its own. */
async function withFile(test: (kv: ToldKv, path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/live-support.kv`;
  const kv = await openKv(path);
  try {
    await test(kv, path);
  } finally {
    kv.close();
    await Deno.remove(folder, { recursive: true });
  }
}

/** A session with texts; ends when told to. */
async function talk(store: SessionStore, kv: Deno.Kv, id: string): Promise<() => Promise<void>> {
  await kv.set(["device", id], { id });
  const session = startSession({
    id,
    device: { id, name: "Till 4" },
    technician: { id: "maria", name: "Maria Keller" },
    client: "console-1",
  }, { now: 1, available: EVERYTHING_ON, node: null, ringFor: 60_000 });
  assert(!isRejection(session));
  const started = await store.start(session);
  assert(started.kind === "started");
  const texts = Array.from({ length: TEXTS }, (_, i): Message => {
    const text = `${id} says no. ${i}`.repeat(1 + i % 7);
    return { seq: i + 1, from: "technician", text, at: i, client: "console-1", n: i + 1 };
  });
  const said = { ...session, lastSeq: TEXTS };
  const version = await store.commit(started.version, said, texts);
  assert(version !== null);
  return async () => {
    assert(await store.end(version, said));
  };
}

/** How often `id` said something, by the bytes of the database's file and its log. */
async function traces(path: string, id: string): Promise<number> {
  const files = await Promise.all([path, `${path}-wal`].map((file) => Deno.readFile(file)));
  const bytes = files.map((file) => new TextDecoder("latin1").decode(file)).join();
  return bytes.split(`${id} says no.`).length - 1;
}

Deno.test("[S8] an ended session leaves no bytes in the database's files; the others go on", () =>
  withFile(async (kv, path) => {
    const freed = new FreedPages(path, kv);
    const store = new SessionStore(kv, Date.now, { erased: () => freed.erased() });
    const ends = await Promise.all(["ended", "open"].map((id) => talk(store, kv, id)));
    await ends[0]?.();
    assert(await traces(path, "ended") > 0, "SQLite overwrites by itself: nothing is tested here");

    let written = 0;
    await until("its bytes are gone", async () => {
      // Whoever writes meanwhile is not disturbed.
      await kv.set(["attempt"], ++written);
      return await traces(path, "ended");
    }, (found) => found === 0);
    assertEquals((await store.messages("open", 0, TEXTS, TEXTS)).length, TEXTS);
    assertEquals((await kv.get(["attempt"])).value, written);
    freed.close();
  }));

Deno.test("[S8] what is too much to be written anew waits for the files of others to go", () =>
  withFile(async (kv, path) => {
    const piece = crypto.getRandomValues(new Uint8Array(60_000));
    const pieces = Array.from({ length: 160 }, (_, n) => ["piece", n]);
    for (const key of pieces) await kv.set(key, piece);
    const store = new SessionStore(kv);
    const end = await talk(store, kv, "ended");
    await end();

    new FreedPages(path, kv).close();
    assert(await traces(path, "ended") > 0, "10 MB were written anew");
    for (const key of pieces) await kv.delete(key);
    new FreedPages(path, kv).close();
    assertEquals(await traces(path, "ended"), 0);
    assert((await Deno.stat(path)).size < 1_000_000);
  }));

Deno.test("[S8] a database that somebody else is writing to is overwritten later", () =>
  withFile(async (kv, path) => {
    const store = new SessionStore(kv);
    await (await talk(store, kv, "ended"))();
    const { DatabaseSync } = await import("node:sqlite");
    const other = new DatabaseSync(path);
    other.exec("BEGIN IMMEDIATE");
    const freed = new FreedPages(path, kv);
    freed.close();
    assert(await traces(path, "ended") > 0);
    other.exec("ROLLBACK");
    other.close();
    freed.close();
    assertEquals(await traces(path, "ended"), 0);
  }));
