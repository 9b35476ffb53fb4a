/** One program of a cluster on this machine: started, killed, stopped, started again. */
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** How long a program may take to start, and to end when asked to, in milliseconds. */
const PATIENCE = 60_000;
/** How often it is looked whether it has started, in milliseconds. */
const LOOK_AGAIN = 50;
/** How much of what it printed is kept for who looks for what went wrong, in characters. */
const KEPT = 20_000;

/** What a part runs. */
export interface PartOptions {
  /** What people call it, e.g. "web1". */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Whether it can be worked with now. */
  readonly ready: () => Promise<boolean>;
  /** Is told each line that it prints. */
  readonly hear?: (name: string, line: string) => void;
}

/** A part of a cluster. */
export class Part {
  readonly #options: PartOptions;
  #child: Deno.ChildProcess | null = null;
  #printed = "";

  constructor(options: PartOptions) {
    this.#options = options;
  }

  get name(): string {
    return this.#options.name;
  }

  /** Of its running process. Throws where there is none. */
  get pid(): number {
    return this.#running().pid;
  }

  /** Resolves when its running process ends, whoever ended it; at once where there is none. */
  get ended(): Promise<unknown> {
    return this.#child?.status ?? Promise.resolve();
  }

  /** What it printed lately, in all its lives. */
  get printed(): string {
    return this.#printed;
  }

  /** Starts it and waits until it can be worked with. Rejects with what it printed where it cannot. */
  async start(): Promise<void> {
    const { name, command, args, env, ready } = this.#options;
    const child = new Deno.Command(command, {
      args: [...args],
      cwd: ROOT,
      env: { ...env },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#child = child;
    let ended = false;
    void child.status.then(() => {
      ended = true;
      if (this.#child === child) this.#child = null;
    });
    for (const stream of [child.stdout, child.stderr]) void this.#collect(stream);
    const until = performance.now() + PATIENCE;
    while (!await ready().catch(() => false)) {
      if (ended || performance.now() > until) {
        await this.kill();
        throw new Error(`${name} ${ended ? "ended" : "does not start"}:\n${this.#printed}`);
      }
      await new Promise((done) => setTimeout(done, LOOK_AGAIN));
    }
  }

  /** Ends it at once, as a power cut would. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    signal(child, "SIGKILL");
    await child.status;
  }

  /** Ends it as an administrator does; returns the exit code. One that does not end is killed. */
  async stop(): Promise<number> {
    const child = this.#child;
    if (child === null) return 0;
    signal(child, "SIGTERM");
    const timer = setTimeout(() => void this.kill(), PATIENCE);
    const { code } = await child.status;
    clearTimeout(timer);
    return code;
  }

  /** Nothing of it runs until {@link thaw}, while the kernel goes on taking connections for it. */
  freeze(): void {
    this.#running().kill("SIGSTOP");
  }

  /** See {@link freeze}. */
  thaw(): void {
    this.#running().kill("SIGCONT");
  }

  #running(): Deno.ChildProcess {
    if (this.#child === null) throw new Error(`${this.name} does not run`);
    return this.#child;
  }

  async #collect(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
    let rest = "";
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      this.#printed = (this.#printed + text).slice(-KEPT);
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) this.#options.hear?.(this.name, line);
    }
  }
}

function signal(child: Deno.ChildProcess, name: Deno.Signal): void {
  try {
    child.kill(name);
  } catch {
    // It has just ended: at Ctrl-C the terminal asks all of them.
  }
}
