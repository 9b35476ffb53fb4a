import { assertEquals, assertMatch, assertStrictEquals, assertStringIncludes } from "@std/assert";
import { App, HttpError, page } from "fresh";
import { buildFixture } from "./support.ts";

const get = await buildFixture();

async function text(path: string, init?: RequestInit): Promise<string> {
  return await (await get(path, init)).text();
}

Deno.test("routes: parameters are passed by name and decoded", async () => {
  assertEquals(await (await get("/early/J%C3%BCrgen")).json(), {
    params: { name: "Jürgen" },
    route: "/early/:name",
  });
  assertStringIncludes(await text("/devices/42"), "<h1>Device 42</h1>");
  assertEquals(await (await get("/files/a/b.txt")).json(), { path: "a/b.txt", method: "GET" });
});

Deno.test("routes: a handler sets status and headers of its page, or answers by itself", async () => {
  const response = await get("/devices/7");
  assertEquals([response.status, response.headers.get("x-own")], [203, "yes"]);
  assertEquals(await response.text().then((html) => html.includes("Device 7")), true);
  assertEquals(await text("/devices/raw"), "raw answer");
  assertStringIncludes(await text("/devices/7", { method: "POST" }), "<h1>posted</h1>");
});

Deno.test("routes: null is no data, so the page gets undefined", () => {
  assertStrictEquals<unknown>(page(null).data, undefined);
  assertStrictEquals(page(0).data, 0);
});

Deno.test("routes: a final slash and doubled slashes do not matter", async () => {
  assertStringIncludes(await text("/plain/"), "<p>/plain/ ");
  assertStringIncludes(await text("//plain"), "<p>/plain ");
});

Deno.test("routes: index files, groups and routeOverride give the address", async () => {
  assertStringIncludes(await text("/devices"), "<p>all devices app,root,second,devices</p>");
  assertStringIncludes(await text("/settings"), `<div class="staff">`);
  assertStringIncludes(await text("/new-name"), "<p>override name</p>");
  assertEquals((await get("/old")).status, 404);
  assertEquals((await get("/(_islands)/Later")).status, 404);
});

Deno.test("middlewares run from the outside in, and see the response on the way back", async () => {
  assertEquals((await get("/devices/7")).headers.get("x-trace"), "app root second devices");
  assertEquals((await get("/plain")).headers.get("x-trace"), "app root second");
  assertEquals((await get("/any")).headers.get("x-trace"), null);
});

Deno.test("pages stand inside their layouts and the app wrapper unless they opt out", async () => {
  assertMatch(await text("/devices/7"), /<body>.*<section data-device="7"><h1>.*<\/section>/s);
  assertEquals((await text("/plain")).includes("<section"), false);
  const bare = await text("/bare");
  assertMatch(bare, /^<!DOCTYPE html><html><head><meta charset="utf-8"\/><\/head><body><style /);
});

Deno.test("methods: HEAD is GET without a body, others are 405, OPTIONS lists them", async () => {
  const head = await get("/early/x", { method: "HEAD" });
  assertEquals([head.status, await head.text()], [200, ""]);
  const put = await get("/only-put", { method: "PUT" });
  assertEquals([put.status, await put.json()], [201, { put: true }]);
  assertEquals((await get("/only-put")).status, 405);
  const options = await get("/only-put", { method: "OPTIONS" });
  assertEquals([options.status, options.headers.get("allow")], [204, "PUT"]);
  for (const method of ["GET", "POST", "DELETE", "PATCH"]) {
    assertEquals(await text("/any", { method }), method);
  }
});

Deno.test("methods: a file route that lacks a method is not found with it", async () => {
  assertEquals((await get("/gone", { method: "DELETE" })).status, 404);
  assertEquals((await get("/plain", { method: "POST" })).status, 200);
});

Deno.test("errors: _error answers with the error's status inside the app wrapper", async () => {
  for (
    const [path, status, shown] of [
      ["/nowhere", 404, "Status 404"],
      ["/boom", 500, "Unexpected"],
      ["/gone", 410, "Status 410"],
    ] as const
  ) {
    const response = await get(path);
    assertEquals(response.status, status);
    assertMatch(await response.text(), new RegExp(`<nav>.*<h1>${shown}</h1>`, "s"));
  }
});

Deno.test("errors: routes told before fsRoutes() do not have its error page", async () => {
  const response = await get("/busy");
  assertEquals([response.status, await response.text()], [503, "Come back later"]);
});

Deno.test("errors: a response that an outer error page gives has not passed the middlewares", async () => {
  assertEquals((await get("/nowhere")).headers.get("content-security-policy"), null);
  assertEquals((await get("/nowhere")).headers.get("x-trace"), null);
});

Deno.test("errors: without an error page the text is the message or the status", async () => {
  const handler = new App()
    .get("/told", () => {
      throw new HttpError(403, "Not yours");
    })
    .get("/silent", () => {
      throw new HttpError(404);
    })
    .handler();
  const told = await handler(new Request("http://localhost/told"));
  assertEquals([told.status, await told.text()], [403, "Not yours"]);
  const silent = await handler(new Request("http://localhost/silent"));
  assertEquals([silent.status, await silent.text()], [404, "Not Found"]);
});

Deno.test("errors: onError and notFound take a handler; later errors go further out", async () => {
  const handler = new App()
    .notFound((ctx) => ctx.text(`no ${ctx.url.pathname}`, { status: 404 }))
    .onError("*", (ctx) => ctx.text(`outer ${(ctx.error as Error).message}`, { status: 500 }))
    .onError("/inner", () => {
      throw new Error("second");
    })
    .get("/inner/fails", () => {
      throw new Error("first");
    })
    .get("/fails", () => {
      throw new Error("only");
    })
    .handler();
  const ask = async (path: string) =>
    await (await handler(new Request(`http://localhost${path}`))).text();
  assertEquals(await ask("/else"), "no /else");
  assertEquals(await ask("/fails"), "outer only");
  assertEquals(await ask("/inner/fails"), "outer second");
});

Deno.test("use() applies to what follows it, and below its path", async () => {
  const handler = new App<{ seen: string }>()
    .get("/before", (ctx) => ctx.text(ctx.state.seen ?? "nothing"))
    .use("/api", (ctx) => {
      ctx.state.seen = "api";
      return ctx.next();
    })
    .get("/api/a", (ctx) => ctx.text(ctx.state.seen ?? "nothing"))
    .get("/other", (ctx) => ctx.text(ctx.state.seen ?? "nothing"))
    .handler();
  const ask = async (path: string) =>
    await (await handler(new Request(`http://localhost${path}`))).text();
  assertEquals([await ask("/before"), await ask("/api/a"), await ask("/other")], [
    "nothing",
    "api",
    "nothing",
  ]);
});

Deno.test("an app without a build has no file routes", async () => {
  const handler = new App().fsRoutes().get("/own", () => new Response("own")).handler();
  assertEquals(await (await handler(new Request("http://localhost/own"))).text(), "own");
  assertEquals((await handler(new Request("http://localhost/plain"))).status, 404);
});

Deno.test("basePath goes before every route", async () => {
  const handler = new App({ basePath: "/support" })
    .get("/", (ctx) => ctx.text("home"))
    .get("/x/:id", (ctx) => ctx.text(ctx.params.id ?? ""))
    .handler();
  const ask = async (path: string) => await handler(new Request(`http://localhost${path}`));
  assertEquals(await (await ask("/support")).text(), "home");
  assertEquals(await (await ask("/support/x/1")).text(), "1");
  assertEquals((await ask("/x/1")).status, 404);
});

Deno.test("trustProxy believes the forwarded address", async () => {
  const headers = { "x-forwarded-proto": "https", "x-forwarded-host": "support.example" };
  for (const trustProxy of [true, false]) {
    const handler = new App({ trustProxy }).get("/", (ctx) => ctx.text(ctx.url.origin)).handler();
    const response = await handler(new Request("http://localhost/", { headers }));
    const expected = trustProxy ? "https://support.example" : "http://localhost";
    assertEquals(await response.text(), expected);
  }
});

Deno.test("redirect() never leaves the site by a path", async () => {
  const response = await get("/away");
  assertEquals(response.status, 303);
  assertEquals(response.headers.get("location"), "/evil.example/x?next=//y");
});

Deno.test("html() and json() set their content type", async () => {
  assertEquals((await get("/html")).headers.get("content-type"), "text/html; charset=utf-8");
  assertEquals((await get("/early/x")).headers.get("content-type"), "application/json");
});
