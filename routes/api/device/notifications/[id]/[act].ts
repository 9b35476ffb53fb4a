import { define } from "../../../../../app.ts";
import { refuse } from "../../../../../auth/refusals.ts";
import { ULID } from "../../../../../protocol/notification.ts";
import { answerCommand, withDevice } from "../../../../(_shared)/answer.ts";

/** What a device's service worker does with a notification (N1), with no page open; pages use their socket. */
export const handler = define.handlers({
  POST: withDevice(async (ctx, { device, tokenHash }) => {
    const { id = "", act } = ctx.params;
    if (!ULID.test(id) || (act !== "read" && act !== "received")) return refuse("not_found");
    const { notifications } = ctx.state.services.hub;
    return answerCommand(await notifications.act(device.id, tokenHash, id, act));
  }),
});
