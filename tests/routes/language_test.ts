import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { Browser, setUp } from "../support/browser.ts";
import { openTestApp } from "../support/test_app.ts";

const GERMAN = { "accept-language": "de-AT,de;q=0.9,en;q=0.5" };

Deno.test("a page is in the language the browser asks for, and says which", async () => {
  await using app = await openTestApp();
  const answer = await new Browser(app).get("/sign-in", GERMAN);
  assertEquals(answer.headers.get("content-language"), "de");
  const html = await answer.text();
  assertMatch(html, /<html lang="de" dir="ltr"/);
  assertStringIncludes(html, "Passwort");
  assertMatch(await (await new Browser(app).get("/sign-in")).text(), /<html lang="en" dir="ltr"/);
});

Deno.test("an explicit choice is remembered, and leads back to the page it was made on", async () => {
  await using app = await openTestApp();
  const browser = new Browser(app);
  const chosen = await browser.post("/language", { locale: "de", to: "/sign-in?to=%2Fadmin#till" });
  assertEquals([chosen.status, chosen.headers.get("location")], [
    303,
    "/sign-in?to=%2Fadmin#till",
  ]);
  const page = await browser.get("/sign-in", { "accept-language": "en" });
  assertEquals(page.headers.get("content-language"), "de");
});

Deno.test("[A3] a language that is not there, or another site's address, changes nothing", async () => {
  await using app = await openTestApp();
  const browser = new Browser(app);
  for (const [locale, to] of [["tlh", "https://evil.example"], ["__proto__", "//evil.example"]]) {
    const answer = await browser.post("/language", { locale: locale ?? "", to: to ?? "" });
    assertEquals([answer.status, answer.headers.get("location")], [303, "/"]);
    assertEquals(answer.headers.get("set-cookie"), null);
  }
});

Deno.test("[A3] a refusal is English to programs and in the person's language on pages", async () => {
  await using app = await openTestApp();
  const ada = await setUp(app);
  const page = await ada.get("/nowhere", GERMAN);
  assertStringIncludes(await page.text(), "Unter dieser Adresse gibt es nichts.");
  const api = await ada.send("/api/devices", {
    method: "POST",
    body: '{"name":""}',
    headers: GERMAN,
  });
  assertEquals((await api.json()).message, "Enter a name of at most 80 characters.");
});

Deno.test("the offline page needs only what the service worker keeps, in the language of the request", async () => {
  await using app = await openTestApp();
  const html = await (await new Browser(app).get("/offline", GERMAN)).text();
  assertStringIncludes(html, "Live Support ist nicht erreichbar");
  const worker = await Deno.readTextFile(new URL("../../static/sw.js", import.meta.url));
  const kept: unknown[] = [...(/const KEPT = \[([^\]]+)\]/.exec(worker)?.[1] ?? "")
    .matchAll(/"([^"]+)"/g)].map(([, path]) => path);
  const needed = [...html.matchAll(/ (?:src|href)="(\/[^"?]*)/g)].map(([, path]) => path);
  assertEquals([needed.length, needed.filter((path) => !kept.includes(path))], [3, []]);
});
