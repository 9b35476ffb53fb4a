import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { EVERYTHING_ON } from "../../protocol/service.ts";
import { ENROLLMENT_MS } from "../../store/enrollments.ts";
import { sessionKeys } from "../../store/keys.ts";
import { addDevice, Browser, enroll, ORIGIN, setUp } from "../support/browser.ts";
import { openTestApp } from "../support/test_app.ts";

Deno.test("enrolling: a name gives a link and a QR code of it", async () => {
  await using app = await openTestApp();
  const ada = await setUp(app);
  const answer = await ada.api("POST", "/api/devices", { name: "  Front   desk " });
  const { device, link, qr, expiresAt, localOnly } = await answer.json();
  assertEquals([answer.status, device.name, localOnly], [201, "Front desk", false]);
  assertMatch(link, new RegExp(`^${ORIGIN}/enroll/[A-Za-z0-9_-]{43}$`));
  assertMatch(qr, /^<svg .*<\/svg>$/s);
  assert(Math.abs(expiresAt - Date.now() - ENROLLMENT_MS) < 60_000);
});

Deno.test("a link made on localhost says that other devices cannot open it", async () => {
  await using app = await openTestApp();
  const ada = await setUp(app);
  const here = new Browser(app, "http://localhost:8000");
  for (const [name, value] of ada.cookies) here.cookies.set(name, value);
  const { link, localOnly } = await (await here.api("POST", "/api/devices", { name: "Phone" }))
    .json();
  assert(link.startsWith("http://localhost:8000/enroll/"));
  assertEquals(localOnly, true);
  await using named = await openTestApp({ config: { publicUrl: "https://public.example.org" } });
  const eve = await setUp(named);
  const answer = await (await eve.api("POST", "/api/devices", { name: "Phone" })).json();
  assert(answer.link.startsWith("https://public.example.org/enroll/"));
});

Deno.test("[A3] a device without a usable name is refused and nothing is kept", async () => {
  await using app = await openTestApp();
  const ada = await setUp(app);
  const cases = [
    [{ name: " " }, 422, "bad_name"],
    [{ name: "x".repeat(81) }, 422, "bad_name"],
    [{ name: 1 }, 400, "bad_json"],
    [{ name: "a", admin: true }, 400, "bad_json"],
    [{ name: "x".repeat(20_000) }, 400, "bad_json"],
    [undefined, 400, "bad_json"],
  ] as const;
  for (const [body, status, code] of cases) {
    const answer = await ada.api("POST", "/api/devices", body);
    const said = await answer.json();
    assertEquals([answer.status, said.code], [status, code]);
    assertMatch(said.message, /^[A-Z].*\.$/);
  }
  assertEquals(await app.stores.devices.list(), []);
});

Deno.test("the link binds the browser that presses the button, once, for good", async () => {
  await using app = await openTestApp();
  const { id, path } = await addDevice(await setUp(app), "Phone");
  const phone = new Browser(app);
  const page = await (await phone.get(path)).text();
  for (const word of ["Set up this device", "Phone"]) assertStringIncludes(page, word);
  assertEquals(phone.cookies.size, 0, "looking at the link uses nothing up");
  const done = await phone.post(path);
  assertEquals([done.status, done.headers.get("location")], [303, "/device"]);
  const [cookie = ""] = phone.lastCookies;
  for (const part of ["ls_device=", "HttpOnly", "Secure", "SameSite=Lax", "Max-Age=34560000"]) {
    assertStringIncludes(cookie, part);
  }
  const agent = await phone.get("/device");
  assertStringIncludes(await agent.text(), id);
  assertStringIncludes(phone.lastCookies.join(), "Max-Age=34560000");
  assertEquals((await phone.get("/")).headers.get("location"), "/device");
  assertEquals((await phone.get(path)).headers.get("location"), "/device");

  const thief = new Browser(app);
  const late = await thief.post(path);
  assertEquals([late.status, thief.cookies.size], [410, 0]);
  assertStringIncludes(await late.text(), "ask your support team for a new link");
});

Deno.test("two browsers on one enrollment link at once: one device, one told that it is used", async () => {
  await using app = await openTestApp();
  const { path } = await addDevice(await setUp(app), "Phone");
  const browsers = [new Browser(app), new Browser(app)];
  const answers = await Promise.all(browsers.map((browser) => browser.post(path)));
  assertEquals(answers.map(({ status }) => status).sort(), [303, 410]);
  assertEquals(browsers.filter(({ cookies }) => cookies.has("ls_device")).length, 1);
});

Deno.test("an enrollment link expires after 24 hours; a new one voids the old one", async () => {
  let now = Date.now();
  await using app = await openTestApp({ now: () => now });
  const ada = await setUp(app);
  const { id, path } = await addDevice(ada, "Phone");
  const again = await (await ada.api("POST", `/api/devices/${id}/enrollment`)).json();
  assertEquals((await new Browser(app).get(path)).status, 410);
  const unknown = await ada.api("POST", "/api/devices/nothing/enrollment");
  assertEquals([unknown.status, (await unknown.json()).code], [404, "unknown_device"]);
  now += ENROLLMENT_MS;
  assertEquals((await new Browser(app).post(new URL(again.link).pathname)).status, 410);
});

Deno.test("a removed device is told so and its browser forgets", async () => {
  await using app = await openTestApp();
  const ada = await setUp(app);
  const phone = await enroll(ada, "Phone");
  const [device] = await app.stores.devices.list();
  assertEquals((await ada.api("DELETE", `/api/devices/${device?.id}`)).status, 204);
  assertStringIncludes(await (await phone.get("/device")).text(), "has removed this device");
  assertEquals(phone.cookies.size, 0);
  assertStringIncludes(await (await phone.get("/device")).text(), "not set up");
  assertEquals((await ada.api("DELETE", `/api/devices/${device?.id}`)).status, 404);
});

Deno.test("a device with a session is not removed", async () => {
  await using app = await openTestApp();
  const ada = await setUp(app);
  const { id } = await addDevice(ada, "Phone");
  await app.kv.set(sessionKeys.ofDevice(id), "a session");
  const answer = await ada.api("DELETE", `/api/devices/${id}`);
  assertEquals([answer.status, (await answer.json()).code], [409, "device_in_session"]);
});

Deno.test("[A2] a device gets nothing of technicians, and learns of no other device", async () => {
  await using app = await openTestApp();
  const ada = await setUp(app);
  const { id } = await addDevice(ada, "Secret laptop");
  const phone = await enroll(ada, "Phone");
  const requests = [
    ["POST", "/api/devices", { name: "Mine" }],
    ["POST", `/api/devices/${id}/enrollment`, undefined],
    ["POST", "/api/devices/nothing/enrollment", undefined],
    ["DELETE", `/api/devices/${id}`, undefined],
    ["DELETE", "/api/devices/nothing", undefined],
    ["GET", "/api/chat-service", undefined],
    ["PUT", "/api/chat-service", EVERYTHING_ON],
    ["GET", "/api/technicians", undefined],
    ["POST", "/api/technicians/invitations", { role: "administrator" }],
  ] as const;
  for (const [method, path, body] of requests) {
    const answer = await phone.api(method, path, body);
    assertEquals([answer.status, (await answer.json()).code], [403, "forbidden"], path);
    const stranger = await new Browser(app).api(method, path, body);
    assertEquals([stranger.status, (await stranger.json()).code], [401, "not_signed_in"], path);
  }
  for (const path of ["/console", "/admin", "/sign-in", "/device", "/", "/healthz"]) {
    const text = await (await phone.get(path)).text();
    assert(!text.includes("Secret laptop") && !text.includes(id), path);
  }
  for (const path of ["/api/devices", `/api/devices/${id}`]) {
    assertEquals((await phone.get(path)).status, 404, path);
  }
  assertEquals((await app.stores.devices.list()).length, 2);
});

Deno.test("[A2] a technician's browser is no device, and a console needs a technician", async () => {
  await using app = await openTestApp();
  const ada = await setUp(app);
  assertStringIncludes(await (await ada.get("/device")).text(), "not set up");
  assertEquals((await new Browser(app).get("/console")).headers.get("location"), "/sign-in");
  const admin = await new Browser(app).get("/admin");
  assertEquals(admin.headers.get("location"), "/sign-in?to=/admin");
});

Deno.test("[M1] the chat service's switches are read, written whole, and checked", async () => {
  await using app = await openTestApp();
  const ada = await setUp(app);
  assertEquals(await (await ada.api("GET", "/api/chat-service")).json(), EVERYTHING_ON);
  const wanted = { ...EVERYTHING_ON, video: false };
  assertEquals(await (await ada.api("PUT", "/api/chat-service", wanted)).json(), wanted);
  assertEquals(await app.stores.policy.chatService(), wanted);
  for (const wrong of [{ video: true }, { ...wanted, text: "yes" }, { ...wanted, more: 1 }, []]) {
    assertEquals((await ada.api("PUT", "/api/chat-service", wrong)).status, 400);
  }
  assertEquals(await app.stores.policy.chatService(), wanted);
});
