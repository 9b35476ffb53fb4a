import { page } from "fresh";
import { Head } from "fresh/runtime";
import { define } from "../app.ts";
import { clearDeviceCookie, readCookies, setDeviceCookie } from "../auth/cookies.ts";
import DeviceAgent from "../islands/DeviceAgent.tsx";
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

export default define.page<typeof handler>(({ data: { device, removed } }) => {
  if (device !== null) {
    return (
      <>
        <Head>
          <title>{`${device.name} · Live Support`}</title>
        </Head>
        <DeviceAgent device={device} />
      </>
    );
  }
  return (
    <CardPage title="This device" heading="This device is not set up">
      <p>
        {removed
          ? "Your support team has removed this device from Live Support."
          : "Live Support does not know this device yet, or its data was cleared from the browser."}
      </p>
      <p>
        To get help here, ask your support team for a link, and open that link on this device.
      </p>
    </CardPage>
  );
});
