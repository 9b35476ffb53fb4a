/** What becomes of a notification: a state machine, driven with random acts. */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { isRejection } from "../../protocol/errors.ts";
import {
  actOn,
  isDone,
  type NotificationAct,
  type SentState,
} from "../../protocol/notification.ts";

const act: fc.Arbitrary<NotificationAct> = fc.oneof(
  fc.constant({ type: "received" } as const),
  fc.constant({ type: "read" } as const),
  fc.constantFrom("Yes.", "No.").map((text) => ({ type: "answer", text }) as const),
);

const ORDER = ["sent", "delivered", "read", "answered"];

Deno.test("[N1] it only moves forward, is done once, and the first answer or mark stays", () => {
  fc.assert(fc.property(fc.array(act), (acts) => {
    let state: SentState = { kind: "sent" };
    for (const one of acts) {
      const next = actOn(state, one, "Are you there?");
      if (isRejection(next)) {
        assert(isDone(state) && next.code === "notification_done");
        continue;
      }
      if (isDone(state)) assert(next === state, "what is done stays as it is");
      assert(ORDER.indexOf(next.kind) >= ORDER.indexOf(state.kind));
      assertEquals(actOn(next, one, "Are you there?"), next, "the same act twice is one");
      state = next;
    }
  }));
});

Deno.test("[N1] an answer keeps what was asked, a mark keeps nothing", () => {
  const delivered: SentState = { kind: "delivered" };
  assertEquals(actOn(delivered, { type: "read" }, "Secret"), { kind: "read" });
  assertEquals(actOn(delivered, { type: "answer", text: "Yes." }, "There?"), {
    kind: "answered",
    asked: "There?",
    text: "Yes.",
  });
});
