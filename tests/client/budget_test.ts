/** How much code a device's page loads before a call, measured on a real build. */
import { assert, assertLessOrEqual } from "@std/assert";
import { Builder } from "fresh/dev";
import { buildOptions } from "../../fresh.config.ts";

const LIMIT = 60 * 1024;
/** Every schema carries this key (Standard Schema 1.0). */
const SCHEMAS = "~standard";

Deno.test("a device's page before a call loads at most 60 KB of compressed script", async () => {
  const outDir = await Deno.makeTempDir({ prefix: "live-support-budget-" });
  try {
    await new Builder({ ...buildOptions, outDir }).build({ snapshot: "disk" });
    const folder = await scriptFolder(`${outDir}/static/_fresh/js`);
    const loaded = new Map<string, number>();
    for (const entry of ["fresh-runtime.js", "DeviceAgent.js"]) {
      await load(`${folder}/`, entry, loaded);
    }
    assert(loaded.size > 2, "the build has shared chunks");
    assertLessOrEqual(loaded.values().reduce((sum, size) => sum + size, 0), LIMIT);
  } finally {
    await Deno.remove(outDir, { recursive: true });
  }
});

/** Scripts are in a folder named after the build. */
async function scriptFolder(parent: string): Promise<string> {
  for await (const { name } of Deno.readDir(parent)) return `${parent}/${name}`;
  throw new Error(`no scripts in ${parent}`);
}

/** Adds a script and what it imports, but not what it may import later. */
async function load(folder: string, name: string, loaded: Map<string, number>): Promise<void> {
  if (loaded.has(name)) return;
  const code = await Deno.readTextFile(folder + name);
  const zipped = new Blob([code]).stream().pipeThrough(new CompressionStream("gzip"));
  assert(!code.includes(SCHEMAS), `${name}: schemas are the server's business`);
  loaded.set(name, (await new Response(zipped).arrayBuffer()).byteLength);
  for (const [, imported] of code.matchAll(/(?:\bfrom|\bimport)\s*"\.\/([^"]+)"/g)) {
    if (imported !== undefined) await load(folder, imported, loaded);
  }
}
