import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  arrived,
  dump,
  EMPTY_OUTBOX,
  enqueue,
  nextToSend,
  refused,
  remove,
  restore,
  retry,
} from "../../client/outbox.ts";
import { FakePage, FakeServer, settle } from "./fake_session.ts";

type Action = (server: FakeServer, pages: readonly FakePage[]) => void;

const page = fc.integer({ min: 0, max: 2 });

function on(name: string, act: (page: FakePage) => void) {
  return page.map((at) => {
    const action: Action = (_, pages) => {
      const chosen = pages[at];
      if (chosen !== undefined) act(chosen);
    };
    return Object.assign(action, { toString: () => `${name}(${at})` });
  });
}

let written = 0;

const actions = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: on("write", (one) => one.sender.add(`${one.client} ${++written}`)) },
    { weight: 6, arbitrary: on("arriveUp", (one) => one.arriveUp()) },
    { weight: 6, arbitrary: on("arriveDown", (one) => one.arriveDown()) },
    { weight: 3, arbitrary: on("connect", (one) => one.connect()) },
    { weight: 1, arbitrary: on("drop", (one) => one.drop(0)) },
    { weight: 1, arbitrary: on("dropAll", (one) => one.drop(9)) },
    { weight: 1, arbitrary: on("reload", (one) => one.reload()) },
    { weight: 1, arbitrary: on("fire", (one) => one.fire()) },
    {
      weight: 1,
      arbitrary: fc.constant(
        Object.assign((server: FakeServer) => void (server.busy = 1), { toString: () => "busy" }),
      ),
    },
  ),
  { minLength: 5, maxLength: 120 },
);

Deno.test("[C1, C2] nothing is lost, doubled or reordered, whatever the network does", async () => {
  await fc.assert(
    fc.asyncProperty(actions, fc.boolean(), async (steps, ackFirst) => {
      const server = new FakeServer();
      server.ackFirst = ackFirst;
      const pages = [
        new FakePage(server, "technician", "tab-1"),
        new FakePage(server, "device", "tab-2"),
        new FakePage(server, "device", "tab-3"),
      ];
      written = 0;
      for (const one of pages) one.connect();
      for (const step of steps) {
        step(server, pages);
        await settle();
      }
      await calm(server, pages);
      const texts = server.log.map(({ text }) => text);
      assertEquals(texts.length, written);
      for (const one of pages) {
        const own = texts.filter((text) => text.startsWith(one.client));
        const order = own.map((text) => Number(text.split(" ")[1]));
        assertEquals(order, order.toSorted((a, b) => a - b));
        assertEquals(one.texts(), texts);
        assertEquals(one.sender.entries, []);
      }
    }),
    { numRuns: 300 },
  );
});

/** The network is well again: everything arrives. */
async function calm(server: FakeServer, pages: readonly FakePage[]): Promise<void> {
  server.busy = 0;
  for (const one of pages) one.connect();
  for (let quiet = 0; quiet < 3;) {
    let moved = false;
    for (const one of pages) {
      one.fire();
      while (one.arriveUp()) moved = true;
      await settle();
      while (one.arriveDown()) moved = true;
      await settle();
    }
    quiet = moved ? 0 : quiet + 1;
  }
}

const VIEW = { outboxN: 4, held: 9 };

Deno.test("[C2] at most one message is on its way, and a resend keeps its number", () => {
  let outbox = enqueue(EMPTY_OUTBOX, { key: "a", text: "first", at: 0 });
  outbox = enqueue(outbox, { key: "b", text: "second", at: 0 });
  const first = nextToSend(outbox, VIEW);
  assertEquals([first?.n, first?.entry.text], [5, "first"]);
  const again = nextToSend(first?.outbox ?? outbox, { outboxN: 7, held: 12 });
  assertEquals([again?.n, again?.entry.text], [5, "first"]);
});

Deno.test("a message refused for good stays, with the reason, until the person decides", () => {
  const queued = enqueue(EMPTY_OUTBOX, { key: "a", text: "first", at: 0 });
  const sent = nextToSend(queued, VIEW)?.outbox ?? queued;
  const failed = refused(sent, 5, "text_off");
  assertEquals(failed.entries[0]?.state, { kind: "failed", code: "text_off" });
  assertEquals(nextToSend(failed, VIEW), null);
  assertEquals(nextToSend(retry(failed, "a"), VIEW)?.entry.text, "first");
  assertEquals(remove(failed, "a").entries, []);
});

Deno.test("a refusal that passes by itself changes nothing", () => {
  const queued = enqueue(EMPTY_OUTBOX, { key: "a", text: "first", at: 0 });
  const sent = nextToSend(queued, VIEW)?.outbox ?? queued;
  assertEquals(refused(sent, 5, "busy"), sent);
});

Deno.test("[C5] what a reload finds is taken as far as this build understands it", () => {
  const queued = enqueue(EMPTY_OUTBOX, { key: "a", text: "first", at: 0 });
  const sent = nextToSend(queued, VIEW)?.outbox ?? queued;
  const failed = refused(sent, 5, "text_off");
  for (const outbox of [queued, sent, failed]) assertEquals(restore(dump(outbox)), outbox);
  const entry = { key: "b", text: "second", at: 0, state: { kind: "queued" } };
  const odd = [1, null, { ...entry, text: 2 }, { ...entry, state: "queued" }, {
    ...entry,
    state: { kind: "in_flight" },
  }, { ...entry, attachment: "photo" }];
  assertEquals(restore(JSON.stringify([...odd, entry])).entries.map(({ key }) => key), ["b"]);
  for (const text of [null, "", "{", "{}", "null"]) assertEquals(restore(text), EMPTY_OUTBOX);
});

Deno.test("[C2] a file in the outbox is known by its id: its message takes it out, another does not", () => {
  const photo = { id: "photo", name: "a.jpg", type: "image/jpeg", size: 3 };
  const queued = enqueue(EMPTY_OUTBOX, { key: "a", text: "", attachment: photo, at: 1 });
  assertEquals(restore(dump(queued)), queued, "it outlives a reload with its bytes on the server");
  const sent = nextToSend(queued, { outboxN: 0, held: 0 });
  assert(sent !== null);
  assertEquals(sent.entry.attachment, photo);
  const message = (id: string) => ({
    ...{ seq: 1, from: "device" as const, text: "", at: 2, client: "page", n: 1 },
    attachment: { ...photo, id },
  });
  assertEquals(arrived(sent.outbox, "page", [message("photo")]).entries, []);
  const [again] = arrived(sent.outbox, "page", [message("other")]).entries;
  assertEquals(again?.state, { kind: "queued" });
});
