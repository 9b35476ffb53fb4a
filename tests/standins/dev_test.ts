import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { fileURLToPath } from "node:url";
import { FIXTURE } from "./support.ts";

function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return port;
}

/** Asks until the server is there. */
async function ask(address: string, deadline = Date.now() + 20_000): Promise<Response> {
  while (true) {
    try {
      return await fetch(address);
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

Deno.test("the development server serves pages, uncached, with a script for reloading", async () => {
  const port = freePort();
  const server = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", fileURLToPath(new URL("dev.ts", FIXTURE)), String(port)],
    stdout: "null",
    stderr: "null",
  }).spawn();
  try {
    const page = await ask(`http://127.0.0.1:${port}/plain`);
    const html = await page.text();
    assertEquals(page.status, 200);
    assertStringIncludes(html, "<p>/plain app,root,second</p>");
    const address = /"(\/_fresh\/js\/\w+\/fresh-runtime\.js)"/.exec(html)?.[1] ?? "";
    const script = await ask(`http://127.0.0.1:${port}${address}`);
    assertMatch(script.headers.get("cache-control") ?? "", /no-store/);
    assertEquals(script.headers.get("etag"), null);
    await script.body?.cancel();
  } finally {
    server.kill();
    await server.status;
  }
});
