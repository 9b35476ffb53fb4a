/** What pages of a session actor are sent: by doorbells, replays and ends, also where the store fails. */
import { assert, assertEquals } from "@std/assert";
import type { SessionLog } from "../../actors/ports.ts";
import { TestClock } from "./stand_ins.ts";
import { gate, overlay, quietly } from "./world.ts";
import { newSession, Reader, send, startActor, withStore } from "./one_actor.ts";

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
