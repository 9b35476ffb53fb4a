/**
 * Whether this process is alive, and whether it may be sent traffic: for monitors, supervisors and
 * balancers. app.ts answers both before anybody is identified, so that neither needs the database
 * to be there.
 */
import { VERSION } from "./config.ts";
import { type MediaStatus, publicMedia } from "./protocol/service.ts";

/** What is looked at. */
export interface HealthOf {
  readonly stores: { readonly health: { answers(): Promise<boolean> } };
  readonly media: { status(): MediaStatus };
  /** Aborted when this process is on its way out. */
  readonly leaving: AbortSignal;
}

/** `GET /healthz`: this process is alive. */
export function alive({ media }: HealthOf): Response {
  return answer(200, { status: "ok", version: VERSION, media: publicMedia(media.status()) });
}

/**
 * `GET /readyz`: the database takes what is written and the process is not on its way out. Calls may
 * be unavailable meanwhile: text works without them.
 */
export async function ready({ stores, media, leaving }: HealthOf): Promise<Response> {
  // Whoever leaves says so at once, whatever the database does.
  const database = leaving.aborted || await stores.health.answers();
  // Looked at again: it may have begun while the database was asked.
  const reason = leaving.aborted ? "shutting_down" : database ? null : "database";
  const told = { media: publicMedia(media.status()) };
  return reason === null
    ? answer(200, { status: "ready", ...told })
    : answer(503, { status: "not_ready", reason, ...told });
}

function answer(status: number, body: unknown): Response {
  return Response.json(body, { status, headers: { "cache-control": "no-store" } });
}
