import { page } from "fresh";
import { Head } from "fresh/runtime";
import { define } from "../app.ts";
import { refusalStatus } from "../auth/refusals.ts";
import { may } from "../auth/rights.ts";
import ChatServiceSwitches from "../islands/ChatServiceSwitches.tsx";
import Team from "../islands/Team.tsx";
import { CardPage } from "./(_shared)/card_page.tsx";
import { wordsOf } from "./(_shared)/words.ts";
import { Speaking } from "../components/words.tsx";
import { LanguageMenu } from "../components/LanguageMenu.tsx";

/** Settings of the whole deployment, for administrators. */
export const handler = define.handlers({
  async GET(ctx) {
    const { technician, services: { stores } } = ctx.state;
    if (technician === null) return ctx.redirect("/sign-in?to=/admin");
    if (!may(technician.technician.role, "manage_settings")) {
      return page({ chatService: null }, { status: refusalStatus("forbidden") });
    }
    return page({ chatService: await stores.policy.chatService() });
  },
});

export default define.page<typeof handler>(({ data: { chatService }, state: { speaker } }) => {
  const { say } = speaker;
  if (chatService === null) {
    return (
      <CardPage speaker={speaker} title={say("admin.settings")} path="/admin">
        <p>{say("admin.notAllowed")}</p>
        <a class="button" href="/console">{say("admin.backToConsole")}</a>
      </CardPage>
    );
  }
  return (
    <Speaking speaker={speaker}>
      <Head>
        <title>{say("account.pageTitle", { page: say("admin.settings") })}</title>
      </Head>
      <main class="page stack">
        <p class="brand">{say("common.product")}</p>
        <h1>{say("admin.settings")}</h1>
        <a href="/console">{say("admin.backToConsole")}</a>
        <section class="card stack" aria-labelledby="chat-service">
          <h2 id="chat-service">{say("admin.chatService")}</h2>
          <p>{say("admin.chatServiceText")}</p>
          <ChatServiceSwitches
            initial={chatService}
            words={wordsOf("ChatServiceSwitches", speaker)}
          />
        </section>
        <section class="card stack" aria-labelledby="team">
          <h2 id="team">{say("admin.team")}</h2>
          <Team words={wordsOf("Team", speaker)} />
        </section>
        <LanguageMenu as="row" path="/admin" />
      </main>
    </Speaking>
  );
});
