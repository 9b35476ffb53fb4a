import * as v from "valibot";
import { define } from "../../../app.ts";
import { refuse } from "../../../auth/refusals.ts";
import { ROLES } from "../../../auth/rights.ts";
import { invite } from "../../../auth/setup.ts";
import { withRight } from "../../(_shared)/answer.ts";
import { linkBase, readJson } from "../../(_shared)/request.ts";

const InvitationSchema = v.strictObject({ role: v.picklist(ROLES) });

/** Makes a one-time link with which a colleague creates an account. */
export const handler = define.handlers({
  POST: withRight("invite_technicians", async (ctx) => {
    const wanted = v.safeParse(InvitationSchema, await readJson(ctx.req));
    if (!wanted.success) return refuse("bad_json");
    const { stores, now } = ctx.state.services;
    const { token, expiresAt } = await invite(stores, wanted.output.role, now());
    return Response.json({ link: `${linkBase(ctx)}/setup/${token}`, expiresAt }, { status: 201 });
  }),
});
