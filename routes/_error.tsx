import { HttpError, page } from "fresh";
import { define } from "../app.ts";
import { ERROR_PAGE_HEADERS } from "../auth/headers.ts";
import { refuse } from "../auth/refusals.ts";
import type { KeyOf } from "../locales/catalogue.ts";
import { log } from "../log/log.ts";
import type { RefusalCode } from "../protocol/refusals.ts";
import { StoreFailed } from "../store/store_failed.ts";
import { CardPage } from "./(_shared)/card_page.tsx";

/** What went wrong, for the API and for people. */
interface Explained {
  readonly status: number;
  readonly code: RefusalCode;
  readonly heading: KeyOf<"account">;
}

/** Answers whatever no route answered: the API with JSON, people with a page in plain words. */
export const handler = define.handlers((ctx) => {
  const explained = explain(ctx.error);
  if (explained.code === "internal") {
    log("request_failed", { method: ctx.req.method, route: ctx.route, error: ctx.error });
  }
  if (ctx.url.pathname.startsWith("/api/")) return refuse(explained.code, ERROR_PAGE_HEADERS);
  return page(explained, { status: explained.status, headers: ERROR_PAGE_HEADERS });
});

export default define.page<typeof handler>(({ data, state: { speaker } }) => (
  <CardPage speaker={speaker} title={speaker.say({ key: data.heading })}>
    <p>{speaker.say(`errors.${data.code}`)}</p>
    <p>
      <a class="button" href="/">{speaker.say("account.goToStart")}</a>
    </p>
  </CardPage>
));

function explain(error: unknown): Explained {
  if (error instanceof StoreFailed) {
    return { status: 503, code: "busy", heading: "account.errorInternal" };
  }
  const status = error instanceof HttpError ? error.status : 500;
  switch (status) {
    case 401:
      return { status, code: "not_signed_in", heading: "account.errorSignIn" };
    case 403:
      return { status, code: "cross_site", heading: "account.errorRefused" };
    case 404:
      return { status, code: "not_found", heading: "account.errorNotFound" };
    case 405:
      return { status, code: "bad_method", heading: "account.errorMethod" };
    case 426:
      return { status, code: "not_a_page", heading: "account.errorNotPage" };
    default:
      return { status: 500, code: "internal", heading: "account.errorInternal" };
  }
}
