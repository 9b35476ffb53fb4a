/** /healthz and /readyz while something is broken, and what the log says of it. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { Bot, openSession } from "../bench/bot.ts";
import { seed } from "../bench/product.ts";
import { Server } from "../e2e/server.ts";
import { until } from "../support/waiting.ts";
import { isRunning } from "./processes.ts";
import { kvOf, LETS_WRITES_FAIL, limitFiles } from "./product.ts";

const TEXT = "the pin is under the mat";
const NOT_READY = { code: 503, status: "not_ready", reason: "database" };
const READY = { code: 200, status: "ready", reason: undefined };

interface Health {
  readonly code: number;
  readonly status: string;
  readonly reason: string | undefined;
}

async function ask(server: Server, path: "/healthz" | "/readyz") {
  const answer = await fetch(`${server.origin}${path}`);
  const { status, reason, media } = await answer.json();
  const health: Health = { code: answer.status, status, reason };
  return { health, calls: media.state as string };
}

/** Waits until /readyz says that; /healthz says all the while that the process is alive. */
async function becomes(server: Server, expected: Health): Promise<void> {
  await until(JSON.stringify(expected), async () => {
    assertEquals((await ask(server, "/healthz")).health.code, 200, "it is alive");
    return (await ask(server, "/readyz")).health;
  }, (health) => JSON.stringify(health) === JSON.stringify(expected));
}

async function workerOf(pid: number): Promise<number> {
  const path = `/proc/${pid}/task/${pid}/children`;
  const children = (await Deno.readTextFile(path)).trim().split(/\s+/).map(Number);
  for (const child of children) {
    const name = await Deno.readTextFile(`/proc/${child}/comm`);
    if (name.startsWith("mediasoup")) return child;
  }
  throw new Error(`process ${pid} has no media worker among ${children}`);
}

Deno.test("[S8] health tells the truth on a full disk, without a database, without a worker, on the way out", async () => {
  await using stack = new AsyncDisposableStack();
  const folder = await Deno.makeTempDir({ prefix: "live-support-health-" });
  stack.defer(() => Deno.remove(folder, { recursive: true }));
  const path = kvOf(folder);
  const { technicians: [ann], devices: [till, other] } = await seed(path, 1, 2);
  assert(ann !== undefined && till !== undefined && other !== undefined);
  const server = await Server.start(folder, { DENO_KV_PATH: path }, LETS_WRITES_FAIL);
  stack.defer(() => server.kill().catch(() => {}));
  await server.mediaReady();
  await becomes(server, READY);
  const technician = await Bot.connect(server, "technician", ann, "console-health");
  const device = await Bot.connect(server, "device", till, "phone-health");
  const session = await openSession(technician, device, till.id);

  await limitFiles(server.pid, "1");
  await becomes(server, NOT_READY);
  const text = { type: "text.send", session, n: 1, text: TEXT } as const;
  for (const command of [text, { type: "session.start", device: other.id } as const]) {
    const refused = await technician.ask(command).catch((error: Error) => error.message);
    assertStringIncludes(String(refused), "busy");
  }
  await limitFiles(server.pid, "unlimited");
  await becomes(server, READY);
  await technician.ask(text);

  const backup = new DatabaseSync(path);
  backup.exec("BEGIN IMMEDIATE");
  await becomes(server, NOT_READY);
  backup.exec("ROLLBACK");
  backup.close();
  await becomes(server, READY);

  Deno.kill(await workerOf(server.pid), "SIGKILL");
  await until("the worker is missed", () => server.printed, (log) => log.includes("worker_died"));
  await becomes(server, READY);
  await until("calls are back", () => ask(server, "/healthz"), ({ calls }) => calls === "ready");

  // It hangs on the way out, where nobody asks it any more: it ends all the same.
  const hung = await workerOf(server.pid);
  Deno.kill(hung, "SIGSTOP");
  let gone = false;
  const ended = server.stop().finally(() => gone = true);
  // From the signal's arrival on, and as long as anybody answers.
  const leaving = async () => (await ask(server, "/readyz").catch(() => null))?.health.reason;
  const said = await until("it leaves", leaving, (reason) => reason !== undefined || gone);
  assert(said === "shutting_down" || gone, said);
  assertEquals([await ended, await isRunning(hung)], [0, false]);
  technician.close();
  device.close();

  // What starts it prints for people; the rest is one JSON object a line.
  const lines = server.printed.split("\n").filter((line) => line.startsWith("{"));
  const events = lines.map((line): string => JSON.parse(line).event);
  for (const event of ["started", "store_failed", "worker_died", "stopping", "stopped"]) {
    assert(events.includes(event), `${event} is not in the log:\n${server.printed}`);
  }
  assert(!events.includes("command_failed"), "a full disk is no fault of the program");
  // It was full, then locked, for seconds, with pages, leases and watches that needed it meanwhile.
  const failures = events.filter((event) => /_failed|_broke|^(lease|presence)_not/.test(event));
  assert(failures.length <= 5, `an outage is said once, not ${failures}`);
  for (const content of [TEXT, "Device 0", "Technician 0", "bench.invalid", session, till.cookie]) {
    assert(!server.printed.includes(content), `[S8] "${content}" is in the log`);
  }
});
