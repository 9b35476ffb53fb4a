import { define } from "../app.ts";
import { identify } from "../auth/identity.ts";

/** Establishes who sends the request. */
export default define.middleware(async (ctx) => {
  const { stores, now } = ctx.state.services;
  const { technician, device } = await identify(stores, ctx.req.headers, now());
  ctx.state.technician = technician;
  ctx.state.device = device;
  return await ctx.next();
});
