import { define } from "../app.ts";
import { publicMedia } from "./(_shared)/public_media.ts";

/**
 * Whether this process may be sent traffic, for balancers and supervisors: the database takes what is
 * written and the process is not on its way out. Calls may be unavailable meanwhile: text works without them.
 */
export const handler = define.handlers({
  async GET(ctx) {
    const { stores, media, leaving } = ctx.state.services;
    const database = await stores.health.answers();
    // Looked at last: it may have begun while the database was asked.
    const reason = leaving.aborted ? "shutting_down" : database ? null : "database";
    const told = { media: publicMedia(media.status()) };
    return reason === null
      ? Response.json({ status: "ready", ...told })
      : Response.json({ status: "not_ready", reason, ...told }, { status: 503 });
  },
});
