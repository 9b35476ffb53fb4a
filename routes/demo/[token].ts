import { HttpError } from "fresh";
import { define } from "../../app.ts";
import { setDeviceCookie, setTechnicianCookie } from "../../auth/cookies.ts";
import { enterDemo } from "../../auth/demo.ts";
import { seeOther } from "../(_shared)/answer.ts";
import { secureCookies } from "../(_shared)/request.ts";

/** Demo only: makes this browser the demo's technician or one of its devices. */
export const handler = define.handlers({
  async GET(ctx) {
    const { stores, demo, now } = ctx.state.services;
    const entry = demo?.entries.get(ctx.params.token ?? "");
    if (entry === undefined) throw new HttpError(404);
    const token = await enterDemo(stores, entry, now());
    const headers = new Headers();
    const secure = secureCookies(ctx);
    switch (entry.kind) {
      case "technician":
        setTechnicianCookie(headers, token, secure);
        return seeOther("/console", headers);
      case "device":
        setDeviceCookie(headers, token, secure);
        return seeOther("/device", headers);
    }
  },
});
