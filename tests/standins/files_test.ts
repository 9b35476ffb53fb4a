import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { buildFixture, buildOnDisk, loadFromDisk } from "./support.ts";

const inMemory = await buildFixture();
const folder = await buildOnDisk();
const onDisk = await loadFromDisk(folder);
const pinned = /href="(\/styles\.css\?[^"]+)"/.exec(await (await onDisk("/plain")).text())?.[1] ??
  "";
const script = /"([^"]+fresh-runtime\.js)"/.exec(await (await onDisk("/")).text())?.[1] ?? "";

Deno.test.afterAll(() => Deno.remove(folder, { recursive: true }));

const PERMANENT = "public, max-age=31536000, immutable";
const NOT_KEPT = "no-cache, no-store, max-age=0, must-revalidate";

Deno.test("static files: served with type, length and ETag, and 304 when known", async () => {
  const response = await onDisk("/logo.svg");
  assertEquals(response.status, 200);
  assertEquals(response.headers.get("content-type"), "image/svg+xml");
  assertEquals(response.headers.get("cache-control"), NOT_KEPT);
  const body = await response.text();
  assertEquals(response.headers.get("content-length"), String(body.length));
  const etag = response.headers.get("etag") ?? "";
  assert(etag.startsWith(`W/"`), "a weak ETag");
  const again = await onDisk("/logo.svg", { headers: { "if-none-match": etag } });
  assertEquals([again.status, await again.text()], [304, ""]);
});

Deno.test("static files: pinned to the build they are kept for good, pinned to another redirected", async () => {
  const response = await onDisk(pinned);
  assertEquals(response.headers.get("cache-control"), PERMANENT);
  assertEquals(response.headers.get("content-type"), "text/css; charset=UTF-8");
  await response.body?.cancel();
  const other = await onDisk("/styles.css?__frsh_c=other&x=1");
  assertEquals([other.status, other.headers.get("location")], [307, "/styles.css?x=1"]);
});

Deno.test("scripts are kept for good", async () => {
  for (const get of [onDisk, inMemory]) {
    const response = await get(script);
    assertEquals(response.status, 200);
    assertEquals(response.headers.get("content-type"), "text/javascript; charset=UTF-8");
    assertEquals(response.headers.get("cache-control"), PERMANENT);
    assertStringIncludes(await response.text(), "boot");
  }
});

Deno.test("static files: HEAD has no body, writing is refused", async () => {
  const head = await onDisk("/logo.svg", { method: "HEAD" });
  assertEquals([head.status, await head.text()], [200, ""]);
  assert(Number(head.headers.get("content-length")) > 0, "a length");
  assertEquals((await onDisk("/logo.svg", { method: "POST" })).status, 405);
});

Deno.test("style sheets have their absolute addresses pinned", async () => {
  for (const get of [onDisk, inMemory]) {
    const css = await (await get("/styles.css")).text();
    assertEquals(/url\("\/logo\.svg\?__frsh_c=\w+"\)/.test(css), true);
    assertStringIncludes(css, `url("relative.svg")`);
  }
});

Deno.test("static files: names are decoded, hidden files are not part of a build", async () => {
  assertEquals(await (await onDisk("/my%20app.webmanifest")).json(), { name: "Fixture" });
  for (const get of [onDisk, inMemory]) {
    assertEquals(await (await get("/.well-known/security.txt")).text(), "contact\n");
  }
  assertEquals((await onDisk("/.hidden")).status, 404);
});

Deno.test("static files: what is not there goes on to the routes, a missing icon does not", async () => {
  assertEquals((await onDisk("/nothing.png")).status, 404);
  const icon = await onDisk("/favicon.ico");
  assertEquals([icon.status, await icon.text()], [404, ""]);
  assertEquals((await onDisk("/..%2fmain.ts")).status, 404);
  assertEquals((await onDisk("/%E0%A4%A")).status, 404);
});

Deno.test("a build on disk serves the same pages", async () => {
  assertStringIncludes(await (await onDisk("/devices/9")).text(), "<h1>Device 9</h1>");
  assertStringIncludes(await (await onDisk("/new-name")).text(), "override name");
});
