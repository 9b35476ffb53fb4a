import { isRejection } from "../../../protocol/errors.ts";
import { define } from "../../../app.ts";
import { refuse } from "../../../auth/refusals.ts";
import { isId } from "../../../protocol/id.ts";
import { withRight } from "../../(_shared)/answer.ts";

/** Ends a session, for a console that is going away; every other page uses its socket. */
export const handler = define.handlers({
  DELETE: withRight("live_support", async (ctx, { technician }) => {
    const { id = "" } = ctx.params;
    if (!isId(id)) return refuse("session_ended");
    const result = await ctx.state.services.hub.endSession(technician.id, id);
    if (!isRejection(result)) return new Response(null, { status: 204 });
    return result.code === "busy"
      ? refuse("busy", { "Retry-After": "5" })
      : refuse("session_ended");
  }),
});
