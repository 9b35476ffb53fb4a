/** A KV Connect server for several processes: denokv, where there is one. */
import { freePort } from "../../e2e/server.ts";
import { until } from "../../support/waiting.ts";
import { pass } from "../product.ts";

const TOKEN = "only for this test";

/** A server on an empty database; disposing of it ends it. */
export class Denokv implements AsyncDisposable {
  readonly url: string;
  readonly #child: Deno.ChildProcess;
  readonly #folder: string;

  private constructor(url: string, child: Deno.ChildProcess, folder: string) {
    this.url = url;
    this.#child = child;
    this.#folder = folder;
  }

  /** Starts one; who opens it, in this process or one that it starts, finds its token. */
  static async start(program: string): Promise<Denokv> {
    const folder = await Deno.makeTempDir({ prefix: "live-support-denokv-" });
    const port = freePort();
    Deno.env.set("DENO_KV_ACCESS_TOKEN", TOKEN);
    const child = new Deno.Command(program, {
      args: ["--sqlite-path", `${folder}/kv.sqlite`, "serve", "--addr", `127.0.0.1:${port}`],
      stdout: "null",
      stderr: "null",
    }).spawn();
    const answers = () =>
      Deno.connect({ hostname: "127.0.0.1", port }).then((line) => line.close()).then(
        () => true,
        () => false,
      );
    await until("denokv listens", answers, (yes) => yes);
    return new Denokv(`http://127.0.0.1:${port}`, child, folder);
  }

  /** It answers nobody for `ms`. */
  async freeze(ms: number): Promise<void> {
    Deno.kill(this.#child.pid, "SIGSTOP");
    await pass(ms);
    Deno.kill(this.#child.pid, "SIGCONT");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#child.status;
    await Deno.remove(this.#folder, { recursive: true });
  }
}
