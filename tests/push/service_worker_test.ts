/** What static/sw.js does with a push, in a service worker's scope made of plain objects. */
import { assertEquals } from "@std/assert";
import { payloadFor } from "../../push/payload.ts";
import type { PushMessage, PushPayload } from "../../protocol/push.ts";

/** A service worker with no page open; `waits` is what the server says, or how it is not reached. */
async function worker(waits: () => Promise<Response>) {
  const source = await Deno.readTextFile(new URL("../../static/sw.js", import.meta.url));
  const listeners = new Map<string, (event: unknown) => void>();
  const shown: { title: string; urgent: boolean; silent: boolean; actions: number }[] = [];
  const asked: string[] = [];
  const scope = {
    addEventListener: (type: string, listener: (event: unknown) => void) => {
      listeners.set(type, listener);
    },
    clients: { matchAll: () => Promise.resolve([]) },
    Notification: { maxActions: 2 },
    registration: {
      showNotification(
        title: string,
        options: { requireInteraction: boolean; silent?: boolean; actions: unknown[] },
      ) {
        const { requireInteraction: urgent, silent = false, actions } = options;
        shown.push({ title, urgent, silent, actions: actions.length });
        return Promise.resolve();
      },
      getNotifications: () => Promise.resolve([]),
    },
  };
  const reach = (url: string, init: RequestInit) => {
    if (init.method === "POST") return Promise.resolve(new Response(null, { status: 204 }));
    asked.push(url);
    return waits();
  };
  new Function("self", "fetch", source)(scope, reach);
  const push = async (payload: PushPayload) => {
    let done: unknown = null;
    listeners.get("push")?.({
      data: { json: () => payload },
      waitUntil: (promise: unknown) => done = promise,
    });
    await done;
    return shown.at(-1);
  };
  return { push, asked };
}

const says = (waits: string | null) => () => Promise.resolve(Response.json({ waits }));
const session = "wJ0y1YjI1Fq0m0VbO4vE2A";
const ring: PushMessage = { kind: "ring", session, until: Date.now() + 60_000 };
const payload = (message: PushMessage) => payloadFor(message, "en", 0);

Deno.test("[S3] [S8] a push that comes after its session has ended rings no more", async () => {
  const { push, asked } = await worker(says(null));
  const { title } = payload({ kind: "session_over", session });
  for (const kind of ["missed", "text"] as const) {
    const shown = await push(payload({ kind, session }));
    assertEquals(shown, { title, urgent: false, silent: true, actions: 0 }, kind);
  }
  assertEquals(await push(payload(ring)), { title, urgent: false, silent: true, actions: 0 });
  assertEquals(asked.at(-1), `/api/device/pushes?tag=session%3A${session}`);
});

Deno.test("[N1] a notification that was answered elsewhere before its push came offers nothing", async () => {
  const notification = `01${"0".repeat(24)}`;
  const { push } = await worker(says(null));
  const late = await push(payload({ kind: "notification", notification }));
  assertEquals([late?.silent, late?.actions], [true, 0]);
  const due = await (await worker(says("notification"))).push(
    payload({ kind: "notification", notification }),
  );
  assertEquals([due?.silent, due?.actions], [false, 2]);
});

Deno.test("[S3] [S4] what rings rings, what was missed meanwhile does not, and no answer is no reason to be silent", async () => {
  const of = async (waits: () => Promise<Response>) => {
    return (await (await worker(waits)).push(payload(ring)))?.urgent;
  };
  assertEquals(await of(says("ring")), true);
  assertEquals(await of(says("missed")), false);
  assertEquals(await of(() => Promise.reject(new TypeError("no network"))), true);
  assertEquals(await of(() => Promise.resolve(new Response("", { status: 502 }))), true);
  assertEquals(await of(() => Promise.resolve(new Response("a proxy's page"))), true);
});

Deno.test("a test push asks nobody", async () => {
  const { push, asked } = await worker(says(null));
  assertEquals((await push(payload({ kind: "test" })))?.silent, false);
  assertEquals(asked, []);
});
