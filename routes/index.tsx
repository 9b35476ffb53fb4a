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

export default define.page<typeof handler>(({ data }) => (
  <CardPage title="Welcome" heading="Welcome to Live Support">
    {data.ready
      ? (
        <>
          <p>Here your support team talks with you, and sees what you show them.</p>
          <a class="button button-primary" href="/sign-in">Sign in as a technician</a>
          <p>
            Should this device get support? Your support team sends you a link for it. Open that
            link on this device.
          </p>
        </>
      )
      : (
        <div class="notice">
          <p>
            Live Support runs, and nobody can sign in yet. The set-up link stands in the terminal
            where it was started: open it to create the administrator.
          </p>
        </div>
      )}
  </CardPage>
));
