import { define } from "../app.ts";
import { identify } from "../auth/identity.ts";
import { refuse } from "../auth/refusals.ts";

/** Establishes who sends the request; refuses those who send too many. */
export default define.middleware(async (ctx) => {
  const { stores, hub, now } = ctx.state.services;
  const { technician, device } = await identify(stores, ctx.req.headers, now());
  const who = technician?.technician.id ?? device?.device.id;
  if (who !== undefined && !hub.crowd.mayRequest(who)) {
    return refuse("rate_limited", { "Retry-After": "5" });
  }
  ctx.state.technician = technician;
  ctx.state.device = device;
  return await ctx.next();
});
