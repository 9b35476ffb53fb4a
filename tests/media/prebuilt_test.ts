/** The ready-made worker, downloaded by the npm package's own postinstall from a server of the test. */
import { assert, assertEquals } from "@std/assert";
import { prebuilt } from "../../media/obtain/prebuilt.ts";
import { smokeTest } from "../../media/obtain/smoke.ts";
import { obtainWorker } from "../../media/worker_binary.ts";

const BASE_URL = "MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL";
const PACKAGE_ROOT = new URL("../../", import.meta.resolve("mediasoup"));

/** Judges what `prebuilt` finds where the download is answered with `body` (null: not found). */
async function download(
  body: Uint8Array<ArrayBuffer> | null,
  judge: (bin: string | null) => Promise<void>,
): Promise<void> {
  const options = { hostname: "127.0.0.1", port: 0, onListen: () => {} };
  const server = Deno.serve(options, () => new Response(body, { status: body ? 200 : 404 }));
  const folder = await Deno.makeTempDir({ prefix: "live-support-prebuilt-" });
  const before = [Deno.env.get(BASE_URL), Deno.env.get("MEDIASOUP_WORKER_BIN")];
  Deno.env.set(BASE_URL, `http://127.0.0.1:${server.addr.port}`);
  Deno.env.delete("MEDIASOUP_WORKER_BIN");
  try {
    const result = await prebuilt({ folder, packageRoot: PACKAGE_ROOT, report: () => {} });
    await judge("bin" in result ? result.bin : null);
  } finally {
    restore(BASE_URL, before[0]);
    restore("MEDIASOUP_WORKER_BIN", before[1]);
    await server.shutdown();
    await Deno.remove(folder, { recursive: true });
  }
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) Deno.env.delete(name);
  else Deno.env.set(name, value);
}

/** A worker packed like those that mediasoup's makers offer. */
async function packed(): Promise<Uint8Array<ArrayBuffer>> {
  const bin = await obtainWorker({ bin: Deno.env.get("MEDIASOUP_WORKER_BIN") });
  const folder = await Deno.makeTempDir({ prefix: "live-support-packed-" });
  await Deno.copyFile(bin, `${folder}/mediasoup-worker`);
  const args = ["-czf", "-", "-C", folder, "mediasoup-worker"];
  const { stdout } = await new Deno.Command("tar", { args }).output();
  await Deno.remove(folder, { recursive: true });
  return stdout;
}

Deno.test("a ready-made worker is downloaded and works", async () => {
  await download(await packed(), async (bin) => {
    assert(bin !== null);
    await smokeTest(bin);
  });
});

Deno.test("no ready-made worker, or a broken one, is none, and nothing is built instead", async () => {
  await download(null, (bin) => Promise.resolve(assertEquals(bin, null)));
  await download(new Uint8Array([1, 2, 3]), (bin) => Promise.resolve(assertEquals(bin, null)));
  const left = await Array.fromAsync(Deno.readDir(new URL("worker/", PACKAGE_ROOT)));
  assert(
    !left.some(({ name }) => name === "out" || name === "prebuild"),
    "the package is untouched",
  );
});
