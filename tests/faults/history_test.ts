/** The checker finds what it is there for. */
import { assertEquals } from "@std/assert";
import type { ServerMessage, SessionView } from "../../protocol/messages.ts";
import { CURSOR_START } from "../../protocol/receipts.ts";
import { Dice } from "./dice.ts";
import { History, type Wire } from "./history.ts";

const HELLO = { type: "hello", version: 1, client: "page-1", lastSeq: {} } as const;

function frame(lastSeq: number, change: Partial<SessionView> = {}): ServerMessage {
  const session: SessionView = {
    id: "s",
    device: { id: "d", name: "Device" },
    technician: { id: "t", name: "Technician" },
    startedBy: "page-1",
    startedAt: 0,
    state: { kind: "open", answeredBy: "page-2", call: { kind: "none", id: 0, last: null } },
    lastSeq,
    cursors: { technician: CURSOR_START, device: CURSOR_START },
    outboxN: 0,
    ...change,
  };
  return { type: "session", session, messages: [] };
}

function connect(history: History): Wire {
  const wire = history.connection("technician", "page-1");
  wire.sent(HELLO);
  return wire;
}

function sendText(wire: Wire, seq: number): void {
  wire.sent({ type: "text.send", id: seq, session: "s", n: seq, text: "hello" });
  wire.told({ type: "ack", id: seq, seq });
}

Deno.test("[C1] a frame without what was acknowledged is found, on this connection and on later ones", () => {
  const history = new History();
  const [wire, older] = [connect(history), connect(history)];
  sendText(wire, 1);
  // It was asked before the answer came: it may be older.
  older.told(frame(0));
  assertEquals(history.broken, []);
  wire.told(frame(0));
  assertEquals(history.broken.length, 1);
  connect(history).told(frame(0));
  assertEquals(history.broken.length, 2);
  connect(history).told(frame(1));
  assertEquals(history.broken.length, 2);
});

Deno.test("[C2] a text that got two numbers is found", () => {
  const history = new History();
  const wire = connect(history);
  sendText(wire, 1);
  wire.sent({ type: "text.send", id: 7, session: "s", n: 1, text: "hello" });
  wire.told({ type: "ack", id: 7, seq: 1 });
  assertEquals(history.broken, []);
  wire.sent({ type: "text.send", id: 8, session: "s", n: 1, text: "hello" });
  wire.told({ type: "ack", id: 8, seq: 2 });
  assertEquals(history.broken.length, 1);
});

Deno.test("[C3] cursors that go back, or beyond the last message, are found", () => {
  const history = new History();
  const wire = connect(history);
  const at = (received: number, read: number) => ({
    cursors: { technician: CURSOR_START, device: { received, read } },
  });
  wire.told(frame(2, at(2, 1)));
  assertEquals(history.broken, []);
  wire.told(frame(2, at(1, 1)));
  wire.told(frame(2, at(2, 3)));
  wire.told(frame(2, at(3, 3)));
  assertEquals(history.broken.length, 3);
});

Deno.test("[S3] [S7] a session that rings again or is told of after its end is found", () => {
  const history = new History();
  const wire = connect(history);
  wire.told(frame(0));
  wire.told(frame(0, { state: { kind: "ringing", until: 1 } }));
  assertEquals(history.broken.length, 1);
  wire.sent({ type: "session.end", id: 9, session: "s" });
  wire.told({ type: "ack", id: 9 });
  wire.told(frame(0));
  assertEquals(history.broken.length, 2);
  const later = connect(history);
  const welcome = { type: "welcome", version: 1, now: 0, build: "b", silence: 1 } as const;
  later.told({ ...welcome, sessions: ["s"] });
  assertEquals(history.broken.length, 3);
});

Deno.test("the same seed rolls the same", () => {
  const roll = (seed: number) => {
    const dice = new Dice(seed);
    return [dice.next(), dice.between(1, 6), dice.pick([1, 2, 3]), dice.shuffle([1, 2, 3, 4])];
  };
  assertEquals(roll(7), roll(7));
  assertEquals(roll(7).join() === roll(8).join(), false);
});
