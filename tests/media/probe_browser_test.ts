/** Browsers that try the ways to a real node, one of them through a real TURN server. */
import { assertEquals } from "@std/assert";
import type { Browser } from "playwright-core";
import type { LocalGateway } from "../../media/local_gateway.ts";
import { MEDIA_SOCKET_PATH } from "../../protocol/media.ts";
import { launchChromium } from "../support/chromium.ts";
import { TurnServer } from "../support/turn_server.ts";
import type { Legs } from "./page/probe.ts";
import { asset, bundle, startGateway } from "./world.ts";

/** A browser like one in a network that lets nothing but TCP out. */
const NO_UDP = "--webrtc-ip-handling-policy=disable_non_proxied_udp";

const ALL = { web: "ok", node: "ok", udp: "ok", tcp: "ok", turn: "ok" };

/** Tries all ways from a fresh page of `browser`. */
async function tryAll(
  browser: Browser,
  origin: string,
  gateway: LocalGateway,
): Promise<Legs> {
  const page = await browser.newPage();
  await page.exposeFunction("fetchProbeTicket", () => gateway.probeTicket("device-1"));
  await page.goto(origin);
  await page.waitForFunction("!!globalThis.tryAll");
  const legs = await page.evaluate(() => globalThis.tryAll());
  await page.close();
  return legs;
}

Deno.test("a page finds out which ways to the media node are open: UDP, TCP, TURN", async () => {
  await using turn = await TurnServer.start();
  const gateway = await startGateway({ iceServers: JSON.parse(turn.iceServers) });
  const script = await bundle("probe.ts");
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === MEDIA_SOCKET_PATH) return gateway.handle(request);
    if (pathname === "/page.js") return asset("text/javascript", script);
    return asset("text/html", '<!doctype html><script type="module" src="/page.js"></script>');
  });
  const origin = `http://127.0.0.1:${server.addr.port}`;
  const [browser, tcpOnly] = [await launchChromium(), await launchChromium([NO_UDP])];

  assertEquals(await tryAll(browser, origin, gateway), ALL);
  assertEquals(await tryAll(tcpOnly, origin, gateway), { ...ALL, udp: "failed", turn: "failed" });
  await turn.stop();
  assertEquals(await tryAll(browser, origin, gateway), { ...ALL, turn: "failed" });

  await Promise.all([browser.close(), tcpOnly.close()]);
  await gateway.close();
  await server.shutdown();
});
