/** The way of a file from the choice to the conversation, as a state machine; and photos' sizes. */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  anyChosen,
  AT_ONCE,
  canRetry,
  dumpItems,
  type Item,
  type ItemEvent,
  restoreItems,
  step,
  toBegin,
} from "../../client/attach/items.ts";
import { fit, isPhoto } from "../../client/attach/photo.ts";

const NEW: Item = {
  ...{ id: "a", name: "label.jpg", size: 5, preview: null, original: false },
  state: { kind: "preparing", wanted: false },
};
const PREPARED: ItemEvent = { type: "prepared", size: 3, preview: "blob:x" };

function after(...events: ItemEvent[]): Item {
  return events.reduce(step, NEW);
}

Deno.test("a file waits for Send, goes up, waits out a lost connection", () => {
  assertEquals(after(PREPARED).state, { kind: "chosen" });
  assertEquals([after(PREPARED).size, after(PREPARED).preview], [3, "blob:x"]);
  assertEquals(after({ type: "begin" }).state.kind, "preparing", "nothing goes before Send");
  assertEquals(after(PREPARED, { type: "send" }).state, { kind: "queued" });
  assertEquals(after({ type: "send" }, PREPARED).state, { kind: "queued" }, "Send was faster");
  const sending = after(PREPARED, { type: "send" }, { type: "begin" });
  assertEquals(sending.state, { kind: "sending", sent: 0, stalled: false });
  const stalled = step(step(sending, { type: "progress", sent: 2 }), {
    type: "stalled",
    lost: true,
  });
  assertEquals(stalled.state, { kind: "sending", sent: 2, stalled: true });
  assertEquals(step(stalled, { type: "stalled", lost: false }).state.kind, "sending");
});

Deno.test("what was refused is tried again only where that may help", () => {
  const refused = (code: "files_full" | "file_too_large") =>
    after(PREPARED, { type: "send" }, { type: "begin" }, {
      type: "stop",
      problem: { kind: "refused", code, limit: null },
    });
  assertEquals([canRetry(refused("files_full")), canRetry(refused("file_too_large"))], [
    true,
    false,
  ]);
  assertEquals(step(refused("files_full"), { type: "retry" }).state, { kind: "queued" });
  assertEquals(step(refused("file_too_large"), { type: "retry" }).state.kind, "stopped");
  const unreadable = after({ type: "stop", problem: { kind: "unreadable" } });
  assertEquals([canRetry(unreadable), anyChosen([unreadable])], [false, false]);
});

const event: fc.Arbitrary<ItemEvent> = fc.oneof(
  fc.constant(PREPARED),
  fc.constant({ type: "send" } as const),
  fc.constant({ type: "begin" } as const),
  fc.record({ type: fc.constant("progress" as const), sent: fc.nat(9) }),
  fc.record({ type: fc.constant("stalled" as const), lost: fc.boolean() }),
  fc.constant({ type: "stop", problem: { kind: "failed" } } as const),
  fc.constant({ type: "retry" } as const),
);

Deno.test("whatever happens: no byte goes before Send, and only so many files at a time", () => {
  const history = fc.array(fc.tuple(fc.nat(4), event), { maxLength: 60 });
  fc.assert(fc.property(history, (events) => {
    let items = Array.from({ length: 5 }, (_, n): Item => ({ ...NEW, id: String(n) }));
    const sent = new Set<string>();
    for (const [which, one] of events) {
      const id = String(which);
      if (one.type === "send" || one.type === "retry") sent.add(id);
      // The box begins only what may begin.
      if (one.type === "begin" && !toBegin(items).some((item) => item.id === id)) continue;
      items = items.map((item) => item.id === id ? step(item, one) : item);
    }
    const busy = items.filter(({ state }) => state.kind === "sending");
    assert(busy.length <= AT_ONCE);
    assert(busy.every(({ id }) => sent.has(id)));
  }));
});

Deno.test("after a reload the names of what was on its way are left, and nothing else", () => {
  const sending = after(PREPARED, { type: "send" }, { type: "begin" });
  const [left] = restoreItems(dumpItems([sending]));
  assertEquals(left, { ...NEW, size: 0, state: { kind: "interrupted" } });
  assertEquals(dumpItems([]), null);
  for (const odd of [null, "", "{", "{}", '[1,{"id":2}]']) assertEquals(restoreItems(odd), []);
});

Deno.test("a photo is made no larger than it helps, in its proportions", () => {
  assertEquals(fit({ width: 4000, height: 3000 }), { width: 2560, height: 1920 });
  assertEquals(fit({ width: 3000, height: 12_000 }), { width: 640, height: 2560 });
  assertEquals(fit({ width: 640, height: 480 }), { width: 640, height: 480 });
  assertEquals(fit({ width: 20_000, height: 1 }), { width: 2560, height: 1 });
  const photo = (name: string, type: string) => isPhoto({ name, type });
  assert(photo("a.jpg", "image/jpeg") && photo("a.HEIC", "") && photo("a", "image/heif"));
  assert(!photo("a.png", "image/png") && !photo("a.pdf", "application/pdf"));
});
