/** Ends of sessions on a real Deno KV: what is erased, when, and what is told of it. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { divertLog } from "../../log/log.ts";
import { END_TOLD_MS, SessionStore } from "../../store/sessions.ts";
import { message, session, withStore } from "./session_samples.ts";

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
