/** Uploads by the page's own code to the real routes, over a network that cuts wherever it likes. */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { type Outgoing, upload, type UploadPorts } from "../../client/attach/upload.ts";
import { PIECE } from "../../store/attachments.ts";
import { EVERYTHING_ON } from "../../protocol/service.ts";
import { attachedSession, pngOf } from "../support/attached_session.ts";
import { type Browser, setUp } from "../support/browser.ts";
import { openTestApp } from "../support/test_app.ts";

/** What the network does to one request. */
type Fate =
  | { readonly kind: "through" }
  /** It never leaves. */
  | { readonly kind: "nowhere" }
  /** The connection breaks after this share of the body; nobody hears of an answer. */
  | { readonly kind: "cut"; readonly share: number }
  /** It arrives, its answer does not. */
  | { readonly kind: "unanswered" }
  /** A proxy in between answers. */
  | { readonly kind: "proxy"; readonly status: number };

/** A body that breaks off. */
function broken(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => controller.enqueue(bytes),
    pull: (controller) => controller.error(new Error("connection reset")),
  });
}

/** The page's way to the server; every request takes the next fate, and all go through at the end. */
class Network implements UploadPorts {
  readonly reached: number[] = [];
  stalls = 0;
  #fates: Fate[];

  constructor(readonly browser: Browser, readonly path: string, fates: readonly Fate[]) {
    this.#fates = [...fates];
  }

  async fetch(path: string, init: RequestInit): Promise<Response> {
    const fate = this.#fates.shift() ?? { kind: "through" };
    const body = init.body instanceof Blob ? await init.body.bytes() : null;
    const send = (body: BodyInit | null) =>
      this.browser.send(path, { method: init.method, headers: init.headers, body });
    switch (fate.kind) {
      case "through":
        return await send(body);
      case "proxy":
        return new Response("<h1>Bad gateway</h1>", { status: fate.status });
      case "unanswered":
        await send(body);
        break;
      case "cut":
        if (body !== null) await send(broken(body.slice(0, Math.floor(body.length * fate.share))));
        break;
      case "nowhere":
        break;
    }
    throw new TypeError("Failed to fetch");
  }

  pause(): Promise<void> {
    return Promise.resolve();
  }

  progress(sent: number): void {
    this.reached.push(sent);
  }

  stalled(lost: boolean): void {
    if (lost) this.stalls++;
  }

  now(): number {
    return 0;
  }
}

function outgoing(blob: Blob, n: number): Outgoing {
  const id = String(n).padStart(24, "0");
  return { id, name: "label.png", type: "image/png", blob, picture: { width: 3, height: 4 } };
}

const fate: fc.Arbitrary<Fate> = fc.oneof(
  fc.constant({ kind: "through" } as const),
  fc.constant({ kind: "nowhere" } as const),
  fc.constant({ kind: "unanswered" } as const),
  fc.record({
    kind: fc.constant("cut" as const),
    share: fc.float({ min: 0, max: 1, noNaN: true }),
  }),
  fc.record({ kind: fc.constant("proxy" as const), status: fc.constantFrom(200, 404, 502, 503) }),
);

Deno.test("[C2] wherever the network cuts, the file arrives whole, once, and never goes back", async () => {
  await using app = await openTestApp();
  const { phone, path, id: session } = await attachedSession(app, await setUp(app), "till");
  let n = 0;
  const sizes = fc.oneof(
    fc.integer({ min: 60, max: 5 * PIECE }),
    fc.constantFrom(PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE - 1),
  );
  await fc.assert(
    fc.asyncProperty(sizes, fc.array(fate, { maxLength: 25 }), async (size, fates) => {
      const bytes = pngOf(size);
      const network = new Network(phone, path.device, fates);
      const file = outgoing(new Blob([bytes]), n++);
      const outcome = await upload(network, file, new AbortController().signal);
      assertEquals(outcome, { kind: "done" });
      const down = await phone.get(`${path.device}/${file.id}`);
      assertEquals(new Uint8Array(await down.arrayBuffer()), bytes);
      const { reached } = network;
      assert(reached.every((sent, at) => at === 0 || sent >= (reached[at - 1] ?? 0)), `${reached}`);
      assertEquals(reached.at(-1), size);
      const stored = await Array.fromAsync(app.kv.list({ prefix: ["attachment", session] }));
      assertEquals(stored.length, 1, "however often it was announced, it is one upload");
      await phone.send(`${path.device}/${file.id}`, { method: "DELETE" });
    }),
    { numRuns: 30 },
  );
});

Deno.test("what the server refuses is told with its reason and its limit, and not tried again", async () => {
  const attachments = { maxFile: 1024 * 1024, maxSession: 1024 * 1024, kinds: ["image"] as const };
  await using app = await openTestApp({ config: { attachments } });
  const { phone, technician, path, end } = await attachedSession(app, await setUp(app), "till");
  const send = async (blob: Blob, fates: Fate[] = []) => {
    const network = new Network(phone, path.device, fates);
    const outcome = await upload(network, outgoing(blob, 1), new AbortController().signal);
    return outcome.kind === "refused" ? [outcome.code, outcome.limit] : [outcome.kind];
  };
  assertEquals(await send(new Blob([pngOf(1024 * 1024 + 1)])), ["file_too_large", 1024 * 1024]);
  assertEquals(await send(new Blob(["no picture"])), ["file_type_mismatch", null]);
  await technician.api("PUT", "/api/chat-service", { ...EVERYTHING_ON, files: false });
  assertEquals(await send(new Blob([pngOf(99)])), ["files_off", null]);
  await technician.api("PUT", "/api/chat-service", EVERYTHING_ON);
  // A refusal whose answer is lost again and again ends as well.
  const through: Fate = { kind: "through" };
  const fates: Fate[] = [through, { kind: "unanswered" }];
  assertEquals(await send(new Blob(["no picture"]), fates), ["file_type_mismatch", null]);
  await end();
  assertEquals(await send(new Blob([pngOf(99)])), ["session_ended", null]);
});

Deno.test("cancelled in the middle, it is gone from the server too", async () => {
  await using app = await openTestApp();
  const { phone, path } = await attachedSession(app, await setUp(app), "till");
  const network = new Network(phone, path.device, []);
  const cancel = new AbortController();
  let [deleted, done] = [false, () => {}];
  const gone = new Promise<void>((resolve) => done = resolve);
  const ports: UploadPorts = {
    path: path.device,
    fetch: async (where, init) => {
      const response = await network.fetch(where, init);
      if (init.method === "DELETE") [deleted] = [response.status === 204, done()];
      return response;
    },
    pause: () => Promise.resolve(),
    progress: (sent) => sent > 0 ? cancel.abort() : undefined,
    stalled: () => {},
    now: () => 0,
  };
  const file = outgoing(new Blob([pngOf(5 * PIECE)]), 1);
  assertEquals(await upload(ports, file, cancel.signal), { kind: "cancelled" });
  await gone;
  assert(deleted);
  assertEquals(await Array.fromAsync(app.kv.list({ prefix: ["attachment"] })), []);
  assertEquals(await Array.fromAsync(app.kv.list({ prefix: ["attachment_piece"] })), []);
});
