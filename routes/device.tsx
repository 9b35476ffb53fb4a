import { page } from "fresh";
import { Head } from "fresh/runtime";
import { define } from "../app.ts";
import { clearDeviceCookie, readCookies, setDeviceCookie } from "../auth/cookies.ts";
import DeviceAgent from "../islands/DeviceAgent.tsx";
import { wordsOf } from "./(_shared)/words.ts";
import { CardPage } from "./(_shared)/card_page.tsx";
import { secureCookies } from "./(_shared)/request.ts";

/** The agent: the page a device keeps open or installed. */
export const handler = define.handlers({
  GET(ctx) {
    const { device } = ctx.state;
    const token = readCookies(ctx.req.headers).device;
    const headers = new Headers();
    const secure = secureCookies(ctx);
    if (device !== null && token !== null) setDeviceCookie(headers, token, secure);
    if (device === null && token !== null) clearDeviceCookie(headers, secure);
    const data = {
      device: device === null ? null : { id: device.device.id, name: device.device.name },
      removed: device === null && token !== null,
    };
    return page(data, { headers });
  },
});

export default define.page<typeof handler>(({ data: { device, removed }, state }) => {
  const { say } = state.speaker;
  if (device !== null) {
    return (
      <>
        <Head>
          <title>{say("account.pageTitle", { page: device.name })}</title>
        </Head>
        <DeviceAgent device={device} words={wordsOf("DeviceAgent", state.speaker)} />
      </>
    );
  }
  return (
    <CardPage
      speaker={state.speaker}
      title={say("account.thisDevice")}
      heading={say("account.deviceUnknown")}
      path="/device"
    >
      <p>{say(removed ? "account.deviceRemoved" : "account.deviceForgotten")}</p>
      <p>{say("account.askLink")}</p>
    </CardPage>
  );
});
