import { page } from "fresh";
import { Head } from "fresh/runtime";
import { define } from "../app.ts";
import { refusalStatus } from "../auth/refusals.ts";
import { may } from "../auth/rights.ts";
import ChatServiceSwitches from "../islands/ChatServiceSwitches.tsx";
import Team from "../islands/Team.tsx";
import { CardPage } from "./(_shared)/card_page.tsx";

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

export default define.page<typeof handler>(({ data: { chatService } }) => {
  if (chatService === null) {
    return (
      <CardPage title="Settings">
        <p>Only administrators can change settings. Ask one of them.</p>
        <a class="button" href="/console">Back to the console</a>
      </CardPage>
    );
  }
  return (
    <>
      <Head>
        <title>Settings · Live Support</title>
      </Head>
      <main class="page stack">
        <p class="brand">Live Support</p>
        <h1>Settings</h1>
        <a href="/console">Back to the console</a>
        <section class="card stack" aria-labelledby="chat-service">
          <h2 id="chat-service">Chat service</h2>
          <p>For all devices. Changes hold at once, also in sessions that are open.</p>
          <ChatServiceSwitches initial={chatService} />
        </section>
        <section class="card stack" aria-labelledby="team">
          <h2 id="team">Team</h2>
          <Team />
        </section>
      </main>
    </>
  );
});
