/** A program that writes down what another one asks of the kernel: strace. */
import { aptInstall, ensureProgram, findProgram, type SystemProgram } from "./system_package.ts";

const STRACE: SystemProgram = {
  what: "strace, which sees what reaches the disk,",
  variable: "STRACE_BIN",
  names: ["strace"],
  install: aptInstall("strace"),
};

/** Its path, where it can look at a process of its own; null: it is not there, or not allowed to. */
export async function findTracer(): Promise<string | null> {
  const path = await findProgram(STRACE);
  if (path === null) return null;
  const look = new Deno.Command(path, {
    args: ["-f", "-e", "trace=none", "true"],
    ...{ stdin: "null", stdout: "null", stderr: "null" },
  });
  return await look.output().then(({ success }) => success ? path : null, () => null);
}

/** Installs it where it is not. Only some tests need it, and are skipped without: never throws. */
export async function ensureTracer(say: (line: string) => void): Promise<void> {
  try {
    await ensureProgram(STRACE, say);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
  }
}
