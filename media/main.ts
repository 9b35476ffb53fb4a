/** A media node alone: `deno task media`. Its settings are in settings.ts. */
import { progressLine } from "./obtain/progress.ts";
import { nodeHandler } from "./server.ts";
import { readStandaloneSettings, type StandaloneSettings } from "./settings.ts";
import { StandaloneNode } from "./standalone_node.ts";

/** Runs a node until SIGINT or SIGTERM, which has its calls go elsewhere first; a second one does not. */
async function serve(settings: StandaloneSettings): Promise<void> {
  const tls = await certificate(settings);
  const line = progressLine();
  const { workerBin: bin, webUrls, url, location, ...options } = settings;
  const log = (text: string) => console.log(text);
  const node = new StandaloneNode({
    ...options,
    worker: { bin },
    onProgress: line.report,
    registration: { webUrls, url, location, log },
  });
  node.gateway.onStatus((status) => {
    if (status.state === "preparing") return;
    line.end();
    console.log(status.state === "ready" ? "Calls are ready." : `No calls: ${status.reason}`);
  });
  const server = Deno.serve(
    { port: settings.port, hostname: settings.host, ...tls },
    nodeHandler(node, settings.secret),
  );
  let stopping = false;
  const stop = async () => {
    const again = stopping;
    stopping = true;
    await (again ? node.close() : node.drain());
    await server.shutdown();
    Deno.exit();
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, stop);
  await server.finished;
}

async function certificate(
  { tls }: StandaloneSettings,
): Promise<{ cert: string; key: string } | Record<never, never>> {
  if (tls === null) return {};
  try {
    return { cert: await Deno.readTextFile(tls.cert), key: await Deno.readTextFile(tls.key) };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return giveUp([`TLS_CERT and TLS_KEY must name readable files: ${detail}`]);
  }
}

function giveUp(mistakes: readonly string[]): never {
  for (const mistake of mistakes) console.error(mistake);
  Deno.exit(1);
}

const read = readStandaloneSettings((name) => Deno.env.get(name));
await serve("settings" in read ? read.settings : giveUp(read.mistakes));
