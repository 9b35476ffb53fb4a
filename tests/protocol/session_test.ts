/** The rules of a session, driven by random histories (S1-S7, A1, A3, C2, C3, M1). */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  currentCall,
  decide,
  type Message,
  OUTBOX_PAGES,
  ringsUntil,
  type SessionCommand,
} from "../../protocol/session.ts";
import { EVERYTHING_ON } from "../../protocol/service.ts";
import {
  after,
  always,
  AROUND,
  code,
  device,
  history,
  must,
  newSession,
  play,
  technician,
} from "./session_histories.ts";

// --- session -------------------------------------------------------------------------------------

Deno.test("[S1] nothing a device sends rings it again or starts anything in a session's place", () => {
  always(({ input, before, after }) => {
    if (input.by !== "device") return;
    assertEquals(after.id, before.id);
    if (before.state.kind !== "ringing") assert(after.state.kind !== "ringing");
  });
});

Deno.test("[S3] the first answer wins; a later one is refused and changes nothing", () => {
  const open = after(newSession(), device({ type: "session.answer", as: "video" }, "phone1"));
  for (const as of ["voice", "video", "text"] as const) {
    assertEquals(
      code(decide(open, device({ type: "session.answer", as }, "phone2"), AROUND)),
      "already_answered",
    );
  }
  const late = decide(open, device({ type: "session.reject" }, "phone2"), AROUND);
  assertEquals(code(late), "already_answered");
  assert(open.state.kind === "open" && open.state.answeredBy === "phone1");
});

Deno.test("[S4] reject ends the session as rejected", () => {
  const { session, effects } = must(
    decide(newSession(), device({ type: "session.reject" }), AROUND),
  );
  assertEquals(session.state, { kind: "ended", reason: "rejected", by: "phone1" });
  assertEquals(effects, [{ kind: "end", reason: "rejected" }]);
});

Deno.test("[S4] ringing stops at its time, not before, and the session waits", () => {
  const session = newSession();
  const until = ringsUntil(session) ?? 0;
  assertEquals(until, 61_000);
  const early = must(decide(session, { by: "clock" }, { ...AROUND, now: until - 1 }));
  assertEquals(early.session, session);
  const late = must(decide(session, { by: "clock" }, { ...AROUND, now: until }));
  assertEquals(late.session.state, { kind: "waiting" });
  assertEquals(ringsUntil(late.session), null);
  // The clock was set back by an hour: nobody shall hear it ring as long.
  const setBack = must(decide(session, { by: "clock" }, { ...AROUND, now: until - 3_600_000 }));
  assertEquals(setBack.session.state, { kind: "waiting" });
});

Deno.test("[S4] a waiting session can be rung again and answered", () => {
  const waiting = must(decide(newSession(), { by: "clock" }, { ...AROUND, now: 99_000 })).session;
  assertEquals(after(waiting, technician({ type: "session.ring" })).state.kind, "ringing");
  const opened = after(waiting, device({ type: "session.answer", as: "text" }));
  assertEquals(opened.state.kind, "open");
});

Deno.test("[S4] who answers as voice after the ringing calls the technician, who is asked first", () => {
  const waiting = must(decide(newSession(), { by: "clock" }, { ...AROUND, now: 99_000 })).session;
  const call = currentCall(after(waiting, device({ type: "session.answer", as: "voice" })));
  assert(call.kind === "ringing" && call.from === "device");
});

Deno.test("[S4] [S5] only the technician's end or the device user's reject end a session", () => {
  always(({ input, before, after }) => {
    if (before.state.kind === "ended" || after.state.kind !== "ended") return;
    assert(input.by === "technician" || input.by === "device");
    const type = input.by === "technician" ? "session.end" : "session.reject";
    assertEquals(input.command.type, type);
  });
});

Deno.test("[S6] hanging up ends the call, and either side can call again", () => {
  let session = after(newSession(), device({ type: "session.answer", as: "voice" }));
  for (const who of [device, technician, device]) {
    session = after(session, who({ type: "call.hangup" }));
    assertEquals(session.state.kind, "open");
    const other = who === device ? technician : device;
    session = after(
      session,
      who({ type: "call.start", medium: "voice" }),
      other({ type: "call.accept", medium: "voice" }),
    );
    assertEquals(currentCall(session).kind, "active");
  }
  assertEquals(currentCall(session).id, 4);
});

Deno.test("[S7] after the end everything is refused with session_ended", () => {
  always(({ before, outcome }) => {
    if (before.state.kind === "ended") assertEquals(code(outcome), "session_ended");
  });
});

Deno.test("[A3] a refusal changes nothing", () => {
  always(({ before, outcome, after }) => {
    if (outcome.kind === "rejected") assert(after === before);
  });
});

// --- text ----------------------------------------------------------------------------------------

Deno.test("[C2] every page's messages are taken once, in its order, numbered without a gap", () => {
  fc.assert(
    fc.property(history, (events) => {
      const log: Message[] = [];
      play(events, ({ outcome, before, after }) => {
        if (outcome.kind === "rejected") return;
        const appended = outcome.effects.flatMap((e) => e.kind === "append" ? [e.message] : []);
        assertEquals(after.lastSeq, before.lastSeq + appended.length);
        log.push(...appended);
      });
      assertEquals(log.map((m) => m.seq), log.map((_, index) => index + 1));
      for (const from of ["technician", "device"] as const) {
        for (const page of ["page-a", "page-b"]) {
          const own = log.filter((m) => m.from === from && m.client === page);
          assertEquals(own.map((m) => m.n), own.map((_, index) => index + 1));
        }
      }
    }),
    { numRuns: 400 },
  );
});

Deno.test("[C2] a resend is recognised and stores nothing", () => {
  const send = (n: number) => technician({ type: "text.send", n, text: `no. ${n}` });
  const session = after(newSession(), send(1), send(2));
  const again = must(decide(session, send(1), AROUND));
  assert(again.session === session);
  assertEquals(again.effects, [{
    kind: "duplicate",
    from: "technician",
    client: "console1",
    n: 1,
  }]);
  assertEquals(code(decide(session, send(4), AROUND)), "out_of_order");
});

Deno.test("[C2] [A1] nobody uses up the other side's numbers, not even under its page's name", () => {
  const open = after(newSession(), device({ type: "session.answer", as: "text" }));
  const send: SessionCommand = { type: "text.send", n: 1, text: "mine" };
  const both = after(open, device(send, "console1"), technician(send, "console1"));
  assertEquals(both.lastSeq, 2);
});

Deno.test("[C2] the head stays small: it forgets the pages that were silent longest", () => {
  let session = newSession();
  for (let page = 0; page < OUTBOX_PAGES + 5; page++) {
    session = after(session, technician({ type: "text.send", n: 1, text: "hi" }, `page-${page}`));
  }
  const outbox = session.outbox.technician;
  assertEquals(Object.keys(outbox).length, OUTBOX_PAGES);
  assert(!("page-0" in outbox) && `page-${OUTBOX_PAGES + 4}` in outbox);
});

Deno.test("[C3] 0 <= read <= received <= lastSeq on both sides, and cursors only grow", () => {
  always(({ before, after }) => {
    for (const side of ["technician", "device"] as const) {
      const { received, read } = after.cursors[side];
      assert(0 <= read && read <= received && received <= after.lastSeq);
      assert(read >= before.cursors[side].read && received >= before.cursors[side].received);
    }
  });
});

Deno.test("[M1] text that is switched off is refused", () => {
  const off = { ...AROUND, available: { ...EVERYTHING_ON, text: false } };
  const send = technician({ type: "text.send", n: 1, text: "hello" });
  assertEquals(code(decide(newSession(), send, off)), "text_off");
});

Deno.test("[A3] text that is empty, too long or from a device that has not answered is refused", () => {
  const send = (text: string) => technician({ type: "text.send", n: 1, text });
  assertEquals(code(decide(newSession(), send(" \n "), AROUND)), "text_empty");
  assertEquals(code(decide(newSession(), send("😀".repeat(4000)), AROUND)), "accepted");
  assertEquals(code(decide(newSession(), send("x".repeat(4001)), AROUND)), "text_too_long");
  const early = device({ type: "text.send", n: 1, text: "hello" });
  assertEquals(code(decide(newSession(), early, AROUND)), "not_answered");
});

// --- equipment -----------------------------------------------------------------------------------

Deno.test("[A1] only the technician asks for a check of the equipment, only the device answers", () => {
  always(({ input, before, after }) => {
    if (before.equipment === after.equipment) return;
    assert(input.by === (after.equipment === "asked" ? "technician" : "device"));
  });
});

Deno.test("a wish for a check is asked, put off, taken up and done, and never comes up in a call", () => {
  const open = after(newSession(), device({ type: "session.answer", as: "text" }));
  const ask = technician({ type: "equipment.ask" });
  const answer = (answer: "declined" | "started" | "closed") =>
    device({ type: "equipment.answer", answer });
  assertEquals(code(decide(newSession(), ask, AROUND)), "not_answered");
  assertEquals(after(open, ask).equipment, "asked");
  assertEquals(after(open, ask, answer("declined")).equipment, "declined");
  assertEquals(after(open, ask, answer("declined"), answer("started")).equipment, "running");
  assertEquals(after(open, ask, answer("started"), answer("declined")).equipment, "running");
  assertEquals(after(open, ask, answer("started"), ask).equipment, "asked");
  assert(!("equipment" in after(open, ask, answer("started"), answer("closed"))));
  assertEquals(after(open, answer("started")).equipment, undefined);

  const call = after(newSession(), device({ type: "session.answer", as: "voice" }));
  assertEquals(code(decide(call, ask, AROUND)), "in_call");
});
