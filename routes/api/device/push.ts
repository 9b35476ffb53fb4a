import * as v from "valibot";
import { define } from "../../../app.ts";
import { refuse } from "../../../auth/refusals.ts";
import { LanguageSchema, PushSubscriptionSchema } from "../../../protocol/push.ts";
import { answerCommand, withDevice } from "../../(_shared)/answer.ts";
import { readJson } from "../../(_shared)/request.ts";

const WantedSchema = v.strictObject({
  subscription: PushSubscriptionSchema,
  language: LanguageSchema,
});

/** For a service worker whose browser changed its subscription by itself; pages use their socket. */
export const handler = define.handlers({
  PUT: withDevice(async (ctx, { device, tokenHash }) => {
    const wanted = v.safeParse(WantedSchema, await readJson(ctx.req));
    if (!wanted.success) return refuse("bad_json");
    const { subscription, language } = wanted.output;
    const { notifications } = ctx.state.services.hub;
    return answerCommand(
      await notifications.subscribe(device.id, tokenHash, subscription, language),
    );
  }),
});
