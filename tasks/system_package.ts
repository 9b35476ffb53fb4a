/** Programs the tests need: found on this machine, or installed from its packages (Debian, Ubuntu). */

/** A program and where it comes from. */
export interface SystemProgram {
  /** What it is called in a sentence. */
  readonly what: string;
  /** The variable that names a ready one. */
  readonly variable: string;
  /** What its executable may be called. */
  readonly names: readonly string[];
  /** The shell commands that install it. */
  readonly install: string;
}

/** The shell command that installs a package without what it merely recommends. */
export function aptInstall(name: string): string {
  return "apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y " +
    `--no-install-recommends ${name}`;
}

/** The path of a program: what its variable says, or the first on PATH; null: there is none. */
export async function findProgram({ variable, names }: SystemProgram): Promise<string | null> {
  const given = Deno.env.get(variable);
  if (given) return given;
  for (const folder of (Deno.env.get("PATH") ?? "").split(":")) {
    for (const name of names) {
      const path = `${folder}/${name}`;
      const file = await Deno.stat(path).catch(() => null);
      if (file?.isFile) return path;
    }
  }
  return null;
}

/** Installs a program where there is none. Throws a sentence that says what to do by hand. */
export async function ensureProgram(
  program: SystemProgram,
  say: (line: string) => void,
): Promise<string> {
  const found = await findProgram(program);
  if (found !== null) return found;
  const { what, variable, install } = program;
  say(`Installing ${what} for the tests …`);
  const command = Deno.uid() === 0 ? ["sh", "-c", install] : ["sudo", "-n", "sh", "-c", install];
  const installed = await run(command) ? await findProgram(program) : null;
  if (installed !== null) return installed;
  throw new Error(
    `The tests need ${what}, and it could not be installed. Run this as root, or set ${variable} ` +
      `to one that is there:\n  ${install}`,
  );
}

async function run([program = "", ...args]: string[]): Promise<boolean> {
  try {
    return (await new Deno.Command(program, { args, stdin: "null" }).spawn().status).success;
  } catch {
    return false; // No such program: the caller says what to do.
  }
}
