import { define } from "../app.ts";
import { setLanguageCookie } from "../auth/cookies.ts";
import { isLocale } from "../locales/catalogues.ts";
import { seeOther } from "./(_shared)/answer.ts";
import { localPath, readForm, secureCookies } from "./(_shared)/request.ts";

/** Remembers the language chosen in this browser, and shows the page again. */
export const handler = define.handlers({
  async POST(ctx) {
    const form = await readForm(ctx.req);
    const headers = new Headers();
    const locale = form?.("locale") ?? "";
    if (isLocale(locale)) setLanguageCookie(headers, locale, secureCookies(ctx));
    return seeOther(localPath(form?.("to") ?? null, "/"), headers);
  },
});
