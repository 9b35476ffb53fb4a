import { define } from "../../../app.ts";
import { withDevice } from "../../(_shared)/answer.ts";

/** What a push with this `tag` is about now, for a service worker that has just got one. */
export const handler = define.handlers({
  GET: withDevice(async (ctx, { device }) => {
    const tag = ctx.url.searchParams.get("tag") ?? "";
    const waits = await ctx.state.services.hub.notifications.waits(device.id, tag);
    return Response.json({ waits }, { headers: { "cache-control": "no-store" } });
  }),
});
