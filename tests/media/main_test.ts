/** `deno task media` as a process: settings, health, a clean end. */
import { assert, assertEquals } from "@std/assert";
import { MediaProcess } from "../support/media_process.ts";
import { until } from "../support/waiting.ts";

const SCRIPT = decodeURIComponent(new URL("../../media/main.ts", import.meta.url).pathname);
const SECRET = "a secret of thirty-two characters";
/** How long calls have to go elsewhere where DRAIN_SECONDS is not set. */
const DRAIN_MS = 12_000;

function start(env: Record<string, string>): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", SCRIPT],
    env: {
      HOST: "127.0.0.1",
      MEDIA_LISTEN_IP: "127.0.0.1",
      MEDIA_URL: "http://127.0.0.1:8443",
      // Nobody listens there.
      WEB_URL: "http://127.0.0.1:9",
      ...env,
    },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** A port that was free a moment ago. */
function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  listener.close();
  return (listener.addr as Deno.NetAddr).port;
}

Deno.test("a node serves, tells how it is, and ends on SIGTERM", async () => {
  const port = freePort();
  const env = { PORT: String(port), MEDIA_PORT: "0", MEDIA_SECRET: SECRET, MEDIA_NODE_ID: "n1" };
  const child = start(env);
  const health = async () => {
    const response = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null);
    return await response?.json() ?? null;
  };
  const ready = await until("ready", health, (now) => now?.media.state === "ready");
  assertEquals(ready, { status: "ok", node: "n1", media: { state: "ready" } });
  const readiness = await fetch(`http://127.0.0.1:${port}/readyz`);
  assertEquals([readiness.status, (await readiness.json()).reason], [503, "not_registered"]);
  child.kill("SIGTERM");
  const { code, stderr } = await child.output();
  assertEquals(code, 0);
  const lines = new TextDecoder().decode(stderr).trim().split("\n");
  const events = lines.map((line) => JSON.parse(line).event);
  assertEquals(events.slice(-3), ["calls_ready", "stopping", "stopped"]);
});

Deno.test("why a node has no calls is in its log, and not told to whoever asks it", async () => {
  const port = freePort();
  const env = { PORT: String(port), MEDIA_SECRET: SECRET, MEDIASOUP_WORKER_BIN: "/nowhere/worker" };
  const child = start(env);
  for (const path of ["/healthz", "/readyz"]) {
    const health = async () => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`).catch(() => null);
      return await response?.json() ?? null;
    };
    const told = await until("no calls", health, (now) => now?.media.state === "unavailable");
    assertEquals(told.media, { state: "unavailable" });
  }
  child.kill("SIGTERM");
  const { stderr } = await child.output();
  assert(new TextDecoder().decode(stderr).includes("/nowhere/worker"));
});

Deno.test("a node whose worker hangs ends on SIGTERM, and the worker with it", async () => {
  await using node = MediaProcess.start("n2", "http://127.0.0.1:9");
  await until("calls are ready", () => node.printed, (text) => text.includes("calls_ready"));
  assertEquals((await node.workers()).length, 1);
  await node.stopWorkers();
  const told = performance.now();
  await node.signal("SIGTERM");
  assertEquals(await node.ended(), 0);
  assertEquals(await node.workers(), []);
  // There are no calls that would need time to go elsewhere.
  const took = performance.now() - told;
  assert(took < DRAIN_MS, `it took ${Math.round(took)} ms`);
});

Deno.test("a node that is told nonsense says what is wrong and ends", async () => {
  const child = start({ MEDIA_SECRET: "short", MEDIA_PORT: "x" });
  const { code, stderr } = await child.output();
  assertEquals(code, 1);
  const text = new TextDecoder().decode(stderr);
  assert(text.includes("MEDIA_SECRET") && text.includes("MEDIA_PORT"));
});

Deno.test("a certificate that cannot be read is told in a sentence", async () => {
  const child = start({ MEDIA_SECRET: SECRET, TLS_CERT: "/nowhere.pem", TLS_KEY: "/nowhere.pem" });
  const { code, stderr } = await child.output();
  assertEquals(code, 1);
  const text = new TextDecoder().decode(stderr);
  assert(text.includes("TLS_CERT") && !text.includes("at async"), text);
});
