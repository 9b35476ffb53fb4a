import { assertEquals, assertStringIncludes } from "@std/assert";
import { App, csp, csrf } from "fresh";

function post(headers: HeadersInit): Request {
  return new Request("http://localhost/", { method: "POST", headers });
}

Deno.test("csrf: writing needs the same origin, as the browser tells it", async () => {
  const handler = new App().use(csrf()).all("/", () => new Response("ok")).handler();
  const status = async (headers: HeadersInit) => (await handler(post(headers))).status;
  assertEquals(await status({ "sec-fetch-site": "same-origin" }), 200);
  assertEquals(await status({ "sec-fetch-site": "none" }), 200);
  assertEquals(
    await status({ "sec-fetch-site": "cross-site", origin: "http://evil.example" }),
    403,
  );
  assertEquals(await status({ "sec-fetch-site": "same-site" }), 403);
  assertEquals(await status({ origin: "http://localhost" }), 200);
  assertEquals(await status({ origin: "http://evil.example" }), 403);
  assertEquals(await status({}), 200, "not a browser");
});

Deno.test("csrf: reading is free", async () => {
  const handler = new App().use(csrf()).all("/", () => new Response("ok")).handler();
  const headers = { "sec-fetch-site": "cross-site", origin: "http://evil.example" };
  assertEquals((await handler(new Request("http://localhost/", { headers }))).status, 200);
});

Deno.test("csrf: other origins can be allowed by name, list or function", async () => {
  const friend = "https://friend.example";
  for (const origin of [friend, [friend], (it: string) => it === friend]) {
    const handler = new App().use(csrf({ origin })).post("/", () => new Response("ok")).handler();
    assertEquals((await handler(post({ origin: friend }))).status, 200);
    assertEquals((await handler(post({ origin: "https://foe.example" }))).status, 403);
  }
});

Deno.test("csp: directives of the same name replace the defaults, reports get their address", async () => {
  const handler = new App()
    .use(csp({ csp: ["img-src *"], reportTo: "/reports", reportOnly: true }))
    .get("/", () => new Response("ok"))
    .handler();
  const { headers } = await handler(new Request("http://localhost/"));
  const policy = headers.get("content-security-policy-report-only") ?? "";
  assertStringIncludes(policy, "; img-src *; report-to csp-endpoint; report-uri /reports");
  assertEquals(policy.includes("img-src 'self'"), false);
  assertStringIncludes(policy, "script-src 'self' 'unsafe-inline'");
  assertEquals(headers.get("reporting-endpoints"), `csp-endpoint="/reports"`);
  assertEquals(headers.get("content-security-policy"), null);
});
