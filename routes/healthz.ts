import { define } from "../app.ts";
import { VERSION } from "../config.ts";

/** Whether this process serves, for monitors. Why calls are unavailable is nobody else's business. */
export const handler = define.handlers({
  GET(ctx) {
    const media = ctx.state.services.media.status();
    const { state } = media;
    return Response.json({
      status: "ok",
      version: VERSION,
      media: state === "preparing" ? { state, progress: media.progress } : { state },
    });
  },
});
