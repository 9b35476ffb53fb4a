/** The limits of a page's socket on a media node (docs/ARCHITECTURE.md, Overload). */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { answer } from "../../media/answer.ts";
import type { PeerSocket } from "../../media/peer.ts";
import { RateLimit } from "../../media/rate_limit.ts";
import { type Join, type Lobby, serveUpgrade } from "../../media/socket.ts";
import { gate } from "../actors/world.ts";
import { RawSocket } from "../support/raw_socket.ts";
import { until } from "../support/waiting.ts";
import { RawPage } from "./raw_page.ts";

const LIMIT = { burst: 100, perSecond: 40, patience: 200 };

Deno.test("frames: as many as the limit says are taken in any time, and whoever keeps to it is never refused", () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 400 });
  fc.assert(fc.property(gaps, (pauses) => {
    const limit = new RateLimit(LIMIT.burst, LIMIT.perSecond, LIMIT.patience, 0);
    let now = 0;
    const taken: number[] = [];
    for (const pause of pauses) {
      now += pause;
      if (limit.judge(now) === "take") taken.push(now);
    }
    for (const [at, from] of taken.entries()) {
      const within = taken.slice(at).filter((time) => time - from <= 1_000).length;
      assert(within <= LIMIT.burst + LIMIT.perSecond, `${within} in a second`);
    }
    const steady = new RateLimit(LIMIT.burst, LIMIT.perSecond, LIMIT.patience, 0);
    for (let frame = 1; frame <= 400; frame++) assertEquals(steady.judge(frame * 25), "take");
  }));
});

Deno.test("[A3] frames: a breach is refused, only one that goes on ends the connection", () => {
  const limit = new RateLimit(LIMIT.burst, LIMIT.perSecond, LIMIT.patience, 0);
  const flood = Array.from({ length: 301 }, () => limit.judge(0));
  assertEquals(
    flood.map((verdict, at) => verdict === (at < 100 ? "take" : "refuse")).indexOf(false),
    300,
  );
  assertEquals(flood.at(-1), "close");
  // Who stops in time is heard again, after what it sent too many is made up for.
  const pauses = new RateLimit(LIMIT.burst, LIMIT.perSecond, LIMIT.patience, 0);
  for (let frame = 0; frame < 140; frame++) pauses.judge(0);
  assertEquals([pauses.judge(1_000), pauses.judge(1_100)], ["refuse", "take"]);
});

/** A node's door with somebody else's room behind it. */
function door(join: Join, lobby: Lobby = new Set()) {
  const options = { hostname: "127.0.0.1", port: 0, onListen: () => {} };
  const server = Deno.serve(options, (request) => serveUpgrade(request, join, lobby));
  const origin = `http://127.0.0.1:${server.addr.port}`;
  return {
    origin,
    lobby,
    async page() {
      const page = await RawPage.open(`${origin.replace("http", "ws")}/`);
      page.raw(JSON.stringify({ type: "join", token: "any" }));
      return page;
    },
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

const NOBODY = { renew: () => Promise.resolve(true), leave: () => {} };
const allowed = { voice: true, video: true };

Deno.test("requests: fifty wait for their answers, more are busy, and all are answered in their order", async () => {
  const working = gate();
  const handle = async () => {
    await working.opened;
    return answer({});
  };
  await using node = door(() => Promise.resolve({ ...NOBODY, peer: { handle, allowed } }));
  const page = await node.page();
  await until("it is in", () => node.lobby.size, (waiting) => waiting === 0);
  const verdicts = Array.from({ length: 52 }, () => page.verdict({ type: "measure" }));
  const refused = () => page.heard.flatMap((m) => m.type === "refused" ? [m.code] : []);
  await until("two too many", refused, (codes) => codes.length === 2);
  assertEquals(refused(), ["busy", "busy"]);
  working.open();
  const all = await Promise.all(verdicts);
  assertEquals(all, [...Array(50).fill("ok"), "busy", "busy"]);
  const ids = page.heard.flatMap((m) => m.type === "answer" ? [m.id] : []);
  assertEquals(ids, Array.from({ length: 50 }, (_, at) => at + 1));
  assertEquals(await page.verdict({ type: "measure" }), "ok", "it goes on");
  page.close();
});

Deno.test("a page that takes nothing of what it is sent is closed, and leaves its room", async () => {
  const left = gate();
  const way = Promise.withResolvers<PeerSocket>();
  await using node = door((_, socket) => {
    way.resolve(socket);
    return Promise.resolve({
      ...NOBODY,
      leave: left.open,
      peer: { handle: () => Promise.resolve(answer({})), allowed },
    });
  });
  using page = await RawSocket.open(node.origin, "/", {});
  await page.send(JSON.stringify({ type: "join", token: "any" }));
  await until("it is in", () => node.lobby.size, (waiting) => waiting === 0);
  const socket = await way.promise;
  const text = "x".repeat(64 * 1024);
  const much = { type: "answer", id: 1, data: { text } } as const;
  let gone = false;
  void left.opened.then(() => gone = true);
  // What the system keeps for a connection comes on top of what the node does.
  for (let sent = 0; sent < 1_000 && !gone; sent++) {
    socket.send(much);
    await Promise.resolve();
  }
  await left.opened;
});

Deno.test("where five hundred are about to join, the next one is told to come a little later", async () => {
  await using node = door(() => new Promise(() => {}), new Set(Array(500).keys()));
  const response = await fetch(node.origin, { headers: { upgrade: "websocket" } });
  assertEquals([response.status, response.headers.get("retry-after")], [503, "1"]);
  await response.body?.cancel();
});
