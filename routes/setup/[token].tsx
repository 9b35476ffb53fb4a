import { page } from "fresh";
import { define } from "../../app.ts";
import { setTechnicianCookie } from "../../auth/cookies.ts";
import { MAX_EMAIL, MAX_NAME, MAX_PASSWORD, MIN_PASSWORD } from "../../auth/fields.ts";
import { refusalStatus } from "../../auth/refusals.ts";
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

export default define.page<typeof handler>(({ data, state: { speaker }, params }) => {
  const { say } = speaker;
  const path = `/setup/${params.token}`;
  const { setup, name, email, problems } = data;
  if (setup === null) {
    return (
      <CardPage
        speaker={speaker}
        title={say("account.setupLink")}
        heading={say("account.linkDead")}
        path={path}
      >
        <p>{say("errors.link_used")}</p>
        <p>{say("account.firstLinkHint")}</p>
        <a class="button" href="/sign-in">{say("account.signIn")}</a>
      </CardPage>
    );
  }
  return (
    <CardPage
      speaker={speaker}
      title={say(setup.first ? "account.setUpProduct" : "account.createYourAccount")}
      path={path}
    >
      <p>{say(setup.first ? "account.firstHere" : "account.invited")}</p>
      <form method="post" class="stack">
        <Field
          name="name"
          label={say("account.name")}
          type="text"
          autoComplete="name"
          maxLength={MAX_NAME}
          value={name}
          hint={say("account.nameHint")}
          error={problems.name && say(problems.name)}
          autoFocus
        />
        <Field
          name="email"
          label={say("account.email")}
          type="email"
          autoComplete="username"
          maxLength={MAX_EMAIL}
          value={email}
          error={problems.email && say(problems.email)}
        />
        <Field
          name="password"
          label={say("account.password")}
          type="password"
          autoComplete="new-password"
          minLength={MIN_PASSWORD}
          maxLength={MAX_PASSWORD}
          hint={say("account.passwordHint", { count: MIN_PASSWORD })}
          error={problems.password && say(problems.password)}
        />
        <button class="button button-primary" type="submit">
          {say(
            setup.role === "administrator"
              ? "account.createAdministrator"
              : "account.createAccount",
          )}
        </button>
      </form>
    </CardPage>
  );
});
