/** A media node alone in its process, as `deno task media` runs it. */
import { fileURLToPath } from "node:url";
import { freePort } from "../e2e/server.ts";
import { until, within } from "./waiting.ts";

const SCRIPT = fileURLToPath(new URL("../../media/main.ts", import.meta.url));

/** What nodes and web processes of tests share. */
export const MEDIA_SECRET = "a secret of thirty-two characters";

/** What a web process is told so that these nodes may register. */
export const TAKES_NODES = { MEDIA_NODES: "http://127.0.0.1:*", MEDIA_SECRET };

/** A running node. */
export class MediaProcess implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #printed: { text: string };

  private constructor(
    readonly id: string,
    readonly url: string,
    child: Deno.ChildProcess,
    printed: { text: string },
  ) {
    this.#child = child;
    this.#printed = printed;
  }

  /** Starts a node that registers at `webUrl`; `ready` says when it has. */
  static start(
    id: string,
    webUrl: string | readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): MediaProcess {
    const port = freePort();
    const url = `http://127.0.0.1:${port}`;
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", SCRIPT],
      env: {
        HOST: "127.0.0.1",
        PORT: String(port),
        MEDIA_URL: url,
        WEB_URL: [webUrl].flat().join(),
        MEDIA_SECRET,
        MEDIA_NODE_ID: id,
        MEDIA_LISTEN_IP: "127.0.0.1",
        MEDIA_PORT: "0",
        ...env,
      },
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const printed = { text: "" };
    const collect = async (stream: ReadableStream<Uint8Array<ArrayBuffer>>) => {
      for await (const text of stream.pipeThrough(new TextDecoderStream())) printed.text += text;
    };
    collect(child.stdout);
    collect(child.stderr);
    return new MediaProcess(id, url, child, printed);
  }

  /** What it printed so far. */
  get printed(): string {
    return this.#printed.text;
  }

  /** Waits until it may be sent calls. */
  async ready(): Promise<this> {
    await until(`node ${this.id} is ready:\n${this.printed}`, () => this.readiness(), (it) => {
      return it.status === "ready";
    });
    return this;
  }

  /** What /readyz says. */
  async readiness(): Promise<{ status: string; reason?: string }> {
    const response = await fetch(`${this.url}/readyz`).catch(() => null);
    return await response?.json() ?? { status: "not there" };
  }

  /**
   * The process ids of its media workers (Linux only), also of those that outlived it: they inherit
   * its environment, in which its address is like no other's.
   */
  async workers(): Promise<number[]> {
    const found: number[] = [];
    for await (const { name } of Deno.readDir("/proc")) {
      if (!/^\d+$/.test(name) || Number(name) === this.#child.pid) continue;
      const environment = await Deno.readTextFile(`/proc/${name}/environ`).catch(() => "");
      if (environment.split("\0").includes(`MEDIA_URL=${this.url}`)) found.push(Number(name));
    }
    return found;
  }

  /** Sends the node, and its workers too if `all`, a signal. */
  async signal(signal: Deno.Signal, all = false): Promise<void> {
    const workers = all ? await this.workers() : [];
    for (const pid of [...workers, this.#child.pid]) Deno.kill(pid, signal);
  }

  /** Stops its workers, so that they say nothing any more. */
  async stopWorkers(): Promise<void> {
    for (const pid of await this.workers()) Deno.kill(pid, "SIGSTOP");
  }

  /** Resolves with its exit code once it ends. */
  async ended(): Promise<number> {
    return (await within(`node ${this.id} ends`, this.#child.status)).code;
  }

  /** A worker that is stopped does not notice that its node is gone, and would stay for ever. */
  async [Symbol.asyncDispose](): Promise<void> {
    kill(this.#child.pid);
    await this.#child.status;
    // The node starts no more of them.
    for (const pid of await this.workers()) kill(pid);
  }
}

function kill(pid: number): void {
  try {
    Deno.kill(pid, "SIGKILL");
  } catch {
    // It has ended.
  }
}
