import { assert, assertEquals, assertExists, assertMatch, assertStringIncludes } from "@std/assert";
import { firstSetupToken } from "../../auth/setup.ts";
import { ADDRESS_LIMIT, EMAIL_LIMIT } from "../../auth/sign_in.ts";
import { ADA, Browser, inviteTechnician, ORIGIN, setUp } from "../support/browser.ts";
import { openTestApp } from "../support/test_app.ts";

const CREDENTIALS = { email: ADA.email, password: ADA.password };

Deno.test("the setup link creates the administrator once and leads into the console", async () => {
  await using app = await openTestApp();
  const token = await firstSetupToken(app.stores);
  const ada = new Browser(app);
  const form = await (await ada.get(`/setup/${token}`)).text();
  for (const word of ["Name", "E-mail", "Password", "Create administrator", "autocomplete"]) {
    assertStringIncludes(form, word);
  }
  const done = await ada.post(`/setup/${token}`, ADA);
  assertEquals([done.status, done.headers.get("location")], [303, "/console"]);
  assertEquals((await ada.get("/console")).status, 200);

  const late = new Browser(app);
  assertEquals((await late.get(`/setup/${token}`)).status, 410);
  const other = await late.post(`/setup/${token}`, { ...ADA, email: "eve@example.org" });
  assertEquals([other.status, late.cookies.size], [410, 0]);
  assertEquals(await firstSetupToken(app.stores), null);
});

Deno.test("two people on one setup link at once: one administrator, one told that it is used", async () => {
  await using app = await openTestApp();
  const token = await firstSetupToken(app.stores);
  const answers = await Promise.all(
    ["a@x.org", "b@x.org"].map((email) =>
      new Browser(app).post(`/setup/${token}`, { ...ADA, email })
    ),
  );
  assertEquals(answers.map(({ status }) => status).sort(), [303, 410]);
  assertEquals((await app.stores.technicians.list()).length, 1);
});

Deno.test("[A3] what is wrong in a form is said beside its field, what was right is kept", async () => {
  await using app = await openTestApp();
  const token = await firstSetupToken(app.stores);
  const browser = new Browser(app);
  const typed = { name: " ", email: 'ada"@example.org', password: "short" };
  const answer = await browser.post(`/setup/${token}`, typed);
  const page = await answer.text();
  assertEquals(answer.status, 422);
  assertMatch(
    page,
    /<input id="name"[^>]*aria-invalid="true"[^>]*aria-describedby="name-hint name-error"/,
  );
  assertStringIncludes(page, 'id="password-error">Use at least 10 characters.');
  assertStringIncludes(page, 'value="ada&quot;@example.org"');
  assert(!page.includes("short"), "a password is never sent back");
  assertEquals((await browser.post(`/setup/${token}`, ADA)).status, 303);
});

Deno.test("signing in, signing out: the cookie is out of reach and worth nothing afterwards", async () => {
  await using app = await openTestApp();
  await setUp(app);
  const browser = new Browser(app);
  const form = await (await browser.get("/sign-in")).text();
  for (const word of ["E-mail", "Password", "Sign in"]) assertStringIncludes(form, word);
  const done = await browser.post("/sign-in", { ...CREDENTIALS, email: "ADA@example.org " });
  assertEquals([done.status, done.headers.get("location")], [303, "/console"]);
  const [cookie = ""] = browser.lastCookies;
  assertMatch(cookie, /^ls_technician=[\w-]{43};/);
  for (const part of ["HttpOnly", "Secure", "SameSite=Lax", "Path=/", "Max-Age=2592000"]) {
    assertStringIncludes(cookie, part);
  }
  const stolen = new Browser(app);
  stolen.cookies.set("ls_technician", browser.cookies.get("ls_technician") ?? "");
  assertEquals((await stolen.get("/console")).status, 200);
  assertEquals((await browser.post("/sign-out")).headers.get("location"), "/sign-in");
  assertEquals(browser.cookies.size, 0);
  for (const left of [browser, stolen]) {
    assertEquals((await left.get("/console")).headers.get("location"), "/sign-in");
  }
});

Deno.test("over plain HTTP the cookie works too, and nothing is upgraded to HTTPS", async () => {
  await using app = await openTestApp();
  await setUp(app);
  const browser = new Browser(app, "http://192.168.1.5:8000");
  await browser.post("/sign-in", CREDENTIALS);
  assert(!browser.lastCookies.join().includes("Secure"));
  const policy = (await browser.get("/console")).headers.get("content-security-policy") ?? "";
  assert(!policy.includes("upgrade-insecure-requests"));
  const secure = await new Browser(app).get("/sign-in");
  assertStringIncludes(
    secure.headers.get("content-security-policy") ?? "",
    "upgrade-insecure-requests",
  );
});

Deno.test("behind a proxy that ends TLS, PUBLIC_URL or TRUST_PROXY make cookies secure", async () => {
  await using named = await openTestApp({ config: { publicUrl: ORIGIN } });
  await setUp(named);
  const browser = new Browser(named, ORIGIN.replace("https", "http"));
  await browser.post("/sign-in", CREDENTIALS, { origin: ORIGIN });
  assertStringIncludes(browser.lastCookies.join(), "Secure");

  await using trusting = await openTestApp({ config: { trustProxy: true } });
  await setUp(trusting);
  const proxied = new Browser(trusting, "http://10.0.0.1:8000");
  const headers = { "x-forwarded-proto": "https", "x-forwarded-host": "support.example.org" };
  await proxied.post("/sign-in", CREDENTIALS, { ...headers, origin: ORIGIN });
  assertStringIncludes(proxied.lastCookies.join(), "Secure");
});

Deno.test("a wrong password and an unknown address get the same answer", async () => {
  await using app = await openTestApp();
  await setUp(app);
  const texts: string[] = [];
  for (const email of [ADA.email, "nobody@example.org"]) {
    const answer = await new Browser(app).post("/sign-in", { email, password: "wrong horse" });
    assertEquals(answer.status, 401);
    texts.push((await answer.text()).replaceAll(email, "…"));
  }
  assertEquals(texts[0], texts[1]);
  assertStringIncludes(texts[0] ?? "", "The e-mail address or the password is not right.");
});

Deno.test("passwords cannot be tried out: an address is stopped, then let in again", async () => {
  let now = Date.now();
  await using app = await openTestApp({ now: () => now });
  await setUp(app);
  for (let attempt = 0; attempt < EMAIL_LIMIT.attempts; attempt++) {
    const guess = new Browser(app, ORIGIN, `198.51.100.${attempt}`);
    assertEquals((await guess.post("/sign-in", { ...CREDENTIALS, password: "x" })).status, 401);
  }
  const stopped = await new Browser(app).post("/sign-in", CREDENTIALS);
  assertEquals([stopped.status, stopped.headers.get("retry-after")], [429, "900"]);
  assertStringIncludes(await stopped.text(), "Try again in 15 minutes.");
  now += EMAIL_LIMIT.within;
  assertEquals((await new Browser(app).post("/sign-in", CREDENTIALS)).status, 303);
});

Deno.test("one network address cannot try many e-mail addresses, nor lock others out", async () => {
  await using app = await openTestApp();
  await setUp(app);
  const address = `address 203.0.113.9`;
  for (let attempt = 0; attempt < ADDRESS_LIMIT.attempts; attempt++) {
    await app.stores.attempts.take(address, ADDRESS_LIMIT, Date.now());
  }
  const there = await new Browser(app, ORIGIN, "203.0.113.9").post("/sign-in", CREDENTIALS);
  assertEquals(there.status, 429);
  assertEquals((await new Browser(app).post("/sign-in", CREDENTIALS)).status, 303);
});

Deno.test("[A3] of many who sign in at once some are told to wait, which costs them no attempt", async () => {
  await using app = await openTestApp();
  await setUp(app);
  const ask = (n: number) =>
    new Browser(app, ORIGIN, `203.0.113.${n}`).post("/sign-in", {
      email: `${n}@example.org`,
      password: "not the one",
    });
  const answers = await Promise.all(Array.from({ length: 30 }, (_, n) => ask(n)));
  const statuses = answers.map(({ status }) => status);
  const tried = statuses.filter((status) => status === 401).length;
  assert(tried >= 9 && tried < 30, `${tried} were tried: one, eight who wait, who came later`);
  const busy = answers.find(({ status }) => status === 503);
  assertEquals(busy?.headers.get("retry-after"), "5");
  assertEquals(statuses.every((status) => status === 401 || status === 503), true);
  assertStringIncludes(await busy?.text() ?? "", "The server is busy");
  assertEquals(
    (await new Browser(app).post("/sign-in", CREDENTIALS)).status,
    303,
    "later it works",
  );
});

Deno.test("who has a whole IPv6 network counts as one address; its neighbours do not suffer", async () => {
  await using app = await openTestApp();
  await setUp(app);
  const from = async (address: string) =>
    (await new Browser(app, ORIGIN, address).post("/sign-in", CREDENTIALS)).status;
  for (const network of ["2001:db8:0:7::/64", "0:0:0:0::/64"]) {
    for (let attempt = 0; attempt < ADDRESS_LIMIT.attempts; attempt++) {
      await app.stores.attempts.take(`address ${network}`, ADDRESS_LIMIT, Date.now());
    }
  }
  assertEquals(await from("2001:db8:0:7:1234:5678:9abc:def0"), 429);
  assertEquals(await from("2001:db8:0:7::1"), 429);
  assertEquals(await from("::1"), 429);
  assertEquals(await from("2001:db8:0:8::1"), 303);
  // IPv4, as a socket for both hears it.
  assertEquals(await from("::ffff:192.0.2.7"), 303);
});

Deno.test("an office behind one address signs in as often as it likes", async () => {
  await using app = await openTestApp();
  await setUp(app);
  for (let times = 0; times < EMAIL_LIMIT.attempts + 2; times++) {
    assertEquals((await new Browser(app).post("/sign-in", CREDENTIALS)).status, 303);
  }
});

Deno.test("after signing in people land where they wanted to go, never on another site", async () => {
  await using app = await openTestApp();
  await setUp(app);
  const cases = {
    "/admin": "/admin",
    "/console?x=1": "/console?x=1",
    "//evil.example/x": "/console",
    "https://evil.example/": "/console",
    "/\\evil.example": "/console",
    "/.//evil.example": "/console",
    "/x/..//evil.example": "/console",
    "/%2e//evil.example": "/console",
    "/.\\/evil.example": "/console",
    "javascript:alert(1)": "/console",
  };
  for (const [to, expected] of Object.entries(cases)) {
    const answer = await new Browser(app).post("/sign-in", { ...CREDENTIALS, to });
    assertEquals(answer.headers.get("location"), expected, to);
  }
});

Deno.test("an invited colleague gives support but does not administer", async () => {
  await using app = await openTestApp();
  const ada = await setUp(app);
  const bob = await inviteTechnician(ada);
  const team = await (await ada.api("GET", "/api/technicians")).json();
  assertEquals(
    team.map(({ name, email, role }: Record<string, string>) => [name, email, role]),
    [["Ada", ADA.email, "administrator"], ["Bob", "bob@example.org", "technician"]],
  );
  assertEquals((await bob.get("/console")).status, 200);
  assertEquals((await bob.get("/admin")).status, 403);
  assertEquals((await bob.api("POST", "/api/devices", { name: "Phone" })).status, 201);
  for (
    const [method, path] of [
      ["GET", "/api/chat-service"],
      ["PUT", "/api/chat-service"],
      ["GET", "/api/technicians"],
      ["POST", "/api/technicians/invitations"],
      ["DELETE", "/api/devices/x"],
    ] as const
  ) {
    const answer = await bob.api(method, path, method === "GET" ? undefined : {});
    assertEquals([answer.status, (await answer.json()).code], [403, "forbidden"], path);
  }
});

Deno.test("a cookie somebody made up signs nobody in", async () => {
  await using app = await openTestApp();
  const ada = await setUp(app);
  const token = ada.cookies.get("ls_technician");
  assertExists(token);
  ada.cookies.set("ls_technician", `${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`);
  assertEquals((await ada.get("/console")).status, 302);
});
