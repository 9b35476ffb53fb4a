import { page } from "fresh";
import { Head } from "fresh/runtime";
import { define } from "../app.ts";
import Console from "../islands/Console.tsx";
import { wordsOf } from "./(_shared)/words.ts";

/** The technician's page. */
export const handler = define.handlers({
  GET(ctx) {
    const { technician } = ctx.state;
    if (technician === null) return ctx.redirect("/sign-in");
    const { id, name, role } = technician.technician;
    return page({ id, name, role });
  },
});

export default define.page<typeof handler>(({ data, state }) => (
  <>
    <Head>
      <title>
        {state.speaker.say("account.pageTitle", { page: state.speaker.say("account.console") })}
      </title>
    </Head>
    <Console technician={data} words={wordsOf("Console", state.speaker)} />
  </>
));
