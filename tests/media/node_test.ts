/** A node's workers: ports, deaths, and what the node says of itself. */
import process from "node:process";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { LocalGateway } from "../../media/local_gateway.ts";
import { MediaNode, type MediaNodeOptions } from "../../media/node.ts";
import type { PeerSocket } from "../../media/peer.ts";
import { signTicket } from "../../media/ticket.ts";
import { obtainWorker } from "../../media/worker_binary.ts";
import { isRunning } from "../faults/processes.ts";
import { until, within } from "../support/waiting.ts";

const SECRET = "a secret of thirty-two characters";

async function start(options: Partial<MediaNodeOptions> = {}): Promise<MediaNode> {
  return await MediaNode.create({
    workerBin: await obtainWorker({ bin: Deno.env.get("MEDIASOUP_WORKER_BIN") }),
    listen: { ip: "127.0.0.1", port: 0 },
    secret: SECRET,
    id: "node-1",
    iceServers: () => [],
    ...options,
  });
}

/** Two neighbouring ports that were free a moment ago. */
function freePorts(): number {
  for (;;) {
    const first = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { port } = first.addr as Deno.NetAddr;
    first.close();
    try {
      Deno.listen({ hostname: "127.0.0.1", port: port + 1 }).close();
      return port;
    } catch {
      continue;
    }
  }
}

/** The end of a page without a page: remembers why it was closed. */
function socket(): PeerSocket & { reasons: string[] } {
  const reasons: string[] = [];
  return { reasons, send: () => {}, close: (reason) => reasons.push(reason) };
}

async function join(node: MediaNode, session: string) {
  const send = { voice: true, video: true };
  const who = { side: "device", client: "page" } as const;
  const claims = { session, call: 1, move: 0, ...who, send, node: node.id };
  const page = socket();
  const membership = await node.join(await signTicket(SECRET, claims), page);
  assert(membership !== null);
  const opened = await membership.peer.handle({ type: "transport", id: 1, direction: "send" });
  assert(opened.kind === "answer");
  const [candidate] = opened.data.iceCandidates as { port: number; address: string }[];
  return { page, membership, port: candidate?.port };
}

Deno.test("each worker has a port of its own, and rooms are spread over them", async () => {
  const port = freePorts();
  const node = await start({ workers: 2, listen: { ip: "127.0.0.1", port } });
  const joined = [];
  for (const session of ["a", "b", "c", "d"]) joined.push(await join(node, session));
  assertEquals(joined.map((one) => one.port).toSorted(), [port, port, port + 1, port + 1]);
  await node.close();
  assertEquals(joined.map(({ page }) => page.reasons), Array(4).fill(["shutting_down"]));
});

Deno.test("a node whose port is taken when it starts has calls once that is free", async () => {
  const taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = taken.addr as Deno.NetAddr;
  const worker = { bin: Deno.env.get("MEDIASOUP_WORKER_BIN") };
  const gateway = new LocalGateway({ listen: { ip: "127.0.0.1", port }, worker });
  await gateway.prepared;
  assertEquals(gateway.status().state, "unavailable");
  taken.close();
  await until("calls can be made", () => gateway.status().state, (state) => state === "ready");
  await gateway.close();
});

Deno.test("a signal that ends this process ends no worker: a node may have to drain first", async () => {
  const listening = () => process.listenerCount("SIGTERM") + process.listenerCount("SIGINT");
  const before = listening();
  const node = await start();
  assertEquals(listening(), before);
  await node.close();
});

Deno.test("a dead worker takes its own rooms only, and a new one takes its port", async () => {
  const port = freePorts();
  const node = await start({ workers: 2, listen: { ip: "127.0.0.1", port } });
  const [a, b] = [await join(node, "a"), await join(node, "b")];
  const before = node.workerPids;
  Deno.kill(before[0] ?? 0, "SIGKILL");
  const lost = await until(
    "a room is lost",
    () => [a, b].filter(({ page }) => page.reasons.length),
    (
      rooms,
    ) => rooms.length === 1,
  );
  assertEquals(lost[0]?.page.reasons, ["shutting_down"]);
  assertEquals(node.status(), { state: "ready" }, "the other worker goes on");
  await until("a new worker", () => node.workerPids, (pids) => pids.length === 2);
  const again = await join(node, "c");
  assertEquals(again.port, lost[0]?.port);
  await node.close();
});

Deno.test("a worker that falls silent is ended and replaced, and its pages are let go", async () => {
  const node = await start();
  const { page } = await join(node, "a");
  const [pid] = node.workerPids;
  assert(pid !== undefined);
  Deno.kill(pid, "SIGSTOP");
  await until("the page is let go", () => page.reasons, (reasons) => reasons.length > 0);
  assertEquals(page.reasons, ["shutting_down"]);
  const [other] = await until("a new worker", () => node.workerPids, (pids) => pids.length === 1);
  assert(other !== pid);
  await join(node, "a");
  await node.close();
});

Deno.test("without a worker the node says so, until there is one again", async () => {
  const node = await start();
  const heard: string[] = [];
  node.onStatus(({ state }) => heard.push(state));
  Deno.kill(node.workerPids[0] ?? 0, "SIGKILL");
  await until("ready again", () => heard, (states) => states.length === 2);
  assertEquals(heard, ["preparing", "ready"]);
  await node.close();
});

Deno.test("a worker that is not there, or a port that is taken, is told in a sentence", async () => {
  await assertRejects(() => start({ workerBin: "/nowhere" }), Error, "no media worker at /nowhere");
  const first = await start();
  const { port } = await join(first, "a");
  assert(port !== undefined);
  await assertRejects(
    () => start({ listen: { ip: "127.0.0.1", port } }),
    Error,
    `cannot listen on port ${port}`,
  );
  await first.close();
});

Deno.test("a room is closed when its last page leaves", async () => {
  const node = await start();
  const first = await join(node, "a");
  first.membership.leave();
  assertEquals(
    await first.membership.peer.handle({ type: "transport", id: 2, direction: "send" }),
    {
      kind: "rejected",
      code: "bad_request",
    },
  );
  const second = await join(node, "a");
  assertEquals(second.page.reasons, []);
  await node.close();
});

Deno.test("a worker that hangs ends with its node, also where the process does not wait for it", async () => {
  const node = await start({ workers: 2 });
  const pids = node.workerPids;
  const [hung] = pids;
  assert(hung !== undefined && pids.length === 2);
  Deno.kill(hung, "SIGSTOP");
  await within("the node closes", node.close());
  assertEquals(await Promise.all(pids.map(isRunning)), [false, false]);
  const left = `
    import { openWorker } from "${import.meta.resolve("../../media/worker_process.ts")}";
    const { pid } = await openWorker(Deno.args[0]);
    Deno.kill(pid, "SIGSTOP");
    console.log(pid);
    Deno.exit();
  `;
  const workerBin = await obtainWorker({ bin: Deno.env.get("MEDIASOUP_WORKER_BIN") });
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  await Deno.writeTextFile(file, left);
  const config = decodeURIComponent(new URL("../../deno.json", import.meta.url).pathname);
  const args = ["run", "-A", "--no-check", "--config", config, file, workerBin];
  const { stdout } = await new Deno.Command(Deno.execPath(), { args }).output();
  await Deno.remove(file);
  const pid = Number(new TextDecoder().decode(stdout));
  assert(pid > 0);
  await until("it is gone", () => isRunning(pid), (running) => !running);
});
