import { page } from "fresh";
import { define } from "../../app.ts";
import { setTechnicianCookie } from "../../auth/cookies.ts";
import { MAX_EMAIL, MAX_NAME, MAX_PASSWORD, MIN_PASSWORD } from "../../auth/fields.ts";
import { refusalSentence, refusalStatus } from "../../auth/refusals.ts";
import { type AccountProblems, completeSetup, findSetup } from "../../auth/setup.ts";
import type { Setup } from "../../store/setups.ts";
import { seeOther } from "../(_shared)/answer.ts";
import { CardPage } from "../(_shared)/card_page.tsx";
import { Field } from "../(_shared)/field.tsx";
import { readForm, secureCookies } from "../(_shared)/request.ts";

interface Data {
  /** Null: the link leads to nothing (any more). */
  readonly setup: Setup | null;
  readonly name: string;
  readonly email: string;
  readonly problems: AccountProblems;
}

const NOTHING: Data = { setup: null, name: "", email: "", problems: {} };

/** The one-time link that creates the administrator, or an invited colleague's account. */
export const handler = define.handlers({
  async GET(ctx) {
    const { stores, now } = ctx.state.services;
    const setup = await findSetup(stores, ctx.params.token ?? "", now());
    return page({ ...NOTHING, setup }, { status: setup === null ? LINK_USED : 200 });
  },
  async POST(ctx) {
    const { stores, now } = ctx.state.services;
    const token = ctx.params.token ?? "";
    const setup = await findSetup(stores, token, now());
    const form = await readForm(ctx.req);
    const name = form?.("name") ?? "";
    const email = form?.("email") ?? "";
    const password = form?.("password") ?? "";
    const result = await completeSetup(stores, token, { name, email, password }, now());
    if (result.ok) {
      const headers = new Headers();
      setTechnicianCookie(headers, result.token, secureCookies(ctx));
      return seeOther("/console", headers);
    }
    if (result.code === "link_used") return page(NOTHING, { status: LINK_USED });
    return page({ setup, name, email, problems: result.problems }, { status: 422 });
  },
});

const LINK_USED = refusalStatus("link_used");

export default define.page<typeof handler>(({ data }) => {
  const { setup, name, email, problems } = data;
  if (setup === null) {
    return (
      <CardPage title="Set-up link" heading="This link does not work any more">
        <p>{refusalSentence("link_used")}</p>
        <p>
          The link for the first administrator stands in the terminal where Live Support was
          started; a new start prints a new one.
        </p>
        <a class="button" href="/sign-in">Sign in</a>
      </CardPage>
    );
  }
  return (
    <CardPage title={setup.first ? "Set up Live Support" : "Create your account"}>
      <p>
        {setup.first
          ? "You are the first one here. This account manages Live Support: it adds devices, " +
            "invites colleagues and changes settings."
          : "A colleague invited you to give live support."}
      </p>
      <form method="post" class="stack">
        <Field
          name="name"
          label="Name"
          type="text"
          autoComplete="name"
          maxLength={MAX_NAME}
          value={name}
          hint="As device users see it."
          error={problems.name}
          autoFocus
        />
        <Field
          name="email"
          label="E-mail"
          type="email"
          autoComplete="username"
          maxLength={MAX_EMAIL}
          value={email}
          error={problems.email}
        />
        <Field
          name="password"
          label="Password"
          type="password"
          autoComplete="new-password"
          minLength={MIN_PASSWORD}
          maxLength={MAX_PASSWORD}
          hint={`At least ${MIN_PASSWORD} characters.`}
          error={problems.password}
        />
        <button class="button button-primary" type="submit">
          {setup.role === "administrator" ? "Create administrator" : "Create account"}
        </button>
      </form>
    </CardPage>
  );
});
