import { page } from "fresh";
import { define } from "../../app.ts";
import { setDeviceCookie } from "../../auth/cookies.ts";
import { findEnrollment, useEnrollment } from "../../auth/enrollment.ts";
import { refusalStatus } from "../../auth/refusals.ts";
import { seeOther } from "../(_shared)/answer.ts";
import { CardPage } from "../(_shared)/card_page.tsx";
import { secureCookies } from "../(_shared)/request.ts";

interface Data {
  /** What the device will be called; null: the link does not work. */
  readonly name: string | null;
  /** What this browser is set up as already. */
  readonly before: string | null;
}

const LINK_USED = refusalStatus("link_used");

/** The one-time link that makes this browser a device. Opening it does not use it up. */
export const handler = define.handlers({
  async GET(ctx) {
    const { services, device: bound } = ctx.state;
    const device = await findEnrollment(services.stores, ctx.params.code ?? "", services.now());
    // Opened again after it did its work, e.g. from the browser's history.
    if (device === null && bound !== null) return ctx.redirect("/device");
    const before = bound?.device.name ?? null;
    return page(
      { name: device?.name ?? null, before },
      { status: device === null ? LINK_USED : 200 },
    );
  },
  async POST(ctx) {
    const { services, device: bound } = ctx.state;
    const enrolled = await useEnrollment(services.stores, ctx.params.code ?? "", services.now());
    if (enrolled === null) {
      if (bound !== null) return seeOther("/device");
      const data: Data = { name: null, before: null };
      return page(data, { status: LINK_USED });
    }
    const headers = new Headers();
    setDeviceCookie(headers, enrolled.token, secureCookies(ctx));
    return seeOther("/device", headers);
  },
});

export default define.page<typeof handler>(({ data: { name, before } }) => {
  if (name === null) {
    return (
      <CardPage title="Set up this device" heading="This link does not work any more">
        <p>
          A link works once and for one day. This one was already used, or it is too old. Nothing is
          broken.
        </p>
        <p>Please ask your support team for a new link, and open it on this device.</p>
      </CardPage>
    );
  }
  return (
    <CardPage title="Set up this device">
      <p>
        After this, your support team can call and write to you on this device when you need help.
        They cannot see or hear anything until you say yes.
      </p>
      <p>
        Your support team knows this device as <strong>{name}</strong>.
      </p>
      {before !== null && before !== name && (
        <p class="notice">
          This device is set up as <strong>{before}</strong> now. That will be replaced.
        </p>
      )}
      <form method="post" class="stack">
        <button class="button button-primary" type="submit">Set up this device</button>
      </form>
    </CardPage>
  );
});
