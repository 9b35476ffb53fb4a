import { page } from "fresh";
import { define } from "../app.ts";
import { setTechnicianCookie } from "../auth/cookies.ts";
import { MAX_EMAIL, MAX_PASSWORD } from "../auth/fields.ts";
import { refusalStatus } from "../auth/refusals.ts";
import { signIn, type SignInResult } from "../auth/sign_in.ts";
import { seeOther } from "./(_shared)/answer.ts";
import { CardPage } from "./(_shared)/card_page.tsx";
import { Field } from "./(_shared)/field.tsx";
import { clientAddress, localPath, readForm, secureCookies } from "./(_shared)/request.ts";
import { type Phrase, phrase } from "../locales/phrase.ts";

interface Data {
  readonly email: string;
  readonly error: Phrase | null;
  /** Path to go to afterwards. */
  readonly to: string;
}

export const handler = define.handlers({
  GET(ctx) {
    const to = localPath(ctx.url.searchParams.get("to"), "/console");
    if (ctx.state.technician !== null) return ctx.redirect(to);
    const data: Data = { email: "", error: null, to };
    return page(data);
  },
  async POST(ctx) {
    const form = await readForm(ctx.req);
    const typed = { email: form?.("email") ?? "", password: form?.("password") ?? "" };
    const to = localPath(form?.("to") ?? null, "/console");
    const { stores, hub, now } = ctx.state.services;
    if (hub.load.load === "overloaded") {
      return refused({ ok: false, code: "busy" }, typed.email, to, now());
    }
    const result = await signIn(stores, { ...typed, address: clientAddress(ctx) }, now());
    if (!result.ok) return refused(result, typed.email, to, now());
    const headers = new Headers();
    setTechnicianCookie(headers, result.token, secureCookies(ctx));
    return seeOther(to, headers);
  },
});

export default define.page<typeof handler>(({ data, state: { speaker } }) => (
  <CardPage
    speaker={speaker}
    title={speaker.say("account.signIn")}
    path={`/sign-in?${new URLSearchParams({ to: data.to })}`}
  >
    <form method="post" action="/sign-in" class="stack">
      <input type="hidden" name="to" value={data.to} />
      <Field
        name="email"
        label={speaker.say("account.email")}
        type="email"
        autoComplete="username"
        maxLength={MAX_EMAIL}
        value={data.email}
        autoFocus={data.error === null}
      />
      <Field
        name="password"
        label={speaker.say("account.password")}
        type="password"
        autoComplete="current-password"
        maxLength={MAX_PASSWORD}
        error={data.error === null ? undefined : speaker.say(data.error)}
        autoFocus={data.error !== null}
      />
      <button class="button button-primary" type="submit">{speaker.say("account.signIn")}</button>
    </form>
  </CardPage>
));

function refused(
  result: Extract<SignInResult, { ok: false }>,
  email: string,
  to: string,
  now: number,
) {
  const { code } = result;
  const status = refusalStatus(code);
  if (code !== "too_many_attempts") {
    const data: Data = { email, error: phrase(`errors.${code}`), to };
    return page(data, { status, headers: code === "busy" ? { "Retry-After": "5" } : {} });
  }
  const seconds = Math.max(1, Math.ceil((result.retryAt - now) / 1000));
  const error = phrase("account.tryAgainIn", { count: Math.ceil(seconds / 60) });
  const data: Data = { email, error, to };
  return page(data, { status, headers: { "Retry-After": String(seconds) } });
}
