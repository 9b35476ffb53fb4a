/** What a session actor commits, on a real Deno KV, with a store that tests can hold back. */
import { assert, assertEquals } from "@std/assert";
import { isRejection } from "../../protocol/errors.ts";
import type { SessionLog } from "../../actors/ports.ts";
import { TestClock } from "./stand_ins.ts";
import { gate, overlay, quietly } from "./world.ts";
import { around, newSession, Reader, send, startActor, withStore } from "./one_actor.ts";

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
