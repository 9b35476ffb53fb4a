/** Chromium for the end-to-end tests: found, or installed from the system's packages. */

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const INSTALL = "apt-get update && " +
  "DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium";

/** The path of a Chromium: CHROMIUM_BIN, or the first on PATH; null: there is none. */
export async function findChromium(): Promise<string | null> {
  const given = Deno.env.get("CHROMIUM_BIN");
  if (given) return given;
  for (const folder of (Deno.env.get("PATH") ?? "").split(":")) {
    for (const name of NAMES) {
      const path = `${folder}/${name}`;
      const file = await Deno.stat(path).catch(() => null);
      if (file?.isFile) return path;
    }
  }
  return null;
}

/** Installs Chromium where there is none. Throws a sentence that says what to do by hand. */
export async function ensureChromium(say: (line: string) => void): Promise<string> {
  const found = await findChromium();
  if (found !== null) return found;
  say("Installing Chromium for the tests …");
  const command = Deno.uid() === 0 ? ["sh", "-c", INSTALL] : ["sudo", "-n", "sh", "-c", INSTALL];
  const installed = await run(command) ? await findChromium() : null;
  if (installed !== null) return installed;
  throw new Error(
    "The tests need Chromium, and it could not be installed. Run this as root, or set " +
      `CHROMIUM_BIN to a Chromium that is there:\n  ${INSTALL}`,
  );
}

async function run([program = "", ...args]: string[]): Promise<boolean> {
  try {
    return (await new Deno.Command(program, { args, stdin: "null" }).spawn().status).success;
  } catch {
    return false; // No such program: the caller says what to do.
  }
}
