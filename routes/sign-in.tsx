import { page } from "fresh";
import { define } from "../app.ts";
import { setTechnicianCookie } from "../auth/cookies.ts";
import { MAX_EMAIL, MAX_PASSWORD } from "../auth/fields.ts";
import { refusalSentence, refusalStatus } from "../auth/refusals.ts";
import { signIn, type SignInResult } from "../auth/sign_in.ts";
import { seeOther } from "./(_shared)/answer.ts";
import { CardPage } from "./(_shared)/card_page.tsx";
import { Field } from "./(_shared)/field.tsx";
import { clientAddress, readForm, secureCookies } from "./(_shared)/request.ts";

interface Data {
  readonly email: string;
  readonly error: string | null;
  /** Path to go to afterwards. */
  readonly to: string;
}

export const handler = define.handlers({
  GET(ctx) {
    const to = localPath(ctx.url.searchParams.get("to"));
    if (ctx.state.technician !== null) return ctx.redirect(to);
    const data: Data = { email: "", error: null, to };
    return page(data);
  },
  async POST(ctx) {
    const form = await readForm(ctx.req);
    const typed = { email: form?.("email") ?? "", password: form?.("password") ?? "" };
    const to = localPath(form?.("to") ?? null);
    const { stores, now } = ctx.state.services;
    const result = await signIn(stores, { ...typed, address: clientAddress(ctx) }, now());
    if (!result.ok) return refused(result, typed.email, to, now());
    const headers = new Headers();
    setTechnicianCookie(headers, result.token, secureCookies(ctx));
    return seeOther(to, headers);
  },
});

export default define.page<typeof handler>(({ data }) => (
  <CardPage title="Sign in">
    <form method="post" action="/sign-in" class="stack">
      <input type="hidden" name="to" value={data.to} />
      <Field
        name="email"
        label="E-mail"
        type="email"
        autoComplete="username"
        maxLength={MAX_EMAIL}
        value={data.email}
        autoFocus={data.error === null}
      />
      <Field
        name="password"
        label="Password"
        type="password"
        autoComplete="current-password"
        maxLength={MAX_PASSWORD}
        error={data.error ?? undefined}
        autoFocus={data.error !== null}
      />
      <button class="button button-primary" type="submit">Sign in</button>
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
  if (code === "wrong_credentials") {
    const data: Data = { email, error: refusalSentence(code), to };
    return page(data, { status });
  }
  const seconds = Math.max(1, Math.ceil((result.retryAt - now) / 1000));
  const minutes = Math.ceil(seconds / 60);
  const error = `Too many attempts to sign in. Try again in ${minutes} ${
    minutes === 1 ? "minute" : "minutes"
  }.`;
  const data: Data = { email, error, to };
  return page(data, { status, headers: { "Retry-After": String(seconds) } });
}

/** A path of this server, never another site's address. */
function localPath(wanted: string | null): string {
  const here = "http://here.invalid";
  const url = wanted === null ? null : URL.parse(wanted, here);
  const inside = wanted !== "" && url !== null && url.origin === here;
  // "/.//evil.example" is a path here, but what is left of it, "//evil.example", names a host.
  if (!inside || url.pathname.startsWith("//")) return "/console";
  return url.pathname + url.search;
}
