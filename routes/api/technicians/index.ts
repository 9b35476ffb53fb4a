import { define } from "../../../app.ts";
import { withRight } from "../../(_shared)/answer.ts";

/** Everybody who signs in here. */
export const handler = define.handlers({
  GET: withRight("invite_technicians", async (ctx) => {
    const technicians = await ctx.state.services.stores.technicians.list();
    return Response.json(
      technicians.map(({ id, name, email, role }) => ({ id, name, email, role })),
    );
  }),
});
