/** A program of tasks/ as its people run it: a process of its own, with settings of its own. */
import { until, within } from "../support/waiting.ts";

const ROOT = new URL("../../", import.meta.url);

/** How long anything here may take before a test counts as failed, in milliseconds. */
const PATIENCE = 60_000;

/** A running program and what it printed. */
export class Program {
  stdout = "";
  stderr = "";
  readonly #child: Deno.ChildProcess;
  readonly #read: Promise<void[]>;

  /**
   * Starts `deno` with these arguments. Nothing of this process's settings reaches it. `before`: a
   * command that becomes it.
   */
  constructor(args: string[], env: Record<string, string> = {}, before: readonly string[] = []) {
    const own = Object.entries(Deno.env.toObject()).filter(([name]) => !/^(MEDIA|PORT)/.test(name));
    const [command = "", ...rest] = [...before, Deno.execPath(), ...args];
    this.#child = new Deno.Command(command, {
      args: rest,
      cwd: ROOT,
      clearEnv: true,
      env: { ...Object.fromEntries(own), HOST: "127.0.0.1", PORT: "0", MEDIA: "off", ...env },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#read = Promise.all([
      this.#collect(this.#child.stdout, (text) => this.stdout += text),
      this.#collect(this.#child.stderr, (text) => this.stderr += text),
    ]);
  }

  async #collect(from: ReadableStream<Uint8Array<ArrayBuffer>>, add: (text: string) => void) {
    for await (const text of from.pipeThrough(new TextDecoderStream())) add(text);
  }

  /** The first match of `pattern` in standard output, as soon as it is printed. */
  async printed(pattern: RegExp): Promise<string> {
    const look = () => pattern.exec(this.stdout);
    try {
      const found = await until(`printed: ${pattern}`, look, (match) => match !== null, PATIENCE);
      return found[0];
    } catch (error) {
      throw new Error(`${error}\n${this.stdout}\n${this.stderr}`);
    }
  }

  /** Sends a signal, which one that has ended does not hear. */
  signal(signal: "SIGTERM" | "SIGINT" | "SIGKILL"): void {
    try {
      this.#child.kill(signal);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }

  /** Sends a signal and waits for the end; the exit code. */
  async end(signal: "SIGTERM" | "SIGINT" | "SIGKILL"): Promise<number> {
    this.signal(signal);
    return await this.exit();
  }

  /** Waits for the end; the exit code. */
  async exit(): Promise<number> {
    const { code } = await within("the program ends", this.#child.status, PATIENCE);
    await this.#read;
    return code;
  }
}

/** Runs `test` with a folder that is gone afterwards. */
export async function withFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** `deno task start`, without the task runner in between. */
export const START = ["run", "-A", "--unstable-kv", "tasks/start.ts"];
/** `deno task demo`. */
export const DEMO = ["run", "-A", "--unstable-kv", "tasks/demo.ts"];
