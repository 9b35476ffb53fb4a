/** The rules of calls in a session, driven by random histories (M1, M2, M4, M5). */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { currentCall, decide, movesOf, type Session } from "../../protocol/session.ts";
import { EVERYTHING_ON } from "../../protocol/service.ts";
import { NO_TROUBLE, type Troubles } from "../../protocol/trouble.ts";
import {
  after,
  always,
  AROUND,
  code,
  device,
  must,
  newSession,
  technician,
} from "./session_histories.ts";

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
