/** A clock that tests can set for one process only: libfaketime. */
import { aptInstall, ensureProgram, findProgram, type SystemProgram } from "./system_package.ts";

const FAKETIME: SystemProgram = {
  what: "libfaketime, which sets the clock of one process,",
  variable: "FAKETIME_BIN",
  names: ["faketime"],
  install: aptInstall("faketime"),
};

/** The library to be preloaded, beside the program on PATH; null: there is none. */
export async function findFakeClock(): Promise<string | null> {
  if (await findProgram(FAKETIME) === null) return null;
  for await (const { name } of Deno.readDir("/usr/lib")) {
    const library = `/usr/lib/${name}/faketime/libfaketimeMT.so.1`;
    if ((await Deno.stat(library).catch(() => null))?.isFile) return library;
  }
  return null;
}

/** Installs it where it is not. Throws a sentence that says what to do by hand. */
export async function ensureFakeClock(say: (line: string) => void): Promise<void> {
  await ensureProgram(FAKETIME, say);
}
