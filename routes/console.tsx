import { page } from "fresh";
import { Head } from "fresh/runtime";
import { define } from "../app.ts";
import Console from "../islands/Console.tsx";

/** The technician's page. */
export const handler = define.handlers({
  GET(ctx) {
    const { technician } = ctx.state;
    if (technician === null) return ctx.redirect("/sign-in");
    const { id, name, role } = technician.technician;
    return page({ id, name, role });
  },
});

export default define.page<typeof handler>(({ data }) => (
  <>
    <Head>
      <title>Console · Live Support</title>
    </Head>
    <Console technician={data} />
  </>
));
