/** Nodes elsewhere: how they register, what web processes can tell them and find out about them. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { SignJWT } from "jose";
import { divertLog } from "../../log/log.ts";
import { CONTROL_PATH, signCommand } from "../../media/control.ts";
import { NodesGateway } from "../../media/nodes_gateway.ts";
import { signReport } from "../../media/registration.ts";
import { nodeHandler } from "../../media/server.ts";
import { StandaloneNode } from "../../media/standalone_node.ts";
import type { TicketClaims } from "../../protocol/media.ts";
import { MEDIA_NODES_PATH, type NodeReport } from "../../protocol/media_node.ts";
import { MediaNodeStore } from "../../store/media_nodes.ts";
import { RawPage } from "./raw_page.ts";
import { MediaProcess } from "../support/media_process.ts";
import { until } from "../support/waiting.ts";

const SECRET = "a secret of thirty-two characters";
const OTHER_SECRET = "another one, as long as the first";
const CLAIMS: TicketClaims = {
  session: "session-1",
  call: 1,
  move: 0,
  side: "device",
  client: "page-1234",
  send: { voice: true, video: true },
  node: "node-7",
};
const LOCAL = { hostname: "127.0.0.1", port: 0, onListen: () => {} } as const;

/** Web processes on one store. */
class Web implements AsyncDisposable {
  readonly #nodes: AsyncDisposable[] = [];
  readonly #closing: (() => Promise<void>)[] = [];

  /** What nodes logged of registering. */
  readonly said: string[] = [];
  readonly #log = divertLog(({ event, fields }) => {
    if (event.startsWith("media_node_")) this.said.push(`${event} ${fields.reason ?? ""}`);
  });

  private constructor(readonly kv: Deno.Kv) {}

  static async open(): Promise<Web> {
    return new Web(await Deno.openKv(":memory:"));
  }

  /** A web process: its gateway, and where nodes register. */
  process(wish: { secret?: string; origins?: string[]; location?: string } = {}) {
    const { secret = SECRET, origins = ["http://127.0.0.1:*"], location = null } = wish;
    const book = new MediaNodeStore(this.kv, Date.now);
    const gateway = new NodesGateway({ secret, origins, location, book, now: Date.now });
    const server = Deno.serve(LOCAL, (request) => gateway.register(request));
    this.#closing.push(async () => {
      await server.shutdown();
      await gateway.close();
    });
    return { gateway, url: `http://127.0.0.1:${server.addr.port}` };
  }

  /** A node that registers at `webUrl`, and where it is. */
  async node(
    id: string,
    webUrl: string | string[],
    location: string | null = null,
    { bin = Deno.env.get("MEDIASOUP_WORKER_BIN"), drainFor = 12_000 } = {},
  ) {
    let handle: (request: Request) => Response | Promise<Response> = () => new Response();
    const server = Deno.serve(LOCAL, (request) => handle(request));
    const url = `http://127.0.0.1:${server.addr.port}`;
    const node = new StandaloneNode({
      listen: { ip: "127.0.0.1", port: 0 },
      worker: { bin },
      secret: SECRET,
      id,
      registration: { webUrls: [webUrl].flat(), url, location },
      drainFor,
    });
    handle = nodeHandler(node, SECRET);
    this.#nodes.push({
      async [Symbol.asyncDispose]() {
        await node.close();
        await server.shutdown();
      },
    });
    await node.gateway.prepared;
    return { node, url };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const node of this.#nodes) await node[Symbol.asyncDispose]();
    for (const close of this.#closing) await close();
    this.#log[Symbol.dispose]();
    this.kv.close();
  }
}

async function ready(gateway: NodesGateway): Promise<void> {
  await until("ready", () => gateway.status(), ({ state }) => state === "ready");
}

async function join(gateway: NodesGateway, claims: TicketClaims = CLAIMS): Promise<RawPage> {
  const { url, token } = await gateway.ticket(claims);
  const page = await RawPage.open(url);
  page.raw(JSON.stringify({ type: "join", token }));
  await page.hears("joined");
  return page;
}

async function status(url: string): Promise<{ status: number; reason: unknown }> {
  const response = await fetch(`${url}/readyz`);
  return { status: response.status, reason: (await response.json()).reason ?? null };
}

Deno.test("a node that registered takes calls, through every web process", async () => {
  await using web = await Web.open();
  const [one, two] = [web.process(), web.process()];
  assertEquals(one.gateway.nodeId(), null);
  await assertRejects(() => one.gateway.ticket(CLAIMS));
  // The first address does not answer: the next one does.
  const { url } = await web.node("node-7", ["http://127.0.0.1:9", two.url]);
  await Promise.all([ready(one.gateway), ready(two.gateway)]);
  assertEquals(await status(url), { status: 200, reason: null });
  assertEquals([one.gateway.nodeId(), two.gateway.nodeId()], ["node-7", "node-7"]);
  const page = await join(one.gateway);
  assertEquals((await one.gateway.ticket(CLAIMS)).node, "node-7");
  assert(web.said.at(-1)?.startsWith("media_node_registered"), web.said.join("\n"));
  // What it says of itself from then on counts the call.
  const counted = async () => (await new MediaNodeStore(web.kv, Date.now).list())[0]?.load;
  const load = await until("counted", counted, (load) => load?.peers === 1);
  assertEquals([load?.rooms, load?.cores], [1, 1]);
  page.close();
});

Deno.test("calls are spread over nodes, near ones first, before the nodes themselves count them", async () => {
  await using web = await Web.open();
  const [eu, us] = [web.process({ location: "eu" }), web.process()];
  await web.node("a", us.url, "eu");
  await web.node("b", us.url, "us");
  // What a worker takes to start counts until the next report.
  const book = new MediaNodeStore(web.kv, Date.now);
  await until("both rest", () => book.list(), (leases) => {
    return leases.length === 2 &&
      leases.every(({ load, state }) => state === "ready" && load.cpu < 0.1);
  });
  for (const { gateway } of [eu, us]) {
    await until("it is known", () => gateway.nodeId(), (id) => id === "a");
  }
  us.gateway.placed("a");
  assertEquals(us.gateway.nodeId(), "b");
  eu.gateway.placed("a");
  assertEquals(eu.gateway.nodeId(), "a");
});

Deno.test("[M1] what the administrator switches reaches the node", async () => {
  await using web = await Web.open();
  const { gateway, url } = web.process();
  await web.node("node-7", url);
  await ready(gateway);
  const page = await join(gateway);
  await gateway.restrict(CLAIMS.session, { voice: false, video: true }, "node-7");
  const transport = await page.idOf({ type: "transport", direction: "send" });
  const produce = { type: "produce", transport, kind: "audio", rtpParameters: {}, paused: false };
  assertEquals(await page.verdict(produce), "voice_off");
  await gateway.closeRoom(CLAIMS.session, 1, "node-7");
  assertEquals(await page.reason(), "call_over");
  await assertRejects(async () => {
    await gateway.restrict(CLAIMS.session, { voice: true, video: true }, "another");
  });
});

Deno.test("a node that ends says so, one that dies is found out by asking it, in every process", async () => {
  await using web = await Web.open();
  const [one, two] = [web.process(), web.process()];
  const dying = await web.node("dying", one.url);
  await ready(one.gateway);
  assertEquals(await one.gateway.standing("dying", true), "there");
  assertEquals(await one.gateway.standing("nobody", false), "gone");
  // It goes on reporting, but does not answer for itself any more.
  const deaf = Deno.serve(LOCAL, () => new Response(null, { status: 500 }));
  const book = new MediaNodeStore(web.kv, Date.now);
  const [known] = await book.list();
  assert(known !== undefined);
  await book.register({ ...known, url: `http://127.0.0.1:${deaf.addr.port}`, count: 1_000 });
  assertEquals(await one.gateway.standing("dying", true), "gone");
  assertEquals(one.gateway.nodeId(), null);
  await until("the other process knows", () => two.gateway.nodeId(), (id) => id === null);
  await deaf.shutdown();
  const ending = await web.node("ending", two.url);
  await until("it is there", () => two.gateway.nodeId(), (id) => id === "ending");
  await ending.node.close();
  assertEquals(await two.gateway.standing("ending", false), "gone");
  await dying.node.close();
});

Deno.test("a node that drains takes no call, keeps those it has until they are elsewhere, then ends", async () => {
  await using web = await Web.open();
  const { gateway, url } = web.process();
  const going = await web.node("node-7", url);
  await web.node("other", url);
  await until("both", () => gateway.standing("other", false), (it) => it === "there");
  const page = await join(gateway);
  const leaving = new Promise((heard) => gateway.onLeaving(heard));
  const drained = going.node.drain();
  assertEquals(await leaving, "node-7");
  assertEquals(await gateway.standing("node-7", true), "leaving");
  assertEquals(await status(going.url), { status: 503, reason: "draining" });
  assertEquals(gateway.nodeId(), "other");
  page.close();
  await drained;
  assertEquals(await gateway.standing("node-7", false), "gone");
});

Deno.test("a node that drains ends after a while also with a call that did not move", async () => {
  await using web = await Web.open();
  const { gateway, url } = web.process();
  const going = await web.node("node-7", url, null, { drainFor: 300 });
  await web.node("other", url);
  await until("both", () => gateway.standing("other", false), (it) => it === "there");
  const page = await join(gateway);
  const began = performance.now();
  await going.node.drain();
  assert(performance.now() - began >= 300, "it waited");
  assertEquals(await page.reason(), "shutting_down");
});

Deno.test("a node without a worker is alive, but takes no calls, and both are said", async () => {
  await using web = await Web.open();
  const { gateway, url } = web.process();
  const broken = await web.node("broken", url, null, { bin: "/nowhere" });
  assertEquals(await status(broken.url), { status: 503, reason: "media" });
  const health = await fetch(`${broken.url}/healthz`);
  const { media, ...rest } = await health.json();
  assertEquals([health.status, rest, media.state], [
    200,
    { status: "ok", node: "broken" },
    "unavailable",
  ]);
  const told = () => new MediaNodeStore(web.kv, Date.now).list();
  await until("it says so", told, ([lease]) => lease?.state === "unavailable");
  assertEquals([gateway.nodeId(), await gateway.standing("broken", false)], [null, "gone"]);
});

Deno.test("with nowhere for its calls to go, a node that drains tells its pages and ends", async () => {
  await using web = await Web.open();
  const { gateway, url } = web.process();
  const going = await web.node("node-7", url);
  await ready(gateway);
  const page = await join(gateway);
  await going.node.drain();
  assertEquals(await page.reason(), "shutting_down");
});

Deno.test("once its call has moved a node lets nobody in, and lets those go who stay", async () => {
  await using web = await Web.open();
  const { gateway, url } = web.process();
  await web.node("node-7", url);
  await ready(gateway);
  const stays = await join(gateway);
  const late = await gateway.ticket(CLAIMS);
  await gateway.leaveRoom(CLAIMS.session, { call: 1, move: 0 }, "node-7");
  const page = await RawPage.open(late.url);
  page.raw(JSON.stringify({ type: "join", token: late.token }));
  assertEquals(await page.reason(), "bad_ticket");
  // It may come back to this node later.
  const back = await gateway.ticket({ ...CLAIMS, move: 2 });
  const again = await RawPage.open(back.url);
  again.raw(JSON.stringify({ type: "join", token: back.token }));
  await again.hears("joined");
  assertEquals(await stays.reason(), "moved");
  again.close();
});

const REPORT: NodeReport = {
  id: "node-1",
  url: "http://127.0.0.1:9000",
  location: null,
  state: "ready",
  load: { rooms: 0, peers: 0, cpu: 0, cores: 1 },
  started: 1,
  count: 1,
};

Deno.test("[A3] only a signed, fresh, newest report of an allowed address registers; all else is refused by code", async () => {
  await using web = await Web.open();
  const [one, two] = [web.process(), web.process()];
  const post = async (body: BodyInit | undefined, url = one.url, method = "POST") => {
    const response = await fetch(url + MEDIA_NODES_PATH, { method, body });
    const { code = null, message = "" } = await response.json();
    if (code !== null) assert(/^[A-Z].*[.?]$/.test(message), message);
    return `${response.status} ${code}`;
  };
  const forged = (payload: Record<string, unknown>, wish: { kind?: string; age?: number } = {}) => {
    const issued = Math.floor(Date.now() / 1000) - (wish.age ?? 0);
    return new SignJWT(payload)
      .setProtectedHeader({ alg: "HS256", typ: wish.kind ?? "media-report+jwt" })
      .setAudience("web processes").setJti("x").setIssuedAt(issued).setExpirationTime(issued + 10)
      .sign(new TextEncoder().encode(SECRET));
  };
  const first = await signReport(SECRET, REPORT);
  assertEquals(await post(first), "200 null");
  // Sent again, here or to another web process, before or after the next one.
  assertEquals(await post(first), "409 stale_report");
  assertEquals(await post(first, two.url), "409 stale_report");
  assertEquals(await post(await signReport(SECRET, { ...REPORT, count: 2 })), "200 null");
  assertEquals(await post(first, two.url), "409 stale_report");
  const next = { ...REPORT, count: 3 };
  assertEquals(await post(await signReport(OTHER_SECRET, next)), "403 bad_signature");
  assertEquals(await post(await forged({ report: next }, { age: 60 })), "403 bad_signature");
  assertEquals(await post(await forged({ report: next }, { kind: "JWT" })), "403 bad_signature");
  assertEquals(await post("{}"), "403 bad_signature");
  const command = { type: "close_room", session: "s", call: 1 } as const;
  assertEquals(await post(await signCommand(SECRET, "node-1", command)), "403 bad_signature");
  const evil = { ...next, url: "https://evil.example" };
  assertEquals(await post(await signReport(SECRET, evil)), "403 url_not_allowed");
  for (
    const report of [
      { ...next, sessions: ["s"] },
      { ...next, url: "http://127.0.0.1:9000/path" },
      { ...next, url: "http://user@127.0.0.1:9000" },
      { ...next, id: "../x" },
      { ...next, state: "fine" },
      { ...next, load: { ...next.load, cpu: -1 } },
      { ...next, location: "a b" },
    ]
  ) assertEquals(await post(await forged({ report })), "422 bad_report");
  assertEquals(await post(await forged({ report: next, more: 1 })), "422 bad_report");
  assertEquals(await post("x".repeat(5_000)), "413 body_too_large");
  assertEquals(await post(undefined, one.url, "GET"), "405 bad_method");
  // All of that changed nothing.
  const leases = await new MediaNodeStore(web.kv, Date.now).list();
  assertEquals(leases.map(({ id, count, url }) => [id, count, url]), [
    ["node-1", 2, "http://127.0.0.1:9000"],
  ]);
  assertEquals(await post(await forged({ report: next })), "200 null");
});

Deno.test("a node that is refused says why, once", async () => {
  await using web = await Web.open();
  const { url } = web.process({ secret: OTHER_SECRET });
  const { url: at } = await web.node("node-7", url);
  const [said = ""] = await until("said", () => web.said, (lines) => lines.length > 0);
  assert(said.includes("bad_signature") && said.includes("MEDIA_SECRET"), said);
  assertEquals((await status(at)).reason, "not_registered");
});

Deno.test("a web process that dies while it takes a report makes no stale one of what the next is told", async () => {
  await using web = await Web.open();
  const { gateway, url } = web.process();
  await using dying = Deno.serve(LOCAL, async (request) => {
    await gateway.register(request);
    return new Response(null, { status: 502 });
  });
  await web.node("node-7", [`http://127.0.0.1:${dying.addr.port}`, url]);
  const [said = ""] = await until("said", () => web.said, (lines) => lines.length > 0);
  assertEquals(said, "media_node_registered ");
});

Deno.test("a node whose clock was set back follows its last run as soon as that is over, and never a successor", async () => {
  await using web = await Web.open();
  const { gateway, url } = web.process();
  const book = new MediaNodeStore(web.kv, Date.now);
  const lastRun = { ...REPORT, id: "node-7", started: Date.now() + 3_600_000 };
  await book.register(lastRun);
  await web.node("node-7", url);
  const refused = () => web.said.at(-1)?.includes("stale_report") === true;
  await until("the last run still counts", refused, (it) => it);
  await book.register({ ...lastRun, count: 2, state: "gone" });
  const taken = () => web.said.at(-1)?.startsWith("media_node_registered") === true;
  await until("it is taken", taken, (it) => it);
  assertEquals((await book.list()).map(({ started }) => started), [lastRun.started + 1]);
  await ready(gateway);
  // Another one with its name that was started later, and has ended: this one was known already.
  const successor = { ...lastRun, started: lastRun.started + 2, state: "gone" } as const;
  await book.register(successor);
  await until("it is refused", refused, (it) => it);
  assertEquals((await book.list()).map(({ started }) => started), [successor.started]);
});

Deno.test("[M1] a node that stood still is told what happened to its calls meanwhile", async () => {
  await using web = await Web.open();
  const { gateway, url } = web.process();
  await using node = await MediaProcess.start("node-7", url).ready();
  await ready(gateway);
  const there = await join(gateway);
  const moved = { ...CLAIMS, session: "session-2" };
  const [late, switched] = [await gateway.ticket(moved), { ...CLAIMS, session: "session-3" }];
  const talks = await join(gateway, switched);
  const transport = await talks.idOf({ type: "transport", direction: "send" });
  await node.signal("SIGSTOP");
  assertEquals(await gateway.standing("node-7", true), "gone");
  await assertRejects(async () => await gateway.closeRoom(CLAIMS.session, 1, "node-7"));
  await gateway.leaveRoom(moved.session, moved, "node-7");
  for (const voice of [true, false]) {
    const allowed = { voice, video: true };
    await assertRejects(async () => await gateway.restrict(switched.session, allowed, "node-7"));
  }
  await node.signal("SIGCONT");
  assertEquals(await there.reason(), "call_over");
  const produce = { type: "produce", transport, kind: "audio", rtpParameters: {}, paused: false };
  const verdict = () => talks.verdict(produce);
  await until("voice is switched off", verdict, (code) => code === "voice_off");
  const page = await RawPage.open(late.url);
  page.raw(JSON.stringify({ type: "join", token: late.token }));
  assertEquals(await page.reason(), "bad_ticket");
  talks.close();
});

Deno.test("[A1] commands to a node are signed, for it alone, fresh and taken once", async () => {
  await using web = await Web.open();
  const { gateway, url } = web.process();
  const node = await web.node("node-7", url);
  await ready(gateway);
  const send = async (body: string, method = "POST") => {
    const response = await fetch(`${node.url}${CONTROL_PATH}`, {
      method,
      body: method === "POST" ? body : undefined,
    });
    await response.body?.cancel();
    return response.status;
  };
  const command = { type: "close_room", session: "s", call: 1 } as const;
  const close = await signCommand(SECRET, "node-7", command);
  assertEquals(await send(close), 204);
  assertEquals(await send(close), 403);
  assertEquals(await send(await signCommand(SECRET, "node-8", command)), 403);
  assertEquals(await send(await signCommand(OTHER_SECRET, "node-7", command)), 403);
  assertEquals(await send((await gateway.ticket(CLAIMS)).token), 403);
  assertEquals(await send("{}"), 403);
  assertEquals(await send("x".repeat(5000)), 413);
  assertEquals(await send("", "GET"), 405);
});

Deno.test("[M1] a ticket opens no other node, and no node twice", async () => {
  await using web = await Web.open();
  const { gateway, url } = web.process();
  const [a, b] = [await web.node("a", url), await web.node("b", url)];
  await until("both", () => gateway.standing("b", false), (it) => it === "there");
  const { url: socket, token } = await gateway.ticket({ ...CLAIMS, node: "a" });
  const tries = async (at: string) => {
    const page = await RawPage.open(at);
    page.raw(JSON.stringify({ type: "join", token }));
    return page;
  };
  assertEquals(
    await (await tries(socket.replace(new URL(a.url).port, new URL(b.url).port))).reason(),
    "bad_ticket",
  );
  const first = await tries(socket);
  await first.hears("joined");
  assertEquals(await (await tries(socket)).reason(), "bad_ticket");
  first.close();
});

Deno.test("what runs on Deno Deploy knows nothing of mediasoup", async () => {
  for (const path of ["media/gateway.ts", "media/nodes_gateway.ts", "client/call/types.ts"]) {
    const script = decodeURIComponent(new URL(`../../${path}`, import.meta.url).pathname);
    const args = ["info", "--json", script];
    const { stdout } = await new Deno.Command(Deno.execPath(), { args }).output();
    const modules = new TextDecoder().decode(stdout);
    assert(modules.includes("protocol/"), path);
    assertEquals(modules.match(/npm:\/?mediasoup[^"]*/), null, path);
  }
});
