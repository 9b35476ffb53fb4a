/** Knowing whether _fresh/ was built from the sources as they are now. */
import { walk } from "./walk.ts";

const ROOT = new URL("../", import.meta.url);
const NOTE = new URL("_fresh/sources", ROOT);

/** Everything a build is made of. Server code is not in it: a build only refers to that. */
const SOURCES = [
  "routes",
  "islands",
  "components",
  "client",
  "protocol",
  "locales",
  "static",
  "standins/fresh",
  "deno.json",
  "deno.lock",
  "dev.ts",
  "fresh.config.ts",
];

/** Whether there is a build of the sources as they are now. */
export async function isBuilt(): Promise<boolean> {
  try {
    return await Deno.readTextFile(NOTE) === await hashSources();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Notes what the build that was just made is made of. */
export async function noteBuild(): Promise<void> {
  await Deno.writeTextFile(NOTE, await hashSources());
}

async function hashSources(): Promise<string> {
  const files = (await Promise.all(SOURCES.map((name) => walk(new URL(name, ROOT))))).flat();
  const lines = await Promise.all(files.map(async (file) => {
    const digest = await crypto.subtle.digest("SHA-256", await Deno.readFile(file));
    return `${new Uint8Array(digest).toHex()} ${file.href.slice(ROOT.href.length)}`;
  }));
  return lines.sort().join("\n");
}
