/** A media node alone: `deno task media`. Its settings are in settings.ts. */
import { log, logCrashes, openLog } from "../log/log.ts";
import { onStopSignals } from "../log/stop_signals.ts";
import { nodeHandler } from "./server.ts";
import { readStandaloneSettings, type StandaloneSettings } from "./settings.ts";
import { StandaloneNode } from "./standalone_node.ts";
import { tellCalls } from "./tell_calls.ts";

/** Runs a node until SIGINT or SIGTERM, which has its calls go elsewhere first; a second one does not. */
async function serve(settings: StandaloneSettings): Promise<void> {
  openLog(settings.log);
  logCrashes();
  const tls = await certificate(settings);
  const calls = tellCalls(settings.log);
  const { workerBin: bin, webUrls, url, location, log: _, ...options } = settings;
  const node = new StandaloneNode({
    ...options,
    worker: { bin },
    onProgress: calls.onProgress,
    registration: { webUrls, url, location },
  });
  const untell = node.gateway.onStatus(calls.onStatus);
  const server = Deno.serve(
    { port: settings.port, hostname: settings.host, ...tls, onListen: sayWhere },
    nodeHandler(node, settings.secret),
  );
  onStopSignals(async (again) => {
    untell();
    await (again ? node.close() : node.drain());
    await server.shutdown();
    log("stopped");
    Deno.exit();
  });
  await server.finished;
}

/** For who starts it by hand. */
function sayWhere({ hostname, port }: Deno.NetAddr): void {
  console.log(`The media node listens on ${hostname}, port ${port}.`);
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
