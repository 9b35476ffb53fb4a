import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { advance, type Cursor, CURSOR_START } from "../../protocol/receipts.ts";
import type { CommandResult } from "../../client/connection.ts";
import { CursorReporter, readUpTo, receivedUpTo } from "../../client/receipts.ts";
import { settle } from "./fake_session.ts";

Deno.test("[C4] read needs a visible, focused page and the bubble in view", () => {
  assertEquals(readUpTo({ visible: true, focused: true }, [3, 5, 4]), 5);
  assertEquals(readUpTo({ visible: true, focused: true }, []), 0);
  assertEquals(readUpTo({ visible: true, focused: false }, [3]), 0);
  assertEquals(readUpTo({ visible: false, focused: true }, [3]), 0);
});

Deno.test("[C4] received is the newest message of the other side that the page holds", () => {
  const message = (seq: number, from: "technician" | "device") => (
    { seq, from, text: "", at: 0, client: "c", n: 1 }
  );
  const log = [message(1, "device"), message(2, "technician")];
  assertEquals(receivedUpTo(log, "technician"), 1);
  assertEquals(receivedUpTo(log, "device"), 2);
  assertEquals(receivedUpTo([], "device"), 0);
});

class Desk {
  told: Cursor | null = CURSOR_START;
  sent: Cursor[] = [];
  private answers: ((result: CommandResult) => void)[] = [];
  private timers: (() => void)[] = [];
  readonly reporter = new CursorReporter({
    session: "s",
    command: (command) => {
      if (command.type === "text.cursor") {
        this.sent.push({ received: command.received, read: command.read });
      }
      return new Promise((answer) => this.answers.push(answer));
    },
    told: () => this.told,
    soon: (then) => void this.timers.push(then),
    later: (then) => void this.timers.push(then),
  });

  fire(): void {
    for (const then of this.timers.splice(0)) then();
  }

  async answer(result: CommandResult): Promise<void> {
    const newest = this.sent.at(-1);
    if (result.kind === "ack" && newest !== undefined && this.told !== null) {
      this.told = advance(this.told, newest);
    }
    for (const answer of this.answers.splice(0)) answer(result);
    await settle();
  }
}

const ACK: CommandResult = { kind: "ack", body: { type: "ack", id: 1 } };

Deno.test("received and read of one moment go in one report", async () => {
  const desk = new Desk();
  desk.reporter.reach({ received: 4 });
  desk.reporter.reach({ read: 4 });
  desk.fire();
  assertEquals(desk.sent, [{ received: 4, read: 4 }]);
  desk.reporter.reach({ read: 2 });
  await desk.answer(ACK);
  desk.fire();
  assertEquals(desk.sent.length, 1);
});

Deno.test("what could not be told is told after the next replay", async () => {
  const desk = new Desk();
  desk.reporter.reach({ received: 4 });
  desk.fire();
  desk.told = null;
  await desk.answer({ kind: "disconnected" });
  desk.reporter.reach({ received: 6, read: 6 });
  desk.fire();
  assertEquals(desk.sent.length, 1);
  desk.told = CURSOR_START;
  desk.reporter.plan();
  desk.fire();
  assertEquals(desk.sent.at(-1), { received: 6, read: 6 });
});

Deno.test("[C3] reports only ever go forward, one at a time, and end with all that was reached", async () => {
  const reach = fc.record({ received: fc.nat(50), read: fc.nat(50), answer: fc.nat(3) });
  await fc.assert(fc.asyncProperty(fc.array(reach, { maxLength: 40 }), async (steps) => {
    const desk = new Desk();
    let reached = CURSOR_START;
    for (const { received, read, answer } of steps) {
      reached = advance(reached, { received, read });
      desk.reporter.reach({ received, read });
      if (answer > 0) desk.fire();
      if (answer === 1) await desk.answer(ACK);
      if (answer === 2) await desk.answer({ kind: "rejected", code: "busy" });
    }
    for (let turn = 0; turn < 4; turn++) {
      desk.fire();
      await desk.answer(ACK);
    }
    assertEquals(desk.told, reached);
    let before = CURSOR_START;
    for (const cursor of desk.sent) {
      assert(cursor.received >= before.received && cursor.read >= before.read);
      assert(cursor.read <= cursor.received);
      before = cursor;
    }
  }));
});
