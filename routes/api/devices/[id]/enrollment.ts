import { define } from "../../../../app.ts";
import { refuse } from "../../../../auth/refusals.ts";
import { isId } from "../../../../protocol/id.ts";
import { withRight } from "../../../(_shared)/answer.ts";
import { answerWithLink } from "../../../(_shared)/enrollment_link.ts";

/** Makes a new link for a device, e.g. after the first one expired. */
export const handler = define.handlers({
  POST: withRight("enroll_devices", async (ctx) => {
    const { id = "" } = ctx.params;
    if (!isId(id)) return refuse("unknown_device");
    const device = await ctx.state.services.stores.devices.get(id);
    return device === null ? refuse("unknown_device") : await answerWithLink(ctx, device);
  }),
});
