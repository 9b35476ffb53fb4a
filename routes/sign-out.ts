import { define } from "../app.ts";
import { clearTechnicianCookie } from "../auth/cookies.ts";
import { seeOther } from "./(_shared)/answer.ts";
import { secureCookies } from "./(_shared)/request.ts";

/** Ends the sign-in of this browser; its open consoles are told at once (the hub watches). */
export const handler = define.handlers({
  async POST(ctx) {
    const { technician, services } = ctx.state;
    if (technician !== null) await services.stores.signIns.remove(technician.signInHash);
    const headers = new Headers();
    clearTechnicianCookie(headers, secureCookies(ctx));
    return seeOther("/sign-in", headers);
  },
});
