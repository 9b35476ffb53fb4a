/** A whole cluster on this machine: one denokv, web processes, media nodes, a balancer in front. */
import { balancerConfig, ensureBalancer } from "./balancer.ts";
import { Part, type PartOptions } from "./cluster_part.ts";
import { ensureDenokv } from "./denokv.ts";

/** How long the balancer gets to notice that a web process leaves, in seconds: some of its checks. */
const DRAIN_SECONDS = 2;

/** What a cluster consists of. */
export interface ClusterOptions {
  /** A folder for the database and the balancer's configuration. */
  readonly folder: string;
  /** How many web processes and media nodes; no node: no calls. */
  readonly web: number;
  readonly nodes: number;
  /** More settings of all web processes. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where the balancer listens; a free port where it is not said. */
  readonly port?: number;
  /** A command that becomes the database server; tests arrange signals by it. */
  readonly beforeDatabase?: readonly string[];
  readonly hear?: PartOptions["hear"];
  readonly say: (line: string) => void;
}

/** A running cluster; disposing of it ends all of it. */
export class Cluster implements AsyncDisposable {
  readonly denokv: Part;
  readonly web: readonly Part[];
  readonly nodes: readonly Part[];
  readonly balancer: Part;
  /** Where pages are reached: through the balancer, and each web process by itself. */
  readonly origin: string;
  readonly webOrigins: readonly string[];
  /** The database and its token, for `openKv`. */
  readonly database: string;
  readonly token: string;

  private constructor(programs: Programs, options: ClusterOptions) {
    const { folder, web, nodes, env, port, beforeDatabase = [], hear } = options;
    this.token = secret();
    const ports = freePorts(2 + web + 2 * nodes);
    const take = () => ports.pop() ?? 0;
    const kvPort = take();
    this.database = `http://127.0.0.1:${kvPort}`;
    const [command = "", ...before] = [...beforeDatabase, programs.denokv];
    const place = ["--sqlite-path", `${folder}/denokv.sqlite`];
    this.denokv = new Part({
      name: "denokv",
      command,
      args: [...before, ...place, "serve", "--addr", `127.0.0.1:${kvPort}`],
      env: { DENO_KV_ACCESS_TOKEN: this.token },
      ready: () => listens(kvPort),
      hear,
    });
    const front = port ?? take();
    this.origin = `http://127.0.0.1:${front}`;
    const media = mediaPlan(nodes, take);
    this.nodes = media.nodes.map((node) => nodePart(node, this.origin, media.secret, hear));
    const webPorts = Array.from({ length: web }, take);
    this.webOrigins = webPorts.map((one) => `http://127.0.0.1:${one}`);
    this.web = webPorts.map((one, at) =>
      denoPart(`web${at + 1}`, one, "/healthz", ["--unstable-kv", "tasks/start.ts"], {
        PORT: String(one),
        DENO_KV_PATH: this.database,
        DENO_KV_ACCESS_TOKEN: this.token,
        // What Deno's own client says of each attempt while denokv is away (docs/DEPLOY.md).
        DENO_LOG: "info,denokv_remote=off",
        TRUST_PROXY: "on",
        DRAIN_SECONDS: String(DRAIN_SECONDS),
        ...media.webEnv,
        ...env,
      }, hear)
    );
    const config = `${folder}/haproxy.cfg`;
    Deno.writeTextFileSync(config, balancerConfig({ port: front, web: webPorts }));
    this.balancer = new Part({
      name: "balancer",
      command: programs.haproxy,
      args: ["-db", "-f", config],
      ready: async () => await answers(`${this.origin}/readyz`),
      hear,
    });
  }

  /** Installs what is missing, starts everything and waits until it serves. */
  static async start(options: ClusterOptions): Promise<Cluster> {
    const { say } = options;
    const programs = { denokv: await ensureDenokv(say), haproxy: await ensureBalancer(say) };
    const cluster = new Cluster(programs, options);
    try {
      await cluster.denokv.start();
      // The first web process builds the client where that is needed; the others find it built.
      for (const web of cluster.web) await web.start();
      await cluster.balancer.start();
      await Promise.all(cluster.nodes.map((node) => node.start()));
      return cluster;
    } catch (error) {
      await cluster[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** All parts, in the order in which they end. */
  get parts(): readonly Part[] {
    return [...this.web, ...this.nodes, this.balancer, this.denokv];
  }

  /** Ends all of it, the database last. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.balancer.kill();
    await Promise.all(this.nodes.map((node) => node.kill()));
    await Promise.all(this.web.map((web) => web.kill()));
    await this.denokv.stop();
  }
}

interface Programs {
  readonly denokv: string;
  readonly haproxy: string;
}

interface MediaPlan {
  readonly secret: string;
  readonly nodes: readonly { readonly name: string; readonly port: number; readonly rtc: number }[];
  readonly webEnv: Readonly<Record<string, string>>;
}

function mediaPlan(count: number, take: () => number): MediaPlan {
  const own = secret();
  const nodes = Array.from({ length: count }, (_, at) => {
    return { name: `node${at + 1}`, port: take(), rtc: take() };
  });
  const origins = nodes.map(({ port }) => `http://127.0.0.1:${port}`);
  const webEnv: MediaPlan["webEnv"] = count === 0
    ? { MEDIA: "off" }
    : { MEDIA_NODES: origins.join(","), MEDIA_SECRET: own };
  return { secret: own, nodes, webEnv };
}

/** It registers with whichever web process the balancer leads to. */
function nodePart(
  { name, port, rtc }: MediaPlan["nodes"][number],
  web: string,
  mediaSecret: string,
  hear: PartOptions["hear"],
): Part {
  return denoPart(name, port, "/readyz", ["media/main.ts"], {
    PORT: String(port),
    MEDIA_URL: `http://127.0.0.1:${port}`,
    WEB_URL: web,
    MEDIA_PORT: String(rtc),
    MEDIA_SECRET: mediaSecret,
    MEDIA_NODE_ID: name,
    MEDIA_LISTEN_IP: "127.0.0.1",
  }, hear);
}

function denoPart(
  name: string,
  port: number,
  health: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  hear: PartOptions["hear"],
): Part {
  return new Part({
    name,
    command: Deno.execPath(),
    args: ["run", "-A", ...args],
    env: { HOST: "127.0.0.1", LOG: "text", ...env },
    ready: async () => await answers(`http://127.0.0.1:${port}${health}`),
    hear,
  });
}

async function answers(url: string): Promise<boolean> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  await answer.body?.cancel();
  return answer.ok;
}

async function listens(port: number): Promise<boolean> {
  (await Deno.connect({ hostname: "127.0.0.1", port })).close();
  return await Promise.resolve(true);
}

/** Ports nobody listens on, all different. */
function freePorts(count: number): number[] {
  const listeners = Array.from({ length: count }, () => {
    return Deno.listen({ hostname: "127.0.0.1", port: 0 });
  });
  const ports = listeners.map(({ addr }) => addr.port);
  for (const listener of listeners) listener.close();
  return ports;
}

function secret(): string {
  return crypto.getRandomValues(new Uint8Array(24)).toHex();
}
