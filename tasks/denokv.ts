/**
 * denokv, the KV Connect server that several web processes share: there is no package of it, so it is
 * built by cargo, once, into the cache folder. Nothing but `deno task cluster` asks for that.
 */
import { defaultCacheFolder } from "../media/obtain/cache.ts";
import { findProgram, type SystemProgram } from "./system_package.ts";

/** The version this project is tried with. */
const VERSION = "0.14.0";

const ROOT = `${defaultCacheFolder()}/denokv`;
const INSTALL = `cargo install denokv --version ${VERSION} --locked --root ${ROOT}`;

const DENOKV: SystemProgram = {
  what: "denokv, a KV Connect server,",
  variable: "DENOKV_BIN",
  names: ["denokv"],
  install: INSTALL,
};

/** How to get it, as a sentence. */
export const HOW_TO_GET_DENOKV =
  `\`deno task cluster\` builds it (with Rust's cargo, in about ten minutes), or set DENOKV_BIN.`;

/** Its path: DENOKV_BIN, the one built before, or the first on PATH; null: there is none. */
export async function findDenokv(): Promise<string | null> {
  const built = `${ROOT}/bin/denokv`;
  const file = await Deno.stat(built).catch(() => null);
  const given = Deno.env.get(DENOKV.variable);
  return !given && file?.isFile ? built : await findProgram(DENOKV);
}

/** Builds it where there is none; cargo shows how far it is. Throws a sentence that says what to do. */
export async function ensureDenokv(say: (line: string) => void): Promise<string> {
  const found = await findDenokv();
  if (found !== null) return found;
  say(`Building denokv ${VERSION} with cargo, once; this takes about ten minutes …`);
  const [program = "", ...args] = INSTALL.split(" ");
  const built = await new Deno.Command(program, { args, stdin: "null" }).spawn().status
    .catch(() => null);
  const path = built?.success ? await findDenokv() : null;
  if (path !== null) return path;
  throw new Error(
    "denokv could not be built: it needs Rust's cargo (https://rustup.rs) and a C compiler. Build it " +
      `by hand, or set DENOKV_BIN to one that is there:\n  ${INSTALL}`,
  );
}
