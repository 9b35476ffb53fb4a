/** What building the worker needs of the system, and getting it. */
import { run, type RunOptions } from "./run.ts";
import type { Workplace } from "./source.ts";

/** Debian's and Ubuntu's packages; also in worker/README.md. */
const PACKAGES = [
  ...["g++", "meson", "pkg-config", "libuv1-dev", "libssl-dev"],
  ...["libsrtp2-dev", "libabsl-dev", "libflatbuffers-dev", "flatbuffers-compiler"],
];
/** What those bring. */
const COMMANDS = ["g++", "meson", "ninja", "flatc", "strip"];
const LIBRARIES = ["libuv", "openssl", "libsrtp2", "absl_strings", "flatbuffers"];

const INSTALL = ["install", "-y", "--no-install-recommends", "-o", "APT::Status-Fd=1", ...PACKAGES];

/** The command a person would give. */
const BY_HAND = `sudo apt-get install -y --no-install-recommends ${PACKAGES.join(" ")}`;

/**
 * Sees to it that the worker can be built. Answers null, or a sentence naming what is missing and
 * the command that helps.
 */
export async function ensurePackages(place: Workplace): Promise<string | null> {
  if (await allThere(place.signal)) return null;
  const apt = await aptCommand(place.signal);
  if (apt !== null) {
    await install(apt, place);
    if (await allThere(place.signal)) return null;
  }
  return `Building the media worker needs packages that are missing here. Run: ${BY_HAND}`;
}

async function allThere(signal?: AbortSignal): Promise<boolean> {
  const found = await Promise.all([
    ...COMMANDS.map((command) => run(command, ["--version"], { signal })),
    run("pkg-config", ["--exists", ...LIBRARIES], { signal }),
  ]);
  return found.every(({ ok }) => ok);
}

/** How this process may install packages; null: not at all. */
async function aptCommand(signal?: AbortSignal): Promise<string[] | null> {
  if (!(await run("apt-get", ["--version"], { signal })).ok) return null;
  if (Deno.uid() === 0) return ["apt-get"];
  const mayUseSudo = await run("sudo", ["-n", "true"], { signal });
  if (!mayUseSudo.ok) return null;
  return ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
}

async function install([command = "", ...args]: string[], place: Workplace): Promise<void> {
  const options: RunOptions = {
    env: { DEBIAN_FRONTEND: "noninteractive" },
    signal: place.signal,
    onLine: (line) => {
      const done = aptProgress(line);
      if (done !== null) place.report("installing", done);
    },
  };
  place.report("installing", 0);
  if ((await run(command, [...args, ...INSTALL], options)).ok) return;
  // A fresh container has no package lists.
  await run(command, [...args, "update"], options);
  await run(command, [...args, ...INSTALL], options);
}

/**
 * How far apt-get is, from a line of its status (apt's README.progress-reporting): the first half
 * is downloading, the second installing. Null: no such line.
 */
export function aptProgress(line: string): number | null {
  const found = /^(dl|pm)status:[^:]*(?::[^:0-9][^:]*)?:([0-9.]+):/.exec(line);
  if (found === null) return null;
  const half = Number(found[2]) / 200;
  return found[1] === "dl" ? half : 0.5 + half;
}
