/** The whole app on a store in memory, without a port: requests go through `app.handler()`. */
import { Builder } from "fresh/dev";
import { openHub } from "../../actors/hub.ts";
import type { LoadPort } from "../../actors/load.ts";
import { systemClock } from "../../actors/ports.ts";
import { createApp, servedBuild, type Services } from "../../app.ts";
import { type Config, readConfig } from "../../config.ts";
import { type MediaGateway, offGateway } from "../../media/gateway.ts";
import { buildOptions } from "../../fresh.config.ts";
import { openPushSender } from "../../push/open.ts";
import { openHubStore } from "../../store/hub_store.ts";
import { type Kv, openKv } from "../../store/kv.ts";
import { openStores, type Stores } from "../../store/mod.ts";
import { MAX_MESSAGES_A_COMMIT, MAX_TEXT_A_COMMIT } from "../../store/sessions.ts";

/** One build for all tests of a file, before any of them starts counting its resources. */
const applyBuild = await new Builder(buildOptions).build({ snapshot: "memory" });

/** What a test may want otherwise. */
export interface TestAppOptions {
  readonly config?: Partial<Config>;
  readonly now?: () => number;
  readonly demo?: (stores: Stores) => Promise<Services["demo"]>;
  readonly media?: MediaGateway;
  /** Stands between the routes' stores and the database. */
  readonly inFrontOf?: (kv: Kv) => Kv;
  readonly leaving?: AbortSignal;
  /** How loaded the process is. */
  readonly load?: LoadPort;
}

/** An app for one test; `await using` closes it. */
export interface TestApp extends AsyncDisposable {
  readonly services: Services;
  readonly stores: Stores;
  readonly kv: Kv;
  /** Sends a request, as from that network address. */
  fetch(request: Request, address?: string): Promise<Response>;
}

/** Opens an app. */
export async function openTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const read = readConfig({ DATA_DIR: ":memory:", MEDIA: "off" });
  if (!read.ok) throw new Error(read.problems.join("\n"));
  const config = { ...read.config, ...options.config };
  const now = options.now ?? Date.now;
  const kv = await openKv(config.kvPath);
  const stores = openStores(options.inFrontOf?.(kv) ?? kv);
  const media = options.media ?? offGateway("not in this test");
  const hub = await openHub({
    store: openHubStore(kv, openStores(kv), "test", now),
    media,
    push: await openPushSender(kv, config.push),
    build: servedBuild,
    clock: systemClock,
    ringFor: config.ringFor,
    load: options.load ?? { load: "calm", loop: "calm" },
    commitLimits: { maxMessages: MAX_MESSAGES_A_COMMIT, maxText: MAX_TEXT_A_COMMIT },
  });
  const demo = await options.demo?.(stores) ?? null;
  const leaving = options.leaving ?? new AbortController().signal;
  const services: Services = { stores, hub, media, demo, config, now, leaving };
  const app = createApp(services);
  applyBuild(app);
  const handler = app.handler();
  return {
    services,
    stores,
    kv,
    fetch: (request, address = "192.0.2.1") => handler(request, from(address)),
    async [Symbol.asyncDispose]() {
      await hub.close();
      kv.close();
    },
  };
}

function from(hostname: string): Deno.ServeHandlerInfo<Deno.NetAddr> {
  const remoteAddr = { transport: "tcp", hostname, port: 40_000 } as const;
  return { remoteAddr, completed: Promise.resolve() };
}
