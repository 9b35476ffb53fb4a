/** A real denokv for one test, behind a network that can be made bad. */
import { Part } from "../../tasks/cluster_part.ts";
import { findDenokv, HOW_TO_GET_DENOKV } from "../../tasks/denokv.ts";
import { findBalancer } from "../../tasks/balancer.ts";
import { freePort } from "../e2e/server.ts";
import { TcpRelay } from "../support/tcp_relay.ts";

const TOKEN = "only for this test";

const missing = [
  ...await findDenokv() === null ? [`denokv (${HOW_TO_GET_DENOKV})`] : [],
  ...await findBalancer() === null ? ["haproxy (`apt-get install haproxy`)"] : [],
];

/** These tests need programs that are not on every machine. */
export const skipped: boolean = missing.length > 0;
if (skipped) {
  console.log(`The tests of a cluster are skipped: there is no ${missing.join(", no ")}`);
}

/** A denokv; disposing of it ends it. */
export class Database implements AsyncDisposable {
  readonly server: Part;
  readonly network: TcpRelay;
  readonly #folder: string;

  private constructor(server: Part, network: TcpRelay, folder: string) {
    this.server = server;
    this.network = network;
    this.#folder = folder;
  }

  /** Starts one on an empty database; whoever opens it from this process finds its token. */
  static async start(): Promise<Database> {
    const folder = await Deno.makeTempDir({ prefix: "live-support-denokv-" });
    const port = freePort();
    Deno.env.set("DENO_KV_ACCESS_TOKEN", TOKEN);
    const server = new Part({
      name: "denokv",
      command: await findDenokv() ?? "denokv",
      args: ["--sqlite-path", `${folder}/kv.sqlite`, "serve", "--addr", `127.0.0.1:${port}`],
      ready: async () => {
        const connection = await Deno.connect({ hostname: "127.0.0.1", port });
        connection.close();
        return true;
      },
    });
    await server.start();
    return new Database(server, await TcpRelay.open(port), folder);
  }

  /** Where it is reached through the network. */
  get url(): string {
    return this.network.origin;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.network[Symbol.asyncDispose]();
    await this.server.kill();
    await Deno.remove(this.#folder, { recursive: true });
  }
}
