/** The app: what every request passes through on its way to routes/. Tests call its `handler()`. */
import { App, createDefine, HttpError, staticFiles } from "fresh";
import { asset } from "fresh/runtime";
import type { Hub } from "./actors/hub.ts";
import type { Demo } from "./auth/demo.ts";
import { sameSiteOnly, securityHeaders } from "./auth/headers.ts";
import type { BoundDevice, SignedIn } from "./auth/identity.ts";
import { readCookies } from "./auth/cookies.ts";
import type { Config } from "./config.ts";
import { appConfig } from "./fresh.config.ts";
import { alive, ready } from "./health.ts";
import { FALLBACK, LOCALES, speakerOf } from "./locales/catalogues.ts";
import { chooseLocale } from "./locales/choose.ts";
import type { Speaker } from "./locales/speaker.ts";
import type { MediaGateway } from "./media/gateway.ts";
import { connectSources } from "./media/node_origins.ts";
import { MEDIA_SOCKET_PATH } from "./protocol/media.ts";
import { MEDIA_NODES_PATH } from "./protocol/media_node.ts";
import type { Stores } from "./store/mod.ts";

/** What routes work with; opened by main.ts, or by a test. */
export interface Services {
  readonly stores: Stores;
  readonly hub: Hub;
  readonly media: MediaGateway;
  /** The demo under way; null on a real deployment. */
  readonly demo: Demo | null;
  readonly config: Pick<Config, "publicUrl" | "trustProxy" | "media" | "attachments">;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Aborted when this process is on its way out. */
  readonly leaving: AbortSignal;
}

/** What a request carries through middlewares and routes. */
export interface State {
  services: Services;
  /** Speaks the language this browser is answered in. */
  speaker: Speaker;
  /** Who signed in with this browser; set by routes/_middleware.ts, as the next one. */
  technician: SignedIn | null;
  /** The device this browser is bound to. */
  device: BoundDevice | null;
}

/** Types for route files. */
export const define = createDefine<State>();

/** Names the build that is served: two builds never have the same name. */
export function servedBuild(): string {
  // Fresh pins what belongs to a build by an address of its own, and tells its build's id no other way.
  return asset("/build");
}

/** Puts the app together. Its file routes come with the build (dev.ts). */
export function createApp(services: Services): App<State> {
  const { publicUrl, trustProxy, media } = services.config;
  return new App<State>({ ...appConfig, trustProxy })
    .use((ctx) => {
      if (trustProxy) dropOwnPort(ctx.req.headers, ctx.url);
      ctx.state.speaker = speakerFor(ctx.req.headers);
      return ctx.next();
    })
    .use(async (ctx) => {
      const response = await ctx.next();
      // RFC 9110 8.5; the service worker keeps its offline page in the same language.
      if (response.headers.get("content-type")?.startsWith("text/html")) {
        response.headers.set("Content-Language", ctx.state.speaker.words.locale);
      }
      return response;
    })
    .use(securityHeaders(media.kind === "nodes" ? connectSources(media.origins) : []))
    .use(staticFiles())
    .use(sameSiteOnly(publicUrl))
    .use((ctx) => {
      ctx.state.services = services;
      return ctx.next();
    })
    // Before anybody is identified (routes/_middleware.ts), which takes the database.
    .get("/healthz", (ctx) => alive(ctx.state.services))
    .get("/readyz", (ctx) => ready(ctx.state.services))
    // The media node's own socket, where it lives in this process; its tickets say who comes.
    .get(MEDIA_SOCKET_PATH, (ctx) => {
      const { media } = ctx.state.services;
      if (media.handle === undefined) throw new HttpError(404);
      return media.handle(ctx.req);
    })
    // Where media nodes elsewhere register; what they say is signed.
    .post(MEDIA_NODES_PATH, async (ctx) => {
      const { media } = ctx.state.services;
      if (media.register === undefined) throw new HttpError(404);
      return await media.register(ctx.req);
    })
    .fsRoutes();
}

/** Speaks what the person chose, else what their browser asks for. */
function speakerFor(headers: Headers): Speaker {
  const explicit = readCookies(headers).language;
  const accept = headers.get("accept-language");
  const { locale, region } = chooseLocale(LOCALES, FALLBACK, explicit, accept);
  return speakerOf(locale, region);
}

/** With X-Forwarded-Host Fresh changes the address's host but leaves the port behind the proxy. */
function dropOwnPort(headers: Headers, url: URL): void {
  const host = headers.get("x-forwarded-host");
  if (host !== null && !/:\d+$/.test(host)) url.port = "";
}
