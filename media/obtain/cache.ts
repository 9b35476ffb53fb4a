/** Where a media worker is kept: a folder named after everything that makes one differ. */

/** Tells why there is no place for a cache. */
const NO_HOME = "There is no cache folder: set XDG_CACHE_HOME or HOME, or MEDIASOUP_WORKER_BIN.";

/** The folder that holds all caches of this project. Throws a sentence where there is none. */
export function defaultCacheFolder(
  env: (name: string) => string | undefined = (name) => Deno.env.get(name),
): string {
  const folder = env("XDG_CACHE_HOME") || env("LOCALAPPDATA");
  if (folder) return `${folder}/live-support`;
  const home = env("HOME");
  if (!home) throw new Error(NO_HOME);
  return `${home}/.cache/live-support`;
}

/**
 * The name of the folder for one kind of worker: mediasoup's version, a hash of every file in
 * `recipe` (how it is built) and the system whose libraries it links.
 */
export async function cacheKey(version: string, recipe: URL, system: string): Promise<string> {
  const hash = await hashFolder(recipe);
  return `mediasoup-worker-${version}-${hash.slice(0, 12)}-${system}`;
}

/** This system's name, e.g. "debian-12-x86_64". */
export function systemName(
  release: string = osRelease(),
  { os, arch }: { os: string; arch: string } = Deno.build,
): string {
  const field = (name: string) => new RegExp(`^${name}="?([^"\n]*)"?$`, "m").exec(release)?.[1];
  const version = field("VERSION_ID") ?? field("VERSION_CODENAME") ?? "rolling";
  return [field("ID") ?? os, version, arch].join("-").replaceAll(/[^A-Za-z0-9._-]/g, "_");
}

function osRelease(): string {
  if (Deno.build.os !== "linux") return `VERSION_ID=${Deno.osRelease()}\n`;
  try {
    return Deno.readTextFileSync("/etc/os-release");
  } catch {
    return "";
  }
}

async function hashFolder(folder: URL): Promise<string> {
  const files = (await listFiles(folder)).sort((a, b) => a.href < b.href ? -1 : 1);
  const hashes = await Promise.all(files.map(async (file) => {
    const content = await sha256(await Deno.readFile(file));
    return `${file.href.slice(folder.href.length)} ${content}\n`;
  }));
  return await sha256(new TextEncoder().encode(hashes.join("")));
}

async function listFiles(folder: URL): Promise<URL[]> {
  const found: URL[] = [];
  for await (const entry of Deno.readDir(folder)) {
    if (entry.name.endsWith(".md")) continue; // Words about it change nothing in it.
    if (entry.isFile) found.push(new URL(entry.name, folder));
    else if (entry.isDirectory) found.push(...await listFiles(new URL(`${entry.name}/`, folder)));
  }
  return found;
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
