/** Runs a command and listens to what it says. */

/** How to run a command. */
export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Ends the command (SIGTERM). */
  readonly signal?: AbortSignal;
  /** Called with every line of its output, errors included. */
  readonly onLine?: (line: string) => void;
}

/** How a command ended. */
export interface RunResult {
  readonly ok: boolean;
  /** The last lines it wrote, for a person. */
  readonly tail: string;
}

const TAIL_LINES = 30;

/** Runs `command` to its end. A command that does not exist is one that failed. */
export async function run(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  options.signal?.throwIfAborted();
  const child = spawn(command, args, options);
  if (child === null) return { ok: false, tail: `${command}: not found` };
  const tail: string[] = [];
  const hear = (line: string) => {
    tail.push(line);
    if (tail.length > TAIL_LINES) tail.shift();
    options.onLine?.(line);
  };
  await Promise.all([eachLine(child.stdout, hear), eachLine(child.stderr, hear)]);
  const { success } = await child.status;
  options.signal?.throwIfAborted();
  return { ok: success, tail: tail.join("\n") };
}

function spawn(
  command: string,
  args: readonly string[],
  { env, cwd, signal }: RunOptions,
): Deno.ChildProcess | null {
  const settings = { env, cwd, signal, stdin: "null", stdout: "piped", stderr: "piped" } as const;
  try {
    return new Deno.Command(command, { ...settings, args: [...args] }).spawn();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

async function eachLine(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  hear: (line: string) => void,
): Promise<void> {
  let rest = "";
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split(/[\r\n]+/);
    rest = lines.pop() ?? "";
    lines.filter((line) => line !== "").forEach(hear);
  }
  if (rest !== "") hear(rest);
}
