/** Where media nodes register, through the whole app. */
import { assertEquals, assertMatch } from "@std/assert";
import { NodesGateway } from "../../media/nodes_gateway.ts";
import { signReport } from "../../media/registration.ts";
import { MEDIA_NODES_PATH, type NodeReport } from "../../protocol/media_node.ts";
import { openKv } from "../../store/kv.ts";
import { MediaNodeStore } from "../../store/media_nodes.ts";
import { openTestApp, type TestApp } from "../support/test_app.ts";

const SECRET = "a secret of thirty-two characters";
const REPORT: NodeReport = {
  id: "node-1",
  url: "https://media.example.org",
  location: null,
  state: "ready",
  load: { rooms: 0, peers: 0, cpu: 0, cores: 1 },
  started: 1,
  count: 1,
};

async function post(app: TestApp, body: string) {
  const request = new Request(`http://support.example.org${MEDIA_NODES_PATH}`, {
    method: "POST",
    body,
    headers: { "content-length": String(body.length) },
  });
  const response = await app.fetch(request);
  return { status: response.status, body: await response.text() };
}

Deno.test("a node registers without a cookie, by its signature alone; from then on there are calls", async () => {
  const kv = await openKv(":memory:");
  const media = new NodesGateway({
    secret: SECRET,
    origins: ["https://media.example.org"],
    location: null,
    book: new MediaNodeStore(kv, Date.now),
    now: Date.now,
  });
  {
    await using app = await openTestApp({ media });
    assertEquals((await post(app, "nonsense")).status, 403);
    assertEquals(media.nodeId(), null);
    const { status, body } = await post(app, await signReport(SECRET, REPORT));
    assertEquals([status, JSON.parse(body)], [200, { others: 0 }]);
    assertEquals(media.nodeId(), "node-1");
    const health = await app.fetch(new Request("http://support.example.org/readyz"));
    assertMatch(await health.text(), /"state":"ready"/);
  }
  await media.close();
  kv.close();
});

Deno.test("where the node is in the web process, no other one registers", async () => {
  await using app = await openTestApp();
  assertEquals((await post(app, await signReport(SECRET, REPORT))).status, 404);
});
