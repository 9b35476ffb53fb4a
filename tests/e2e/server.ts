/** The product as its people run it: `tasks/start.ts` in a process of its own, on a folder of data. */
import { fileURLToPath } from "node:url";
import { until, within } from "../support/waiting.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The administrator every test server has. */
export const ADMIN = { email: "ada@example.org", password: "correct horse battery" };

/** Loading all of it and making the first password's hash is work: a starved machine takes its time, in ms. */
const START = 60_000;

/** A running product. */
export class Server {
  readonly origin: string;
  readonly folder: string;
  readonly #child: Deno.ChildProcess;
  readonly #printed: () => string;

  private constructor(
    child: Deno.ChildProcess,
    origin: string,
    folder: string,
    printed: () => string,
  ) {
    this.#child = child;
    this.origin = origin;
    this.folder = folder;
    this.#printed = printed;
  }

  /**
   * Starts it on `folder` and waits until it answers. `PORT` 0 takes a free one. `before`: a command
   * that becomes the server, e.g. a shell that arranges its signals first.
   */
  static async start(
    folder: string,
    env: Record<string, string> = {},
    before: readonly string[] = [],
  ): Promise<Server> {
    const product = [Deno.execPath(), "run", "-A", "--unstable-kv", "tasks/start.ts"];
    const [command = "", ...args] = [...before, ...product];
    const child = new Deno.Command(command, {
      args,
      cwd: ROOT,
      env: {
        DATA_DIR: folder,
        HOST: "127.0.0.1",
        PORT: "0",
        MEDIA_PORT: "0",
        ...env,
      },
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    let printed = "";
    const collect = async (stream: ReadableStream<Uint8Array<ArrayBuffer>>, on: () => void) => {
      for await (const text of stream.pipeThrough(new TextDecoderStream())) {
        printed += text;
        on();
      }
    };
    const address = new Promise<URL>((found, failed) => {
      const look = () => {
        const [match] = /https?:\/\/[^\s:/]+:\d+/.exec(printed) ?? [];
        if (match !== undefined) found(new URL(match));
      };
      collect(child.stdout, look);
      collect(child.stderr, look);
      child.status.then(({ code }) => failed(new Error(`it ended with ${code}:\n${printed}`)));
    });
    const starts = within("the server says where it listens", address, START);
    const url = await starts.catch((error) => {
      killIfAlive(child);
      throw new Error(`${error}:\n${printed}`);
    });
    return new Server(child, url.origin, folder, () => printed);
  }

  /** The process. */
  get pid(): number {
    return this.#child.pid;
  }

  /** Resolves when it ends, whoever ended it. */
  get ended(): Promise<Deno.CommandStatus> {
    return this.#child.status;
  }

  /** What it printed so far. */
  get printed(): string {
    return this.#printed();
  }

  /** Waits until calls can be made. */
  async mediaReady(): Promise<void> {
    const look = async () => (await (await fetch(`${this.origin}/healthz`)).json()).media;
    const media = await until("the media node is ready or cannot be", look, ({ state }) => {
      return state === "ready" || state === "unavailable";
    });
    if (media.state === "unavailable") throw new Error(media.reason ?? "no calls");
  }

  /** Ends it at once, as a power cut would. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#child.status;
  }

  /** Ends it as an administrator would; returns the exit code. One that does not end is killed. */
  async stop(): Promise<number> {
    this.#child.kill("SIGTERM");
    try {
      return (await within("the server ends when asked to", this.#child.status)).code;
    } catch (error) {
      await this.kill();
      throw new Error(`${error}:\n${this.printed}`);
    }
  }
}

function killIfAlive(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch {
    // It has ended.
  }
}

/** A port nobody listens on. */
export function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return port;
}
