import { HttpError, page } from "fresh";
import { define } from "../app.ts";
import { ERROR_PAGE_HEADERS } from "../auth/headers.ts";
import { type RefusalCode, refusalSentence, refuse } from "../auth/refusals.ts";
import { CardPage } from "./(_shared)/card_page.tsx";

/** What went wrong, for the API and for people. */
interface Explained {
  readonly status: number;
  readonly code: RefusalCode;
  readonly heading: string;
}

/** Answers whatever no route answered: the API with JSON, people with a page in plain words. */
export const handler = define.handlers((ctx) => {
  const explained = explain(ctx.error);
  if (explained.status >= 500) console.error(ctx.error);
  if (ctx.url.pathname.startsWith("/api/")) return refuse(explained.code, ERROR_PAGE_HEADERS);
  return page(explained, { status: explained.status, headers: ERROR_PAGE_HEADERS });
});

export default define.page<typeof handler>(({ data }) => (
  <CardPage title={data.heading}>
    <p>{refusalSentence(data.code)}</p>
    <p>
      <a class="button" href="/">Go to the start page</a>
    </p>
  </CardPage>
));

function explain(error: unknown): Explained {
  const status = error instanceof HttpError ? error.status : 500;
  switch (status) {
    case 401:
      return { status, code: "not_signed_in", heading: "Please sign in" };
    case 403:
      return { status, code: "cross_site", heading: "That was refused" };
    case 404:
      return { status, code: "not_found", heading: "Page not found" };
    case 405:
      return { status, code: "bad_method", heading: "That does not work here" };
    case 426:
      return { status, code: "not_a_page", heading: "That is not a page" };
    default:
      return { status: 500, code: "internal", heading: "Something went wrong" };
  }
}
