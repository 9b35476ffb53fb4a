/** The product in a process of its own, and what can happen to such a process. */
import { freePort, Server } from "../e2e/server.ts";

/** A limit of size would end the process by SIGXFSZ; ignored, writing fails as on a full disk. */
const LETS_WRITES_FAIL = ["/bin/sh", "-c", `trap "" XFSZ; exec "$0" "$@"`] as const;

/** One product on one folder of data, through all its lives. */
export class Product {
  readonly port: number;
  /** What went wrong without anybody doing it, as sentences. */
  readonly broken: string[] = [];
  readonly #folder: string;
  #server: Server;
  #ours = false;
  #printedBefore = "";

  private constructor(folder: string, port: number, server: Server) {
    this.#folder = folder;
    this.port = port;
    this.#server = server;
    this.#watch();
  }

  /** Starts it on the database `kvOf(folder)`. */
  static async start(folder: string): Promise<Product> {
    const port = freePort();
    return new Product(folder, port, await launch(folder, port));
  }

  /** Everything it printed, in all its lives. */
  get printed(): string {
    return this.#printedBefore + this.#server.printed;
  }

  /** A power cut, and the machine comes back. */
  async crash(): Promise<void> {
    this.#ours = true;
    await this.#server.kill();
    this.#printedBefore += this.#server.printed;
    this.#server = await launch(this.#folder, this.port);
    this.#watch();
  }

  /** An administrator's restart: it says goodbye first. */
  async restart(): Promise<void> {
    const code = await this.stop();
    if (code !== 0) this.broken.push(`stopped, the server ended with ${code}`);
    this.#printedBefore += this.#server.printed;
    this.#server = await launch(this.#folder, this.port);
    this.#watch();
  }

  /** Nothing of the process runs for `ms`, while the kernel goes on taking connections for it. */
  async freeze(ms: number): Promise<void> {
    Deno.kill(this.#server.pid, "SIGSTOP");
    await pass(ms);
    Deno.kill(this.#server.pid, "SIGCONT");
  }

  /** No file can be written for `ms`. */
  async fillDisk(ms: number): Promise<void> {
    await this.#limitFiles("1");
    await pass(ms);
    await this.#limitFiles("unlimited");
  }

  /** Ends it as an administrator does; returns the exit code. */
  async stop(): Promise<number> {
    this.#ours = true;
    return await this.#server.stop();
  }

  /** Ends it whatever it does. */
  async kill(): Promise<void> {
    this.#ours = true;
    await this.#server.kill().catch(() => {});
  }

  async #limitFiles(bytes: string): Promise<void> {
    const args = ["--pid", String(this.#server.pid), `--fsize=${bytes}:unlimited`];
    const { success } = await new Deno.Command("prlimit", { args }).output();
    if (!success) throw new Error("prlimit (util-linux) could not limit the server's files");
  }

  #watch(): void {
    const server = this.#server;
    this.#ours = false;
    server.ended.then(({ code, signal }) => {
      if (server !== this.#server || this.#ours) return;
      const how = signal ?? `code ${code}`;
      this.broken.push(`the server ended by itself (${how}):\n${server.printed.slice(-2000)}`);
    });
  }
}

/** The database of a product on `folder`. */
export function kvOf(folder: string): string {
  return `${folder}/faults.kv`;
}

/** Time that is part of a fault or of a person's doing, never a wait for something to be ready. */
export function pass(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

async function launch(folder: string, port: number): Promise<Server> {
  const env = { MEDIA: "off", PORT: String(port), DENO_KV_PATH: kvOf(folder) };
  return await Server.start(folder, env, LETS_WRITES_FAIL);
}
