import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { DeviceRow, SessionView } from "../../protocol/messages.ts";
import { EVERYTHING_ON } from "../../protocol/service.ts";
import type { Message } from "../../protocol/session.ts";
import { heldSeqs, NOTHING_KNOWN, reduce, unreadCount } from "../../client/live_state.ts";

const LOG: readonly Message[] = Array.from({ length: 40 }, (_, at) => ({
  seq: at + 1,
  from: at % 3 === 0 ? "technician" : "device",
  text: `message ${at + 1}`,
  at,
  client: "page-one",
  n: at + 1,
}));

function view(lastSeq: number, id = "s"): SessionView {
  return {
    id,
    device: { id: "d", name: "Device" },
    technician: { id: "t", name: "Technician" },
    startedBy: "page-one",
    startedAt: 0,
    state: { kind: "waiting" },
    lastSeq,
    cursors: { technician: { received: 4, read: 3 }, device: { received: 0, read: 0 } },
    outboxN: 0,
  };
}

function frame(from: number, to: number) {
  return { type: "session", session: view(to), messages: LOG.slice(from, to) } as const;
}

const cuts = fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { maxLength: 40 });

Deno.test("[C2] whatever frames come, the log is without gaps and doubles and never shrinks", () => {
  fc.assert(fc.property(cuts, (frames) => {
    let state = NOTHING_KNOWN;
    for (const [a, b] of frames) {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      const before = heldSeqs(state)["s"] ?? 0;
      const step = reduce(state, frame(from, to), 0);
      const after = heldSeqs(step.state)["s"] ?? 0;
      assert(after >= before);
      assertEquals(step.gap, from > before && to > from);
      assertEquals(after, step.gap ? before : Math.max(before, to > from ? to : 0));
      assertEquals(step.state.sessions.get("s")?.log ?? [], LOG.slice(0, after));
      state = step.state;
    }
  }));
});

Deno.test("[S8] welcome drops what is over and keeps the rest as it is", () => {
  let { state } = reduce(NOTHING_KNOWN, frame(0, 5), 0);
  state = reduce(state, { type: "session", session: view(0, "other"), messages: [] }, 0).state;
  const welcome = {
    type: "welcome",
    version: 1,
    now: 500,
    sessions: ["s"],
    build: "1",
    silence: 1,
  } as const;
  const step = reduce(state, welcome, 200);
  assertEquals(step.ended.map(({ record, reason }) => [record.view.id, reason]), [
    ["other", "gone"],
  ]);
  assertEquals([...step.state.sessions.keys()], ["s"]);
  assertEquals(step.state.sessions.get("s")?.log.length, 5);
  assertEquals(step.state.clockOffset, 300);
});

Deno.test("an end is told once, with who did it", () => {
  const { state } = reduce(NOTHING_KNOWN, frame(0, 5), 0);
  const ended = { type: "ended", session: "s", reason: "rejected", by: "page-two" } as const;
  const step = reduce(state, ended, 0);
  assertEquals(step.ended[0]?.by, "page-two");
  assertEquals(reduce(step.state, ended, 0).ended, []);
});

Deno.test("a frame about one session leaves the others untouched", () => {
  let { state } = reduce(NOTHING_KNOWN, frame(0, 5), 0);
  const other = { type: "session", session: view(0, "other"), messages: [] } as const;
  const before = state.sessions.get("s");
  state = reduce(state, other, 0).state;
  assertEquals(state.sessions.get("s") === before, true);
});

Deno.test("devices: a complete list replaces, a partial one merges", () => {
  const row = (id: string): DeviceRow => ({
    id,
    name: id,
    status: "Disconnected",
    reachable: true,
    notifiable: false,
    available: EVERYTHING_ON,
    equipment: null,
    session: null,
  });
  const list = (devices: DeviceRow[], removed: string[], complete: boolean) =>
    ({ type: "devices", devices, removed, complete }) as const;
  let { state } = reduce(NOTHING_KNOWN, list([row("a"), row("b")], [], true), 0);
  state = reduce(state, list([row("c")], ["a"], false), 0).state;
  assertEquals([...state.devices?.keys() ?? []], ["b", "c"]);
  state = reduce(state, list([row("d")], [], true), 0).state;
  assertEquals([...state.devices?.keys() ?? []], ["d"]);
});

Deno.test("unread counts the other side's messages after the own read cursor", () => {
  const { state } = reduce(NOTHING_KNOWN, frame(0, 7), 0);
  const record = state.sessions.get("s");
  // After 3: 4 (technician), 5, 6 (device), 7 (technician).
  assertEquals(record && unreadCount(record, "technician"), 2);
});
