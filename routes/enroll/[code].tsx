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

export default define.page<typeof handler>((
  { data: { name, before }, state: { speaker }, params },
) => {
  const { say } = speaker;
  const path = `/enroll/${params.code}`;
  if (name === null) {
    return (
      <CardPage
        speaker={speaker}
        title={say("account.setUpDevice")}
        heading={say("account.linkDead")}
        path={path}
      >
        <p>{say("account.enrollDead")}</p>
        <p>{say("account.askNewLink")}</p>
      </CardPage>
    );
  }
  return (
    <CardPage speaker={speaker} title={say("account.setUpDevice")} path={path}>
      <p>{say("account.enrollText")}</p>
      <p>{speaker.pieces("account.knownAs", { name: <strong dir="auto">{name}</strong> })}</p>
      {before !== null && before !== name && (
        <p class="notice">
          {speaker.pieces("account.setUpAs", { name: <strong dir="auto">{before}</strong> })}
        </p>
      )}
      <form method="post" class="stack">
        <button class="button button-primary" type="submit">{say("account.setUpDevice")}</button>
      </form>
    </CardPage>
  );
});
