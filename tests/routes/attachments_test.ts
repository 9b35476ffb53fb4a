/** Files over HTTP: who may, what may, how much, and what is left. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { receive } from "../../attachments/receive.ts";
import { PIECE } from "../../store/attachments.ts";
import { EVERYTHING_ON } from "../../protocol/service.ts";
import { Browser, inviteTechnician, setUp } from "../support/browser.ts";
import { openTestApp } from "../support/test_app.ts";
import { announce, attachedSession, patch, pngOf, upload } from "../support/attached_session.ts";

async function code(response: Response): Promise<string> {
  return `${response.status} ${(await response.json()).code}`;
}

async function bytesOf(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await response.arrayBuffer());
}

Deno.test("a file goes up in slices and comes down whole, to be saved and never to be run", async () => {
  await using app = await openTestApp();
  const { technician, phone, path } = await attachedSession(app, await setUp(app), "till");
  const bytes = pngOf(3 * PIECE + 1234);
  const file = { name: "Etikett \u202e grün.png", type: "image/png", size: bytes.length };
  const created = await announce(phone, path.device, file);
  assertEquals([created.status, created.headers.get("tus-resumable")], [201, "1.0.0"]);
  const location = created.headers.get("location") ?? "";
  // A slice that ends in mid-piece: the rest of it has to come again.
  const first = await patch(phone, location, 0, bytes.slice(0, PIECE + 99));
  assertEquals([first.status, first.headers.get("upload-offset")], [204, String(PIECE)]);
  const head = await phone.send(location, { method: "HEAD" });
  assertEquals(head.headers.get("upload-offset"), String(PIECE));
  assertEquals(head.headers.get("upload-length"), String(bytes.length));
  assertEquals(await code(await phone.get(location)), "404 unknown_file");
  assertEquals(await code(await patch(phone, location, 0, bytes)), "409 file_moved");
  const rest = await patch(phone, location, PIECE, bytes.slice(PIECE));
  assertEquals(rest.headers.get("upload-offset"), String(bytes.length));

  const down = await technician.get(location.replace("/device/", "/technician/"));
  assertEquals(await bytesOf(down), bytes);
  const says = (name: string) => down.headers.get(name) ?? "";
  assertEquals(says("content-type"), "image/png");
  assertStringIncludes(says("content-disposition"), "attachment; filename=");
  assertStringIncludes(says("content-disposition"), "filename*=UTF-8''Etikett%20gr%C3%BCn.png");
  assertEquals(says("x-content-type-options"), "nosniff");
  assertEquals(says("cache-control"), "no-store");
  assertStringIncludes(says("content-security-policy"), "sandbox");
  assertEquals(says("cross-origin-resource-policy"), "same-origin");

  const range = (value: string, condition: HeadersInit = {}) =>
    phone.send(location, { method: "GET", headers: { range: value, ...condition } });
  const part = await range(`bytes=${PIECE - 5}-${PIECE + 4}`);
  assertEquals(
    part.headers.get("content-range"),
    `bytes ${PIECE - 5}-${PIECE + 4}/${bytes.length}`,
  );
  assertEquals([part.status, await bytesOf(part)], [206, bytes.slice(PIECE - 5, PIECE + 5)]);
  assertEquals(await bytesOf(await range("bytes=-7")), bytes.slice(-7));
  assertEquals(await bytesOf(await range(`bytes=${2 * PIECE}-`)), bytes.slice(2 * PIECE));
  assertEquals(await bytesOf(await range("bytes=0-1", { "if-range": '"other"' })), bytes);
  assertEquals(await code(await range(`bytes=${bytes.length}-`)), "416 bad_range");
});

Deno.test("[A1] [A2] [S7] files are reached by the two sides of their session, until its end", async () => {
  await using app = await openTestApp();
  const ada = await setUp(app);
  const here = await attachedSession(app, ada, "till");
  const there = await attachedSession(app, ada, "tablet");
  const location = await upload(here.phone, here.path.device, {
    name: "a.png",
    bytes: pngOf(PIECE + 1),
  });
  const id = location.split("/").at(-1);
  const bob = await inviteTechnician(ada);
  const outside: [Browser, string][] = [
    [there.phone, location],
    [there.phone, `/api/attachments/device/no-such-session/${id}`],
    [bob, `${here.path.technician}/${id}`],
    [bob, `/api/attachments/technician/no-such-session/${id}`],
  ];
  for (const [browser, path] of outside) {
    for (const method of ["GET", "PATCH", "DELETE"]) {
      const refused = await browser.send(path, { method });
      assertEquals(await code(refused), "404 session_ended", `${method} ${path}`);
    }
  }
  const own = `${there.path.device}/${id}`;
  assertEquals(await code(await there.phone.get(own)), "404 unknown_file");
  assertEquals(await code(await new Browser(app).get(location)), "401 not_signed_in");
  assertEquals(
    await code(await here.phone.get(`${here.path.technician}/${id}`)),
    "401 not_signed_in",
  );
  // The other side may have it, and neither go on with it nor take it back.
  const others = `${here.path.technician}/${id}`;
  assertEquals((await ada.get(others)).status, 200);
  assertEquals(await code(await ada.send(others, { method: "DELETE" })), "403 forbidden");
  assertEquals(await code(await patch(ada, others, PIECE + 1, pngOf(100))), "404 unknown_file");
  const foreign = await here.phone.send(location, {
    method: "DELETE",
    headers: { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
  });
  assertEquals(foreign.status, 403);

  await here.end();
  for (const browser of [here.phone, ada]) {
    const path = browser === ada ? others : location;
    assertEquals(await code(await browser.get(path)), "404 session_ended");
  }
  assertEquals(
    await code(await announce(here.phone, here.path.device, { name: "b", size: 1 })),
    "404 session_ended",
  );
  const left = await Array.fromAsync(app.kv.list({ prefix: [] }));
  const keys = left.map(({ key }) => key.join("/")).filter((key) => key.startsWith("attachment"));
  assertEquals(keys, []);
});

Deno.test("[A3] what is too large, empty, of the wrong kind or not what it says is refused and leaves nothing", async () => {
  const MIB = 1024 * 1024;
  const attachments = {
    maxFile: 2 * MIB,
    maxSession: 3 * MIB,
    kinds: ["image", "document"] as const,
  };
  await using app = await openTestApp({ config: { attachments } });
  const { phone, path } = await attachedSession(app, await setUp(app), "till");
  const say = async (file: Parameters<typeof announce>[2]) =>
    await code(await announce(phone, path.device, file));
  const large = await announce(phone, path.device, { name: "a", size: 2 * MIB + 1 });
  assertEquals(await large.json(), {
    code: "file_too_large",
    message: "This file is too large.",
    limit: 2 * MIB,
  });
  assertEquals(await say({ name: "a", size: 0 }), "422 file_empty");
  const odd = {
    method: "POST",
    headers: { "upload-length": "5", "upload-metadata": "filename !" },
  };
  assertEquals(await code(await phone.send(path.device, odd)), "400 bad_json");

  const refused = async (name: string, type: string, bytes: Uint8Array<ArrayBuffer>) => {
    const created = await announce(phone, path.device, { name, type, size: bytes.length });
    return await code(await patch(phone, created.headers.get("location") ?? "", 0, bytes));
  };
  const text = new TextEncoder().encode("MZ\u0000 not a picture");
  assertEquals(await refused("a.png", "image/png", text), "415 file_type_mismatch");
  assertEquals(
    await refused("a.bat", "text/plain", new TextEncoder().encode("del")),
    "415 file_kind",
  );
  assertEquals(
    await refused("a.zip", "", Uint8Array.fromHex("504b0304140000000800")),
    "415 file_kind",
  );
  const bytes = pngOf(100);
  const created = await announce(phone, path.device, { name: "a.png", size: 50 });
  const location = created.headers.get("location") ?? "";
  assertEquals(await code(await patch(phone, location, 0, bytes)), "413 file_too_large");
  await phone.send(location, { method: "DELETE" });
  assertEquals((await Array.fromAsync(app.kv.list({ prefix: ["attachment"] }))).length, 0);
  assertEquals((await Array.fromAsync(app.kv.list({ prefix: ["attachment_piece"] }))).length, 0);

  // Two at once for the last room: one gets it.
  const both = await Promise.all(["a", "b"].map((name) => {
    return announce(phone, path.device, { name, size: 2 * MIB });
  }));
  assertEquals(both.map(({ status }) => status).sort(), [201, 413]);
});

Deno.test("an upload whose network is silent is given up; what came is kept, and it goes on", async () => {
  await using app = await openTestApp();
  const { phone, path, id } = await attachedSession(app, await setUp(app), "till");
  const bytes = pngOf(2 * PIECE);
  const created = await announce(phone, path.device, { name: "a.png", size: bytes.length });
  const location = created.headers.get("location") ?? "";
  const { attachments, devices } = app.stores;
  const [device] = await devices.list();
  const pass = await attachments.pass("device", device?.id ?? "", id);
  assert(pass !== null);
  const announced = await attachments.find(pass, location.split("/").at(-1) ?? "");
  assert(announced !== null);
  // Half-open: neither the end of the body comes nor an error.
  const given = Promise.withResolvers<void>();
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(bytes.slice(0, PIECE + 5)),
    cancel: () => given.resolve(),
  });
  const ports = { attachments, policy: app.services.config.attachments, now: Date.now };
  const after = await receive({ ...ports, silence: 20 }, pass, announced, body);
  await given.promise;
  assert(typeof after !== "string");
  assertEquals(after.offset, PIECE);
  const rest = await patch(phone, location, PIECE, bytes.slice(PIECE));
  assertEquals(rest.headers.get("upload-offset"), String(bytes.length));
});

Deno.test("[M1] files switched off stop at the next request, those that are there stay", async () => {
  await using app = await openTestApp();
  const { phone, technician, path } = await attachedSession(app, await setUp(app), "till");
  const bytes = pngOf(2 * PIECE);
  const there = await upload(phone, path.device, { name: "a.png", bytes });
  const created = await announce(phone, path.device, { name: "b.png", size: bytes.length });
  const location = created.headers.get("location") ?? "";
  await patch(phone, location, 0, bytes.slice(0, PIECE));
  const off = { ...EVERYTHING_ON, files: false };
  assertEquals((await technician.api("PUT", "/api/chat-service", off)).status, 200);
  assertEquals(await code(await patch(phone, location, PIECE, bytes)), "403 files_off");
  const another = await announce(phone, path.device, { name: "c", size: 1 });
  assertEquals(await code(another), "403 files_off");
  assertEquals((await phone.get(there)).status, 200);
  await technician.api("PUT", "/api/chat-service", { ...EVERYTHING_ON, text: false });
  assertEquals(await code(await patch(phone, location, PIECE, bytes)), "403 files_off");
});

Deno.test("a repeated announcement is one upload, and what was abandoned makes room", async () => {
  const MIB = 1024 * 1024;
  let now = Date.now();
  const attachments = { maxFile: 2 * MIB, maxSession: 3 * MIB, kinds: ["image"] as const };
  await using app = await openTestApp({ config: { attachments }, now: () => now });
  const { phone, path } = await attachedSession(app, await setUp(app), "till");
  const file = { name: "a.png", size: 2 * MIB, id: "a".repeat(22) };
  const first = await announce(phone, path.device, file);
  const again = await announce(phone, path.device, file);
  assertEquals(again.headers.get("location"), first.headers.get("location"));
  await patch(phone, first.headers.get("location") ?? "", 0, pngOf(PIECE));
  const next = { name: "b.png", size: 2 * MIB };
  assertEquals(await code(await announce(phone, path.device, next)), "413 files_full");
  now += 60 * 60 * 1000;
  assertEquals((await announce(phone, path.device, next)).status, 201);
  assertEquals((await Array.fromAsync(app.kv.list({ prefix: ["attachment_piece"] }))).length, 0);
  assert((await announce(phone, path.device, { ...file, size: 3 })).status === 201);
});
