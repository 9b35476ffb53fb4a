import * as v from "valibot";
import { define } from "../../../app.ts";
import { cleanName } from "../../../auth/fields.ts";
import { refuse } from "../../../auth/refusals.ts";
import { withRight } from "../../(_shared)/answer.ts";
import { answerWithLink } from "../../(_shared)/enrollment_link.ts";
import { readJson } from "../../(_shared)/request.ts";

const NewDeviceSchema = v.strictObject({ name: v.string() });

/** Adds a device and answers with the link that sets it up. The list itself comes by the socket. */
export const handler = define.handlers({
  POST: withRight("enroll_devices", async (ctx) => {
    const wanted = v.safeParse(NewDeviceSchema, await readJson(ctx.req));
    if (!wanted.success) return refuse("bad_json");
    const name = cleanName(wanted.output.name);
    if (name === null) return refuse("bad_name");
    const { stores, now } = ctx.state.services;
    return await answerWithLink(ctx, await stores.devices.create(name, now()));
  }),
});
