/** Live Support: opens the store, media and the hub, and exports the app that serves them. */
import { openHub } from "./actors/hub.ts";
import { LoadMeter } from "./actors/load.ts";
import { systemClock } from "./actors/ports.ts";
import { createApp, servedBuild, type Services } from "./app.ts";
import { seedDemo } from "./auth/demo.ts";
import { createFirstAdministrator, firstSetupToken } from "./auth/setup.ts";
import { newToken } from "./auth/tokens.ts";
import { localUrl, type MediaConfig, readConfig, VERSION } from "./config.ts";
import { log, logCrashes, openLog } from "./log/log.ts";
import { onStopSignals } from "./log/stop_signals.ts";
import { type MediaGateway, offGateway } from "./media/gateway.ts";
import { NodesGateway } from "./media/nodes_gateway.ts";
import { tellCalls } from "./media/tell_calls.ts";
import { openPushSender } from "./push/open.ts";
import { FileTaken, ownFile } from "./store/file_owner.ts";
import { FreedPages } from "./store/freed_pages.ts";
import { openHubStore } from "./store/hub_store.ts";
import { isFile, isOwn, openKv } from "./store/kv.ts";
import { MediaNodeStore } from "./store/media_nodes.ts";
import { openStores } from "./store/mod.ts";
import { MAX_MESSAGES_A_COMMIT, MAX_TEXT_A_COMMIT } from "./store/sessions.ts";
import type { ToldKv } from "./store/told_kv.ts";

const read = readConfig(Deno.env.toObject());
if (!read.ok) {
  for (const problem of read.problems) console.error(problem);
  Deno.exit(1);
}
const { config } = read;
openLog(config.log);
logCrashes();
const shutdown = new AbortController();

const kv = await openDatabase(config.kvPath).catch((error: unknown) => {
  const database = config.kvPath ?? "";
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof FileTaken) log("database_taken", { database });
  else log("database_not_opened", { database, reason });
  return Deno.exit(1);
});
const stores = openStores(kv);
const media = await openMedia(config.media, () => stores.policy.ticketSecret(newToken));
const push = await openPushSender(kv, config.push);
const freed = isFile(config.kvPath) ? new FreedPages(config.kvPath, kv) : null;
const store = openHubStore(kv, stores, crypto.randomUUID(), Date.now, {
  erased: () => freed?.erased(),
  alone: isOwn(config.kvPath),
});
const meter = new LoadMeter(systemClock, () => store.sessions.commitDelay);
const hub = await openHub({
  store,
  media,
  push,
  build: servedBuild,
  clock: systemClock,
  ringFor: config.ringFor,
  load: meter,
  commitLimits: { maxMessages: MAX_MESSAGES_A_COMMIT, maxText: MAX_TEXT_A_COMMIT },
});
const demo = config.demo ? await seedDemo(stores, Date.now()) : null;

/** How long the end waits for pages to take leave, in milliseconds. */
const GOODBYE_MS = 2_000;
/** How long it waits for a store that may be away, in milliseconds. */
const LEAVE_MS = 10_000;
/** How long for calls: nodes are read from that store, too, and a worker may still be obtained. */
const MEDIA_MS = 3_000;

/** What the routes work with; tasks/demo.ts reads the demo's links here. */
export const services: Services = {
  ...{ stores, hub, media, demo, config },
  now: Date.now,
  leaving: shutdown.signal,
};

/** The app; the build's `_fresh/server.js` serves it. */
export const app = createApp(services);

if (config.administrator !== null) {
  await createFirstAdministrator(stores, config.administrator, Date.now());
}
const setup = await firstSetupToken(stores);
if (setup !== null) {
  console.log(`Create the administrator: ${localUrl(config)}/setup/${setup}`);
}
closeOnSignals();
log("started", { version: VERSION });

async function openDatabase(path: string | undefined): Promise<ToldKv> {
  if (isFile(path)) await ownFile(path);
  return await openKv(path);
}

async function openMedia(
  wanted: MediaConfig,
  storedSecret: () => Promise<string>,
): Promise<MediaGateway> {
  switch (wanted.kind) {
    case "off":
      return offGateway(wanted.reason);
    case "nodes":
      return new NodesGateway({
        ...wanted,
        book: new MediaNodeStore(kv, Date.now),
        now: Date.now,
      });
    case "local": {
      // The only way to mediasoup: on Deno Deploy it is never taken, so never loaded.
      const { localGateway } = await import("./media/local_gateway.ts");
      const { workerBin: bin, ...node } = wanted.node;
      const secret = wanted.secret ?? await storedSecret();
      const { onProgress, onStatus } = tellCalls(config.log);
      const gateway = localGateway({ ...node, secret, worker: { bin }, onProgress });
      gateway.onStatus((status) => {
        if (!shutdown.signal.aborted) onStatus(status);
      });
      return gateway;
    }
  }
}

/**
 * Ctrl-C and SIGTERM: /readyz says so at once. Where there are other processes, the balancer gets time
 * to notice and pages are handed over to them. Then whoever is left is told, the worker and the store
 * closed. A second signal does not wait.
 */
function closeOnSignals(): void {
  onStopSignals(async (again) => {
    if (again) Deno.exit(1);
    shutdown.abort();
    if (config.drainFor > 0) {
      await pass(config.drainFor);
      await inTime(hub.handOver(), LEAVE_MS);
    }
    const stored = await inTime(hub.close(), LEAVE_MS);
    await inTime(media.close(), MEDIA_MS);
    // What pages are told at the end has to reach them; a dead one must not hold the exit up.
    await inTime(hub.pagesGone(), GOODBYE_MS);
    freed?.close();
    kv.close();
    log(stored ? "stopped" : "stopped_unsure");
    Deno.exit(stored ? 0 : 1);
  });
}

/** Waits for `done`, but for so many milliseconds at most; whether it was done by then. */
function inTime(done: Promise<void>, milliseconds: number): Promise<boolean> {
  return Promise.race([done.then(() => true), pass(milliseconds).then(() => false)]);
}

function pass(milliseconds: number): Promise<void> {
  return new Promise((over) => setTimeout(over, milliseconds));
}
