/**
 * `deno task cluster`: a whole cluster on this machine, to look at and to break. Ctrl-C ends all of it.
 */
import { Cluster } from "./cluster_plan.ts";
import type { Part } from "./cluster_part.ts";

const say = (line: string) => console.log(line);

/** What the administrator signs in with; only this machine reaches it. */
const ADMIN = { ADMIN_EMAIL: "admin@example.org", ADMIN_PASSWORD: "live-support" };

function explain(cluster: Cluster): void {
  const { web, nodes, denokv, balancer, origin, webOrigins } = cluster;
  const line = ({ name, pid }: Part, rest: string) => say(`  ${name.padEnd(9)} ${pid}  ${rest}`);
  say("");
  say(`The cluster is running. Open ${origin} and sign in as ${ADMIN.ADMIN_EMAIL}, password`);
  say(`${ADMIN.ADMIN_PASSWORD}; enroll a device, and open its link in another browser profile.`);
  say("");
  line(balancer, `sends pages to a web process that is ready: ${origin}`);
  for (const [at, one] of web.entries()) line(one, `${webOrigins[at]}/readyz`);
  for (const one of nodes) line(one, "carries calls");
  line(denokv, "the database");
  say("");
  say("Break it, in another terminal, and watch both pages go on:");
  say(`  kill -9 ${web[0]?.pid}      a web process dies; here it is started again`);
  say(`  kill ${web[0]?.pid}         it hands its pages over and leaves, as in a rolling upgrade`);
  say(`  kill -STOP ${web[0]?.pid}   it hangs; kill -CONT lets it go on`);
  say(`  kill -9 ${nodes[0]?.pid}      a media node dies, and its calls go on at the other one`);
  say(`  kill -9 ${denokv.pid}      the database dies, and is started again`);
  say("Ctrl-C ends all of it.");
  say("");
}

/** Whoever ends is started again, as a supervisor would. */
async function supervise(cluster: Cluster, over: AbortSignal): Promise<void> {
  await Promise.all(cluster.parts.map(async (part) => {
    while (!over.aborted) {
      await part.ended;
      if (over.aborted) return;
      say(`${part.name} ended; it is started again.`);
      await part.start().catch((error) => say(String(error)));
      say(`${part.name} runs again, as ${part.pid}.`);
    }
  }));
}

async function run(): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "live-support-cluster-" });
  const over = new AbortController();
  try {
    await using cluster = await Cluster.start({
      ...{ folder, say, web: 2, nodes: 2, env: ADMIN },
      port: Number(Deno.env.get("PORT") ?? 8000),
      hear: (name, line) => say(`${name.padEnd(8)} | ${line}`),
    });
    explain(cluster);
    const stopped = new Promise<void>((stop) => {
      for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, stop);
    });
    void supervise(cluster, over.signal);
    await stopped;
    over.abort();
    say("Ending all of it …");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

try {
  await run();
  Deno.exit();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  Deno.exit(1);
}
