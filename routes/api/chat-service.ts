import * as v from "valibot";
import { define } from "../../app.ts";
import { refuse } from "../../auth/refusals.ts";
import { withRight } from "../(_shared)/answer.ts";
import { readJson } from "../(_shared)/request.ts";

const ChatServiceSchema = v.strictObject({
  service: v.boolean(),
  text: v.boolean(),
  files: v.boolean(),
  voice: v.boolean(),
  video: v.boolean(),
});

/** The switches of the whole deployment (M1). Writing them is enough: every process watches them. */
export const handler = define.handlers({
  GET: withRight("manage_settings", async (ctx) => {
    return Response.json(await ctx.state.services.stores.policy.chatService());
  }),
  PUT: withRight("manage_settings", async (ctx) => {
    const wanted = v.safeParse(ChatServiceSchema, await readJson(ctx.req));
    if (!wanted.success) return refuse("bad_json");
    await ctx.state.services.stores.policy.setChatService(wanted.output);
    return Response.json(wanted.output);
  }),
});
