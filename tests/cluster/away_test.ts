/** A web process whose database server stands still: what it tells balancers, and how it ends. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { Server } from "../e2e/server.ts";
import { until } from "../support/waiting.ts";
import { Database, skipped } from "./database.ts";

/** Nodes are read from the database, too; none has to be there. */
const NODES = {
  MEDIA_NODES: "http://127.0.0.1:9",
  MEDIA_SECRET: "only for this test, 32 characters",
};

Deno.test({
  name:
    "while the database stands still, /readyz says so; a process that ends then says what it knows",
  ignore: skipped,
  async fn() {
    await using stack = new AsyncDisposableStack();
    const database = stack.use(await Database.start());
    const folder = await Deno.makeTempDir({ prefix: "live-support-away-" });
    stack.defer(() => Deno.remove(folder, { recursive: true }));
    const server = await Server.start(folder, { DENO_KV_PATH: database.url, ...NODES });
    stack.defer(() => server.kill().catch(() => {}));
    const readiness = async () => {
      const answer = await fetch(`${server.origin}/readyz`);
      return [answer.status, (await answer.json()).reason];
    };
    assertEquals(await readiness(), [200, undefined]);
    database.server.freeze();
    stack.defer(() => database.server.thaw());
    const said = await until("it is not ready", readiness, ([status]) => status !== 200);
    assertEquals(said, [503, "database"]);
    assertEquals(await server.stop(), 1);
    const [last = ""] = server.printed.trim().split("\n").filter((line) => line.startsWith("{"))
      .slice(-1);
    assertStringIncludes(last, '"stopped_unsure"');
  },
});
