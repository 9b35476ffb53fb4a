/** The rules of a session, driven by random histories (S1-S7, C3, M1, M2). */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  currentCall,
  decide,
  type Decision,
  type Message,
  movesOf,
  OUTBOX_PAGES,
  ringsUntil,
  type Session,
  type SessionCommand,
  type SessionInput,
  startSession,
  type Surroundings,
} from "../../protocol/session.ts";
import { EVERYTHING_ON } from "../../protocol/service.ts";
import { isRejection, type Rejection } from "../../protocol/errors.ts";
import { NO_TROUBLE, type Troubles } from "../../protocol/trouble.ts";

const AROUND: Surroundings = { now: 1000, available: EVERYTHING_ON, node: "n", ringFor: 60_000 };

const PHOTO = { id: "photo", name: "label.jpg", type: "image/jpeg", size: 9 };

function newSession(): Session {
  const session = startSession({
    id: "s",
    device: { id: "d", name: "Till 4" },
    technician: { id: "t", name: "Maria" },
    client: "console1",
  }, AROUND);
  if (isRejection(session)) throw new Error(session.code);
  return session;
}

const device = (command: SessionCommand, client = "phone1"): SessionInput => ({
  by: "device",
  client,
  command,
});
const technician = (command: SessionCommand, client = "console1"): SessionInput => ({
  by: "technician",
  client,
  command,
});

function must(outcome: Decision | Rejection): Decision {
  if (outcome.kind === "rejected") throw new Error(`refused: ${outcome.code}`);
  return outcome;
}

function code(outcome: Decision | Rejection): string {
  return outcome.kind === "rejected" ? outcome.code : "accepted";
}

function after(session: Session, ...inputs: SessionInput[]): Session {
  return inputs.reduce((now, input) => must(decide(now, input, AROUND)).session, session);
}

// --- random histories ----------------------------------------------------------------------------

const medium = fc.constantFrom("voice" as const, "video" as const);
const trouble = fc.constantFrom<Troubles>(
  {},
  { microphone: "phone_call" },
  { microphone: "denied", camera: "paused" },
);
const command: fc.Arbitrary<SessionCommand> = fc.oneof(
  fc.record({ type: fc.constant("session.ring" as const) }),
  fc.record({
    type: fc.constant("session.answer" as const),
    as: fc.constantFrom("voice" as const, "video" as const, "text" as const),
  }),
  { weight: 1, arbitrary: fc.record({ type: fc.constant("session.reject" as const) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("session.end" as const) }) },
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constant("text.send" as const),
      n: fc.integer({ min: 1, max: 6 }),
      text: fc.string({ maxLength: 12 }),
      attachment: fc.option(fc.constant(PHOTO), { nil: undefined, freq: 3 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant("text.cursor" as const),
      received: fc.nat(8),
      read: fc.nat(8),
    }),
  },
  fc.record({ type: fc.constant("call.start" as const), medium }),
  fc.record({ type: fc.constant("call.accept" as const), medium }),
  fc.record({ type: fc.constant("call.hangup" as const) }),
  fc.record({ type: fc.constant("call.media" as const), medium, muted: fc.boolean(), trouble }),
  fc.record({ type: fc.constant("call.join" as const) }),
  fc.record({ type: fc.constant("equipment.ask" as const) }),
  fc.record({
    type: fc.constant("equipment.answer" as const),
    answer: fc.constantFrom("declined" as const, "started" as const, "closed" as const),
  }),
);

interface Event {
  readonly input: SessionInput;
  readonly around: Surroundings;
}

const switches = fc.record({
  service: fc.boolean(),
  text: fc.boolean(),
  files: fc.boolean(),
  voice: fc.boolean(),
  video: fc.boolean(),
});
const around: fc.Arbitrary<Surroundings> = fc.record({
  now: fc.integer({ min: 1000, max: 200_000 }),
  available: fc.oneof({ weight: 5, arbitrary: fc.constant(EVERYTHING_ON) }, switches),
  node: fc.oneof({ weight: 5, arbitrary: fc.constantFrom("n", "m") }, fc.constant(null)),
  ringFor: fc.constant(60_000),
});
const client = fc.constantFrom("page-a", "page-b");
const input: fc.Arbitrary<SessionInput> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ by: fc.constant("technician" as const), client, command }) },
  { weight: 6, arbitrary: fc.record({ by: fc.constant("device" as const), client, command }) },
  fc.record({ by: fc.constantFrom("clock" as const, "policy" as const) }),
  fc.record({ by: fc.constant("media" as const), from: fc.constantFrom("n", "m") }),
  fc.record({
    by: fc.constant("network" as const),
    from: fc.constantFrom("n", "m"),
    to: fc.constantFrom("n", "m"),
  }),
);
const history: fc.Arbitrary<Event[]> = fc.array(fc.record({ input, around }), {
  maxLength: 60,
  size: "max",
});

interface Stage extends Event {
  readonly before: Session;
  readonly outcome: Decision | Rejection;
  readonly after: Session;
}

/** Plays a history and hands every stage to `check`. */
function play(events: readonly Event[], check: (stage: Stage) => void): void {
  let session = newSession();
  for (const { input, around } of events) {
    const outcome = decide(session, input, around);
    const next = outcome.kind === "rejected" ? session : outcome.session;
    check({ input, around, before: session, outcome, after: next });
    session = next;
  }
}

function always(check: (stage: Stage) => void): void {
  fc.assert(fc.property(history, (events) => play(events, check)), { numRuns: 400 });
}

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

// --- calls ---------------------------------------------------------------------------------------

Deno.test("a call moves only from the node it is on to another one, and nothing else of it changes", () => {
  always(({ input, around, before, after, outcome }) => {
    const [was, is] = [currentCall(before), currentCall(after)];
    if (was.kind !== "active" || is.kind !== "active" || was.id !== is.id) return;
    const from = input.by === "media" || input.by === "network" ? input.from : null;
    if (was.node !== from) {
      assertEquals([is.node, is.moves], [was.node, was.moves]);
    } else if (input.by === "network") {
      // It may be back on a node it has left for that, where the next one died.
      const blocked = was.blocked ?? [];
      const left = [...blocked, was.node];
      const refused = blocked.includes(was.node) || left.includes(input.to);
      if (refused) assertEquals(code(outcome), "calls_unavailable");
      else assertEquals(is, { ...was, node: input.to, moves: movesOf(was) + 1, blocked: left });
    } else if (around.node === null || around.node === was.node) {
      assertEquals(code(outcome), "calls_unavailable");
    } else {
      const moves = movesOf(was) + 1;
      assertEquals(is, { ...was, node: around.node, moves });
    }
  });
});

Deno.test("however many pages and processes find a node lost, in whatever order: one move a node", () => {
  // What somebody found lost, and where they would go instead; both may be old news.
  const finding = fc.record({
    from: fc.constantFrom("n", "m", "o"),
    to: fc.constantFrom("n", "m", "o"),
  });
  fc.assert(fc.property(fc.array(finding), fc.integer({ min: 1, max: 4 }), (findings, askers) => {
    let session = after(newSession(), device({ type: "session.answer", as: "video" }));
    for (const { from, to } of findings) {
      const on = currentCall(session);
      assert(on.kind === "active");
      for (let asker = 0; asker < askers; asker++) {
        const decision = decide(session, { by: "media", from }, { ...AROUND, node: to });
        if (decision.kind === "decided") session = decision.session;
      }
      const now = currentCall(session);
      assert(now.kind === "active");
      const moved = on.node === from && to !== from;
      assertEquals([now.node, movesOf(now)], [moved ? to : on.node, movesOf(on) + (moved ? 1 : 0)]);
    }
  }));
});

Deno.test("whatever pages say of their networks, a call leaves each node for that once, and returns to none", () => {
  const finding = fc.record({
    by: fc.constantFrom("network" as const, "media" as const),
    from: fc.constantFrom("n", "m", "o"),
    to: fc.constantFrom("n", "m", "o"),
  });
  fc.assert(fc.property(fc.array(finding, { maxLength: 30 }), (findings) => {
    let session = after(newSession(), device({ type: "session.answer", as: "video" }));
    const left: string[] = [];
    for (const { by, from, to } of findings) {
      const [input, node] = by === "media" ? [{ by, from }, to] : [{ by, from, to }, null];
      const on = currentCall(session);
      const decision = decide(session, input, { ...AROUND, node });
      if (decision.kind === "decided") session = decision.session;
      const now = currentCall(session);
      assert(on.kind === "active" && now.kind === "active");
      if (by === "media" || now.node === on.node) continue;
      assert(!left.includes(on.node) && !left.includes(now.node));
      left.push(on.node);
    }
    assert(left.length < 3);
  }));
});

Deno.test("[M1] no call begins and no camera goes on while it is switched off", () => {
  always(({ around, before, after, outcome }) => {
    if (outcome.kind === "rejected") return;
    const [was, call] = [currentCall(before), currentCall(after)];
    if (call.kind === "active" && was.kind !== "active") {
      assert(around.available.service && around.available.voice && around.node !== null);
    }
    if (call.kind !== "active" || was.kind !== "active" || around.available.video) return;
    for (const side of ["technician", "device"] as const) {
      if (was.sides[side].medium === "voice") assertEquals(call.sides[side].medium, "voice");
    }
  });
});

Deno.test("[M1] switching off takes effect at once: voice ends the call, video ends the cameras", () => {
  const call = after(newSession(), device({ type: "session.answer", as: "video" }));
  const noVoice = { ...AROUND, available: { ...EVERYTHING_ON, voice: false } };
  assertEquals(
    currentCall(must(decide(call, { by: "policy" }, noVoice)).session),
    { kind: "none", id: 1, last: "switched_off" },
  );
  const noVideo = { ...AROUND, available: { ...EVERYTHING_ON, video: false } };
  const voice = currentCall(must(decide(call, { by: "policy" }, noVideo)).session);
  assert(voice.kind === "active");
  assertEquals([voice.sides.technician.medium, voice.sides.device.medium], ["voice", "voice"]);
});

Deno.test("[M2] accepting as voice puts the own camera on neither then nor later", () => {
  always(({ input, before, after }) => {
    const [was, call] = [currentCall(before), currentCall(after)];
    if (call.kind !== "active" || call.sides.device.medium !== "video") return;
    if (was.kind === "active" && was.sides.device.medium === "video") return;
    // The camera went on in this step: then the device user themself asked for video.
    if (was.kind === "ringing" && was.from === "device") {
      assertEquals(was.caller.medium, "video");
      return;
    }
    assert(input.by === "device");
    const { command } = input;
    assert(
      ("medium" in command && command.medium === "video") ||
        (command.type === "session.answer" && command.as === "video"),
    );
  });
});

Deno.test("[M5] mute and camera changes never replace the call", () => {
  const call = after(newSession(), device({ type: "session.answer", as: "voice" }));
  const changed = after(
    call,
    device({ type: "call.media", medium: "video", muted: true, trouble: NO_TROUBLE }),
    technician({ type: "call.media", medium: "video", muted: false, trouble: NO_TROUBLE }),
  );
  const [was, is] = [currentCall(call), currentCall(changed)];
  assert(was.kind === "active" && is.kind === "active");
  assertEquals([is.id, is.node, is.since], [was.id, was.node, was.since]);
});

Deno.test("[M5] only the page that holds the call may change its media", () => {
  const call = after(newSession(), device({ type: "session.answer", as: "voice" }, "phone1"));
  const trouble = NO_TROUBLE;
  const other = device({ type: "call.media", medium: "video", muted: false, trouble }, "phone2");
  assertEquals(code(decide(call, other, AROUND)), "forbidden");
  const moved = after(call, device({ type: "call.join" }, "phone2"));
  assertEquals(code(decide(moved, other, AROUND)), "accepted");
});

Deno.test("[M4] what troubles a page's microphone or camera is told, and only as long as it lasts", () => {
  const report = (trouble: Troubles, client = "phone1") =>
    device({ type: "call.media", medium: "voice", muted: false, trouble }, client);
  const suffering = (session: Session) => {
    const call = currentCall(session);
    return call.kind === "active" ? call.sides.device.trouble : "no call";
  };
  const call = after(newSession(), device({ type: "session.answer", as: "voice" }));
  assertEquals(suffering(call), undefined);
  const interrupted = after(call, report({ microphone: "phone_call" }));
  assertEquals(suffering(interrupted), { microphone: "phone_call" });
  assertEquals(currentCall(after(interrupted, report(NO_TROUBLE))), currentCall(call));
  const again = must(decide(interrupted, report({ microphone: "phone_call" }), AROUND));
  assert(again.session === interrupted, "nothing is written for what is known");

  const moved = after(interrupted, device({ type: "call.join" }, "phone2"));
  assertEquals(suffering(moved), undefined, "another page suffers from nothing yet");
  const taken = after(interrupted, device({ type: "call.start", medium: "voice" }, "phone2"));
  assertEquals(suffering(taken), undefined);
  const camera = after(interrupted, device({ type: "call.start", medium: "video" }, "phone1"));
  assertEquals(suffering(camera), { microphone: "phone_call" });
});

Deno.test("both calling at once is a call, not two rings", () => {
  const open = after(newSession(), device({ type: "session.answer", as: "text" }));
  const both = after(
    open,
    technician({ type: "call.start", medium: "video" }),
    device({ type: "call.start", medium: "voice" }),
  );
  const call = currentCall(both);
  assert(call.kind === "active");
  assertEquals([call.sides.technician.medium, call.sides.device.medium], ["video", "voice"]);
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

Deno.test("[M1] [M2] a shared screen is told as such, and never passes to another page or a camera", () => {
  const share = { type: "call.media", medium: "video", muted: false, trouble: NO_TROUBLE } as const;
  const part = (session: Session) => {
    const call = currentCall(session);
    if (call.kind !== "active") throw new Error(call.kind);
    return call.sides.device;
  };
  const voice = after(newSession(), device({ type: "session.answer", as: "voice" }));
  const sharing = after(voice, device({ ...share, screen: true }));
  assertEquals(part(sharing), { client: "phone1", medium: "video", muted: false, screen: true });
  // Without video there is no screen; stopping it is stopping it.
  const off = after(sharing, device({ ...share, medium: "voice", screen: true }));
  assertEquals(part(off), { client: "phone1", medium: "voice", muted: false });
  assertEquals(part(after(sharing, device(share))).screen, undefined);
  const elsewhere = after(sharing, device({ type: "call.join" }, "phone2"));
  assertEquals(part(elsewhere), { client: "phone2", medium: "voice", muted: false });
  assertEquals(part(after(sharing, device({ type: "call.join" }))).screen, true);
  const noVideo = { ...AROUND, available: { ...EVERYTHING_ON, video: false } };
  const switchedOff = must(decide(sharing, { by: "policy" }, noVideo)).session;
  assertEquals(part(switchedOff), { client: "phone1", medium: "voice", muted: false });
});
