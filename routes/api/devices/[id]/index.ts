import { define } from "../../../../app.ts";
import { refuse } from "../../../../auth/refusals.ts";
import { isId } from "../../../../protocol/id.ts";
import { withRight } from "../../../(_shared)/answer.ts";

/** Removes a device; its pages are told at once (the hub watches). */
export const handler = define.handlers({
  DELETE: withRight("remove_devices", async (ctx) => {
    const { id = "" } = ctx.params;
    if (!isId(id)) return refuse("unknown_device");
    const result = await ctx.state.services.stores.devices.remove(id);
    return result === "removed" ? new Response(null, { status: 204 }) : refuse(result);
  }),
});
