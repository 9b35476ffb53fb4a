import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { seedDemo } from "../../auth/demo.ts";
import { VERSION } from "../../config.ts";
import { offGateway } from "../../media/gateway.ts";
import { MEDIA_SOCKET_PATH } from "../../protocol/media.ts";
import type { MediaStatus } from "../../protocol/service.ts";
import { ADA, Browser, ORIGIN, setUp } from "../support/browser.ts";
import { openTestApp } from "../support/test_app.ts";

Deno.test("every page carries the security headers, and scripts only with its nonce", async () => {
  await using app = await openTestApp();
  const ada = await setUp(app);
  for (const path of ["/console", "/admin", "/device", "/sign-in", "/"]) {
    const browser = path === "/" || path === "/sign-in" ? new Browser(app) : ada;
    const { headers } = await browser.get(path);
    const policy = headers.get("content-security-policy") ?? "";
    assertMatch(policy, /script-src 'self' 'nonce-[^']+'/);
    assert(!policy.includes("unsafe-inline"), policy);
    for (const part of ["connect-src 'self'", "worker-src 'self'", "frame-ancestors 'none'"]) {
      assertStringIncludes(policy, part);
    }
    assertEquals(headers.get("x-content-type-options"), "nosniff");
    assertEquals(headers.get("referrer-policy"), "same-origin");
    assertStringIncludes(headers.get("permissions-policy") ?? "", "microphone=(self)");
    assertEquals(headers.get("cache-control"), "no-store");
  }
});

Deno.test("media nodes elsewhere may be connected to, and nothing else", async () => {
  const origins = ["https://media.example.org", "http://127.0.0.1:*"];
  const media = { kind: "nodes", origins, secret: "s", location: null } as const;
  await using app = await openTestApp({ config: { media } });
  const { headers } = await new Browser(app).get("/sign-in");
  assertStringIncludes(
    headers.get("content-security-policy") ?? "",
    "connect-src 'self' https://media.example.org wss://media.example.org " +
      "http://127.0.0.1:* ws://127.0.0.1:*;",
  );
});

Deno.test("what another website makes a browser send is refused and changes nothing", async () => {
  await using app = await openTestApp();
  const ada = await setUp(app);
  const foreign: Record<string, string>[] = [
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
  ];
  for (const headers of foreign) {
    const out = await ada.post("/sign-out", {}, headers);
    assertEquals(out.status, 403);
    assertStringIncludes(await out.text(), "came from another website");
    const added = await ada.post("/api/devices", {}, headers);
    assertEquals([added.status, (await added.json()).code], [403, "cross_site"]);
  }
  assertEquals((await ada.get("/console")).status, 200);
});

Deno.test("a socket from another website is refused before anybody looks at cookies", async () => {
  await using app = await openTestApp();
  const ada = await setUp(app);
  for (const path of ["/api/socket/technician", "/api/socket/device", MEDIA_SOCKET_PATH]) {
    const headers = {
      origin: "https://evil.example",
      upgrade: "websocket",
      connection: "upgrade",
      cookie: `ls_technician=${ada.cookies.get("ls_technician")}`,
    };
    const answer = await app.fetch(new Request(`${ORIGIN}${path}`, { headers }));
    assertEquals(answer.status, 403, path);
    await answer.body?.cancel();
  }
});

Deno.test("a socket that does not say where it is from is no page's", async () => {
  await using app = await openTestApp();
  const ada = await setUp(app);
  const headers = {
    upgrade: "websocket",
    connection: "upgrade",
    cookie: `ls_technician=${ada.cookies.get("ls_technician")}`,
  };
  for (const side of ["technician", "device"]) {
    const answer = await app.fetch(new Request(`${ORIGIN}/api/socket/${side}`, { headers }));
    assertEquals(answer.status, 403);
    await answer.body?.cancel();
  }
});

Deno.test("a socket for which nobody signed in is refused, whatever cookie it brings", async () => {
  await using app = await openTestApp();
  const ada = await setUp(app);
  const socket = { upgrade: "websocket", connection: "upgrade", origin: ORIGIN };
  const technician = `ls_technician=${ada.cookies.get("ls_technician")}`;
  const device = `ls_device=${ada.cookies.get("ls_technician")}`;
  const cases = [["technician", ""], ["technician", device], ["device", technician]] as const;
  for (const [side, cookie] of cases) {
    const headers = { ...socket, cookie };
    const answer = await app.fetch(new Request(`${ORIGIN}/api/socket/${side}`, { headers }));
    assertEquals(answer.status, 401, `${side} ${cookie}`);
    await answer.body?.cancel();
  }
});

Deno.test("what does not exist is said in plain words, and as JSON to the API", async () => {
  await using app = await openTestApp();
  const browser = new Browser(app);
  const page = await browser.get("/nothing/here");
  assertEquals(page.status, 404);
  assertStringIncludes(page.headers.get("content-security-policy") ?? "", "script-src 'none'");
  const text = await page.text();
  assertStringIncludes(text, "Page not found");
  assert(!text.includes("<script"), "an error page needs no script");
  const api = await browser.get("/api/nothing");
  assertEquals([api.status, (await api.json()).code], [404, "not_found"]);
  assertEquals((await browser.api("PATCH", "/api/devices", {})).status, 404);
  assertEquals((await browser.post(MEDIA_SOCKET_PATH)).status, 405);
  const noSocket = await browser.get("/api/socket/device");
  assertEquals([noSocket.status, (await noSocket.json()).code], [426, "not_a_page"]);
  assertEquals((await browser.get(MEDIA_SOCKET_PATH)).status, 404);
});

Deno.test("a cookie header nobody can read is no cookie", async () => {
  await using app = await openTestApp();
  const headers = { cookie: "=; ls_device; ls_technician==" };
  const answer = await app.fetch(new Request(`${ORIGIN}/device`, { headers }));
  assertEquals(answer.status, 200);
});

Deno.test("healthz says that it serves, which version, and how calls are", async () => {
  const states: [MediaStatus, unknown][] = [
    [{ state: "ready" }, { state: "ready" }],
    [{ state: "preparing", progress: 0.43 }, { state: "preparing", progress: 0.43 }],
    [{ state: "unavailable", reason: "secret path" }, { state: "unavailable" }],
  ];
  for (const [status, media] of states) {
    const gateway = { ...offGateway(""), status: () => status };
    await using app = await openTestApp({ media: gateway });
    const answer = await new Browser(app).get("/healthz");
    assertEquals(await answer.json(), { status: "ok", version: VERSION, media });
  }
});

Deno.test("readyz tells whether traffic may come: not without the database, not on the way out", async () => {
  let fault: (() => Promise<never>) | null = null;
  const leaving = new AbortController();
  await using app = await openTestApp({
    leaving: leaving.signal,
    inFrontOf: (kv) =>
      new Proxy(kv, {
        get(target, name) {
          if (fault !== null) return fault;
          const value: unknown = Reflect.get(target, name);
          return typeof value === "function" ? value.bind(target) : value;
        },
      }),
  });
  // With its cookie, too: nobody is looked up in a database that is away.
  const monitor = await setUp(app);
  const look = async () => {
    const answer = await monitor.get("/readyz");
    const { status, reason, media } = await answer.json();
    assertEquals([answer.headers.get("cache-control"), media], ["no-store", {
      state: "unavailable",
    }]);
    return [answer.status, status, reason];
  };
  assertEquals(await look(), [200, "ready", undefined], "text works without calls");
  const faults = [
    () => Promise.reject(new Error("database is locked")),
    () => new Promise<never>(() => {}),
  ];
  for (fault of faults) {
    // Having worked a moment ago counts for a moment.
    while ((await look())[0] === 200);
    assertEquals(await Promise.all([look(), look()]), [
      [503, "not_ready", "database"],
      [503, "not_ready", "database"],
    ]);
    assertEquals((await monitor.get("/healthz")).status, 200, "it is alive");
  }
  fault = null;
  assertEquals(await look(), [200, "ready", undefined], "the database is back");
  leaving.abort();
  assertEquals(await look(), [503, "not_ready", "shutting_down"]);
  assertEquals((await monitor.get("/healthz")).status, 200, "it still answers");
});

Deno.test("everybody is sent to where they belong", async () => {
  await using app = await openTestApp();
  const stranger = new Browser(app);
  assertStringIncludes(await (await stranger.get("/")).text(), "set-up link");
  const ada = await setUp(app);
  assertEquals((await ada.get("/")).headers.get("location"), "/console");
  assertEquals((await ada.get("/sign-in")).headers.get("location"), "/console");
  assertStringIncludes(await (await stranger.get("/")).text(), "/sign-in");
});

Deno.test("demo links sign in as the technician and the devices, again and again", async () => {
  await using app = await openTestApp({ demo: (stores) => seedDemo(stores, 1) });
  const entries = [...app.services.demo?.entries ?? []];
  assertEquals(entries.map(([, { kind }]) => kind), ["technician", "device", "device", "device"]);
  for (const [token, { kind }] of entries) {
    for (const browser of [new Browser(app), new Browser(app)]) {
      const answer = await browser.get(`/demo/${token}`);
      const path = kind === "technician" ? "/console" : "/device";
      assertEquals([answer.status, answer.headers.get("location")], [303, path]);
      assertEquals((await browser.get(path)).status, 200);
    }
  }
  assertEquals((await new Browser(app).get("/demo/guess")).status, 404);
  assert((await app.stores.devices.list()).every(({ installedAt }) => installedAt !== null));
});

Deno.test("without a demo there are no demo links", async () => {
  await using demo = await openTestApp({ demo: (stores) => seedDemo(stores, 1) });
  await using real = await openTestApp();
  for (const token of demo.services.demo?.entries.keys() ?? []) {
    const browser = new Browser(real);
    assertEquals([(await browser.get(`/demo/${token}`)).status, browser.cookies.size], [404, 0]);
  }
});

Deno.test("a form too large to be meant is refused without reading on", async () => {
  await using app = await openTestApp();
  const answer = await new Browser(app).post("/sign-in", { ...ADA, name: "x".repeat(1_000_000) });
  assertEquals(answer.status, 401);
});
