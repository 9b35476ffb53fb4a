import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { CLOSE_CODE } from "../../protocol/errors.ts";
import { until } from "../support/waiting.ts";
import { DEMO, Program, START, withFolder } from "./process.ts";

const RUNNING = /is running\. Stop it with Ctrl-C\.\n {2}http:\/\/\S+/;

async function started(folder: string, env: Record<string, string> = {}) {
  const program = new Program(START, { DATA_DIR: folder, ...env });
  const url = (await program.printed(RUNNING)).split("  ").at(-1) ?? "";
  return { program, url, setup: /\S+\/setup\/\S+/.exec(program.stdout)?.[0] ?? null };
}

async function status(url: string, fields?: Record<string, string>): Promise<number> {
  const init = fields && { method: "POST", body: new URLSearchParams(fields) };
  const answer = await fetch(url, { redirect: "manual", ...init });
  await answer.body?.cancel();
  return answer.status;
}

const ADA = { name: "Ada", email: "ada@example.org", password: "correct horse" };

Deno.test("first start, second start, set-up, third start: links, data and ends as promised", () =>
  withFolder(async (folder) => {
    const first = await started(folder);
    assertEquals((await (await fetch(`${first.url}/healthz`)).json()).status, "ok");
    assert(
      first.setup !== null && first.setup.startsWith(first.url),
      "the link leads to the port that was taken",
    );
    assertEquals(await first.program.end("SIGTERM"), 0);

    const second = await started(folder);
    assert(second.setup !== null && !second.setup.endsWith(new URL(first.setup).pathname));
    assertEquals(await status(second.url + new URL(first.setup).pathname), 410);
    assertEquals(await status(second.setup, ADA), 303);
    assertEquals(await second.program.end("SIGINT"), 0);

    const third = await started(folder);
    assertEquals(third.setup, null);
    assertEquals(await status(`${third.url}/sign-in`, ADA), 303);
    assertEquals(await third.program.end("SIGTERM"), 0);
    const logged = third.program.stderr.trim().split("\n").map((line) => JSON.parse(line).event);
    assertEquals(logged, ["started", "stopping", "stopped"]);
  }));

Deno.test("a server killed in the middle starts again on the same data", () =>
  withFolder(async (folder) => {
    const env = { ADMIN_EMAIL: "ada@example.org", ADMIN_PASSWORD: "correct horse" };
    const first = await started(folder, env);
    assertEquals(first.setup, null, "the settings name the administrator");
    await first.program.end("SIGKILL");
    const second = await started(folder);
    assertEquals(await status(`${second.url}/sign-in`, ADA), 303);
    await second.program.end("SIGTERM");
  }));

Deno.test("Ctrl-C under `deno task` arrives twice and is one wish; the next one does not wait", () =>
  withFolder(async (folder) => {
    const first = await started(folder);
    first.program.signal("SIGINT");
    assertEquals(await first.program.end("SIGINT"), 0);
    assertEquals(first.program.stderr.match(/"event":"(stopping|stopped)"/g)?.length, 2);

    const second = await started(folder, { DRAIN_SECONDS: "60" });
    const end = second.program.exit();
    const impatient = setInterval(() => second.program.signal("SIGINT"), 200);
    assertEquals(await end.finally(() => clearInterval(impatient)), 1);
  }));

Deno.test("a port in use is said in one sentence", () =>
  withFolder(async (folder) => {
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const program = new Program(START, {
      DATA_DIR: folder,
      PORT: String(listener.addr.port),
    });
    assertEquals(await program.exit(), 1);
    assertStringIncludes(
      program.stderr,
      `Port ${listener.addr.port} is in use by another program.`,
    );
    assertEquals(await Array.fromAsync(Deno.readDir(folder)), [], "nothing was opened");
    listener.close();
  }));

Deno.test("all mistakes in the settings are said before anything starts", () =>
  withFolder(async (folder) => {
    const missing = `${folder}/cert.pem`;
    const wrong = new Program(START, { PORT: "http", RING_SECONDS: "soon", DATA_DIR: folder });
    const files = new Program(START, {
      TLS_CERT: missing,
      TLS_KEY: new URL("process.ts", import.meta.url).pathname,
      DATA_DIR: folder,
    });
    const pem = `${folder}/bad.pem`;
    await Deno.writeTextFile(pem, "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n");
    const empty = new Program(START, { TLS_CERT: pem, TLS_KEY: pem, DATA_DIR: folder });
    assertEquals([await wrong.exit(), await files.exit(), await empty.exit()], [1, 1, 1]);
    assertStringIncludes(empty.stderr, "TLS_CERT or TLS_KEY cannot be used: ");
    assertEquals(wrong.stderr.trim().split("\n").length, 2);
    assertStringIncludes(files.stderr, `TLS_CERT: ${missing} does not exist.`);
    assertStringIncludes(files.stderr, "is not a PEM file.");
    assertEquals(wrong.stdout + files.stdout, "");
  }));

Deno.test("a database that cannot be opened is said in words, not in a stack", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/file`, "");
    const program = new Program(START, { DATA_DIR: `${folder}/file` });
    assertEquals(await program.exit(), 1);
    const told = JSON.parse(program.stderr);
    assertEquals([told.event, told.database], [
      "database_not_opened",
      `${folder}/file/live-support.kv`,
    ]);
    assertStringIncludes(told.message, "DATA_DIR");
    assertEquals(told.error, undefined);
  }));

Deno.test("a database of somebody else's, as root puts a backup in place, is said at the start", () =>
  withFolder(async (folder) => {
    const file = `${folder}/live-support.kv`;
    (await Deno.openKv(file)).close();
    await Deno.chmod(file, 0o400);
    // Root may write to any file, unless that right is taken away.
    const before = Deno.uid() === 0 ? ["setpriv", "--bounding-set=-dac_override"] : [];
    const program = new Program(START, { DATA_DIR: folder }, before);
    assertEquals(await program.exit(), 1);
    const told = JSON.parse(program.stderr);
    assertEquals([told.event, told.database], ["database_not_opened", file]);
    assertStringIncludes(told.reason, "Permission denied");
  }));

Deno.test("a database file that another process has is not opened, until that one is gone, however it went", () =>
  withFolder(async (folder) => {
    const first = await started(folder);
    const second = new Program(START, { DATA_DIR: folder });
    assertEquals(await second.exit(), 1);
    const told = JSON.parse(second.stderr);
    assertEquals([told.event, told.database], ["database_taken", `${folder}/live-support.kv`]);
    assertStringIncludes(told.message, "a file is one process's");
    assertEquals(await status(`${first.url}/healthz`), 200);
    await first.program.end("SIGKILL");
    const third = await started(folder);
    assertEquals(await third.program.end("SIGTERM"), 0);
  }));

Deno.test("the build is served by `deno serve`, too, which closes as cleanly", () =>
  withFolder(async (folder) => {
    const args = ["serve", "-A", "--unstable-kv", "--port", "0", "_fresh/server.js"];
    const program = new Program(args, { DATA_DIR: folder });
    await program.printed(/\/setup\/\S+/);
    const found = await until(
      "it says where it listens",
      () => /http:\/\/\S+:(\d+)/.exec(program.stderr),
      (match) => match !== null,
    );
    assertEquals(await status(`http://127.0.0.1:${found[1]}/healthz`), 200);
    assertEquals(await program.end("SIGTERM"), 0);
  }));

Deno.test("the demo prints its links as one line of JSON, and they sign in", async () => {
  const program = new Program([...DEMO, "--json"]);
  const line = await program.printed(/^.*\n/);
  const { technician, devices } = JSON.parse(line);
  assertEquals(devices.length, 3);
  for (const { name, url } of [{ name: "technician", url: technician }, ...devices]) {
    assert(typeof name === "string" && name !== "");
    const entered = await fetch(url, { redirect: "manual" });
    const cookie = entered.headers.getSetCookie()[0]?.split(";", 1)[0] ?? "";
    const path = entered.headers.get("location") ?? "";
    const page = await fetch(new URL(path, url), { headers: { cookie }, redirect: "manual" });
    assertEquals([entered.status, page.status], [303, 200]);
    await page.body?.cancel();
  }
  assertEquals(await program.end("SIGTERM"), 0);
  assertEquals(program.stdout, line, "nothing else is on standard output");
});

Deno.test("at the end open pages are told to come back by themselves", async () => {
  const program = new Program([...DEMO, "--json"]);
  const { technician, devices } = JSON.parse(await program.printed(/^.*\n/));
  const pages = [
    await openPage("technician", technician),
    await openPage("device", devices[0].url),
  ];
  assertEquals(await program.end("SIGTERM"), 0);
  for (const { closed } of pages) assertEquals(await closed, [CLOSE_CODE, "shutting_down"]);
});

Deno.test("on its way out, /readyz says so before the last page is gone", async () => {
  const program = new Program([...DEMO, "--json"]);
  const { technician } = JSON.parse(await program.printed(/^.*\n/));
  const { origin } = new URL(technician);
  assertEquals(await status(`${origin}/readyz`), 200);
  const stubborn = await openDeafPage("technician", technician);
  const ended = program.end("SIGTERM");
  await until("/readyz says so", () => status(`${origin}/readyz`), (code) => code === 503);
  assertEquals(await ended, 0);
  stubborn.close();
});

/** A page's socket that never answers: the server waits for it to take leave. */
async function openDeafPage(side: string, link: string): Promise<Deno.Conn> {
  const entered = await fetch(link, { redirect: "manual" });
  const cookie = entered.headers.getSetCookie()[0]?.split(";", 1)[0] ?? "";
  const { origin, host, hostname, port } = new URL(link);
  const connection = await Deno.connect({ hostname, port: Number(port) });
  const request = [
    `GET /api/socket/${side} HTTP/1.1`,
    `Host: ${host}`,
    `Origin: ${origin}`,
    `Cookie: ${cookie}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
  ];
  await connection.write(new TextEncoder().encode(`${request.join("\r\n")}\r\n\r\n`));
  const answer = new Uint8Array(1024);
  const read = await connection.read(answer) ?? 0;
  assertStringIncludes(new TextDecoder().decode(answer.subarray(0, read)), " 101 ");
  await connection.write(textFrame({ type: "hello", version: 1, client: "deaf", lastSeq: {} }));
  // It was welcomed: from here on the server counts it among its pages.
  await connection.read(answer);
  return connection;
}

/** A short text frame as pages send it (RFC 6455, 5.2), masked with zeros. */
function textFrame(message: object): Uint8Array {
  const payload = new TextEncoder().encode(JSON.stringify(message));
  return new Uint8Array([0x81, 0x80 | payload.length, 0, 0, 0, 0, ...payload]);
}

/** A page's socket, opened as whom a demo link makes it; `closed` is how it ends. */
async function openPage(side: string, link: string) {
  const entered = await fetch(link, { redirect: "manual" });
  const cookie = entered.headers.getSetCookie()[0]?.split(";", 1)[0] ?? "";
  const { origin, host } = new URL(link);
  // Deno's WebSocket takes headers; the DOM's types do not say so.
  const options = { headers: { cookie, origin } };
  const url = `ws://${host}/api/socket/${side}`;
  const socket: WebSocket = Reflect.construct(WebSocket, [url, options]);
  const closed = new Promise<[number, string]>((resolve) => {
    socket.onclose = ({ code, reason }) => resolve([code, reason]);
  });
  await new Promise((resolve) => socket.onopen = resolve);
  return { closed };
}
