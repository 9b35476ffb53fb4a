/** A node elsewhere: what a web process can tell it, and what it finds out about it. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { CONTROL_PATH, signCommand } from "../../media/control.ts";
import { LocalGateway } from "../../media/local_gateway.ts";
import { RemoteGateway } from "../../media/remote_gateway.ts";
import { nodeHandler } from "../../media/server.ts";
import { RawPage } from "./raw_page.ts";
import { until } from "../support/waiting.ts";

const SECRET = "a secret of thirty-two characters";
const OTHER_SECRET = "another one, as long as the first";
const CLAIMS = {
  session: "session-1",
  call: 1,
  side: "device",
  client: "page-1234",
  send: { voice: true, video: true },
} as const;

/** A node with its HTTP side, and a way to a gateway for it. */
class Elsewhere implements AsyncDisposable {
  readonly #gateways: RemoteGateway[] = [];

  private constructor(
    readonly node: LocalGateway,
    readonly server: Deno.HttpServer<Deno.NetAddr>,
  ) {}

  static async open(): Promise<Elsewhere> {
    const bin = Deno.env.get("MEDIASOUP_WORKER_BIN");
    const listen = { ip: "127.0.0.1", port: 0 };
    const node = new LocalGateway({ listen, worker: { bin }, secret: SECRET, id: "node-7" });
    const options = { hostname: "127.0.0.1", port: 0, onListen: () => {} };
    const server = Deno.serve(options, nodeHandler(node, SECRET));
    await node.prepared;
    return new Elsewhere(node, server);
  }

  get url(): string {
    return `http://127.0.0.1:${this.server.addr.port}`;
  }

  gateway(secret = SECRET): RemoteGateway {
    const gateway = new RemoteGateway({ url: this.url, secret, freshFor: 20 });
    this.#gateways.push(gateway);
    return gateway;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const gateway of this.#gateways) {
      await gateway.close();
      await gateway.refresh();
    }
    await this.node.close();
    await this.server.shutdown();
  }
}

async function join(gateway: RemoteGateway): Promise<RawPage> {
  const { url, token } = await gateway.ticket(CLAIMS);
  const page = await RawPage.open(url);
  page.raw(JSON.stringify({ type: "join", token }));
  await page.hears("joined");
  return page;
}

Deno.test("a ticket of the remote gateway opens the node it names", async () => {
  await using elsewhere = await Elsewhere.open();
  const gateway = elsewhere.gateway();
  const page = await join(gateway);
  assertEquals(gateway.nodeId(), "node-7");
  assertEquals(gateway.status(), { state: "ready" });
  page.close();
});

Deno.test("[M1] what the administrator switches reaches the node", async () => {
  await using elsewhere = await Elsewhere.open();
  const gateway = elsewhere.gateway();
  const page = await join(gateway);
  await gateway.restrict(CLAIMS.session, { voice: false, video: true });
  const transport = await page.idOf({ type: "transport", direction: "send" });
  const produce = { type: "produce", transport, kind: "audio", rtpParameters: {}, paused: false };
  assertEquals(await page.verdict(produce), "voice_off");
  await gateway.closeRoom(CLAIMS.session);
  assertEquals(await page.reason(), "call_over");
});

Deno.test("a node with another secret is no node, and says so", async () => {
  await using elsewhere = await Elsewhere.open();
  const gateway = elsewhere.gateway(OTHER_SECRET);
  await assertRejects(() => gateway.ticket(CLAIMS));
  const status = gateway.status();
  assert(status.state === "unavailable" && status.reason.includes("MEDIA_SECRET"));
  assertEquals(gateway.nodeId(), null);
  await assertRejects(async () => await gateway.restrict("s", { voice: false, video: false }));
});

Deno.test("a node that goes away is noticed, by those who listen too", async () => {
  await using elsewhere = await Elsewhere.open();
  const gateway = elsewhere.gateway();
  const heard: string[] = [];
  const stop = gateway.onStatus(({ state }) => heard.push(state));
  await until("ready", () => heard, (states) => states.at(-1) === "ready");
  await elsewhere.node.close();
  await until("unavailable", () => heard, (states) => states.at(-1) === "unavailable");
  await elsewhere.server.shutdown();
  await until("unreachable", () => gateway.status(), (status) => {
    return status.state === "unavailable" && status.reason.includes("reached");
  });
  stop();
});

Deno.test("[A1] commands to a node are signed, fresh and taken once", async () => {
  await using elsewhere = await Elsewhere.open();
  const send = async (body: string, method = "POST") => {
    const response = await fetch(`${elsewhere.url}${CONTROL_PATH}`, {
      method,
      body: method === "POST" ? body : undefined,
    });
    await response.body?.cancel();
    return response.status;
  };
  const ping = await signCommand(SECRET, { type: "ping" });
  assertEquals(await send(ping), 204);
  assertEquals(await send(ping), 403);
  assertEquals(await send(await signCommand(OTHER_SECRET, { type: "ping" })), 403);
  assertEquals(await send((await elsewhere.node.ticket(CLAIMS)).token), 403);
  assertEquals(await send("{}"), 403);
  assertEquals(await send("x".repeat(5000)), 413);
  assertEquals(await send("", "GET"), 405);
});

Deno.test("what runs on Deno Deploy knows nothing of mediasoup", async () => {
  for (const path of ["media/gateway.ts", "media/remote_gateway.ts", "client/call/types.ts"]) {
    const script = decodeURIComponent(new URL(`../../${path}`, import.meta.url).pathname);
    const args = ["info", "--json", script];
    const { stdout } = await new Deno.Command(Deno.execPath(), { args }).output();
    const modules = new TextDecoder().decode(stdout);
    assert(modules.includes("protocol/"), path);
    assertEquals(modules.match(/npm:\/?mediasoup[^"]*/), null, path);
  }
});
