import { define } from "../app.ts";
import { VERSION } from "../config.ts";
import { publicMedia } from "./(_shared)/public_media.ts";

/** Whether this process is alive, for monitors; whether it may be sent traffic says readyz.ts. */
export const handler = define.handlers({
  GET(ctx) {
    const media = publicMedia(ctx.state.services.media.status());
    return Response.json({ status: "ok", version: VERSION, media });
  },
});
