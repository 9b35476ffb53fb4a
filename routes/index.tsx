import { page } from "fresh";
import { define } from "../app.ts";
import { CardPage } from "./(_shared)/card_page.tsx";

/** Sends everybody to where they belong; strangers are told what this is. */
export const handler = define.handlers({
  async GET(ctx) {
    const { technician, device, services } = ctx.state;
    if (technician !== null) return ctx.redirect("/console");
    if (device !== null) return ctx.redirect("/device");
    return page({ ready: await services.stores.technicians.hasAdministrator() });
  },
});

export default define.page<typeof handler>(({ data, state: { speaker } }) => (
  <CardPage
    speaker={speaker}
    title={speaker.say("account.welcome")}
    heading={speaker.say("account.welcomeHeading")}
    path="/"
  >
    {data.ready
      ? (
        <>
          <p>{speaker.say("account.welcomeText")}</p>
          <a class="button button-primary" href="/sign-in">
            {speaker.say("account.signInAsTechnician")}
          </a>
          <p>{speaker.say("account.shouldThisDevice")}</p>
        </>
      )
      : (
        <div class="notice">
          <p>{speaker.say("account.notReady")}</p>
        </div>
      )}
  </CardPage>
));
