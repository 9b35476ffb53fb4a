/** What pages are told of TURN servers: fresh credentials every time, which a real coturn takes. */
import { assert, assertEquals, assertNotEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { iceServersFrom, type TurnSettings } from "../../media/ice_servers.ts";
import type { IceServer } from "../../protocol/media.ts";
import { launchChromium } from "../support/chromium.ts";
import { TurnServer } from "../support/turn_server.ts";
import { RawWorld } from "./raw_page.ts";
import { asset } from "./world.ts";

const SECRET = "shared with coturn";
const FIXED: IceServer = { urls: ["stun:s.example.org"] };
const TURN: TurnSettings = { urls: ["turn:t.example.org:3478"], secret: SECRET, seconds: 600 };

Deno.test("TURN credentials: when they expire and a random id, signed with the shared secret", async () => {
  const now = 1_700_000_000_900;
  const servers = iceServersFrom([FIXED], TURN, () => now);
  const [fixed, turn] = servers();
  assertEquals([fixed, turn?.urls], [FIXED, TURN.urls]);
  const { username = "", credential } = turn ?? {};
  assert(/^1700000600:[0-9a-f-]{36}$/.test(username), username);
  assertEquals(credential, await signed(username));
  assertNotEquals(servers()[1]?.username, username, "two pages have nothing in common");
  assertEquals(iceServersFrom([FIXED], null)(), [FIXED]);
});

Deno.test("TURN credentials are new at every join, every ICE restart and every probe", async () => {
  await using world = await RawWorld.open({ turn: TURN });
  const page = await world.joined();
  const { iceServers } = await page.hears("joined");
  const names = iceServers.map(({ username }) => username);
  const transport = await page.idOf({ type: "transport", direction: "send" });
  for (let n = 0; n < 2; n++) {
    const answer = await page.ask({ type: "restart_ice", transport });
    assert(answer.type === "answer" && Array.isArray(answer.data.iceServers));
    names.push(...answer.data.iceServers.map(({ username }) => username));
  }
  const probe = await world.page();
  const { token } = await world.gateway.probeTicket("device-1");
  probe.raw(JSON.stringify({ type: "join", token }));
  names.push(...(await probe.hears("joined")).iceServers.map(({ username }) => username));
  assertEquals(new Set(names).size, 4);
  assert(!JSON.stringify([page.heard, probe.heard]).includes(SECRET));
});

Deno.test("coturn opens relays with these credentials until they expire, and with no others", async () => {
  await using turn = await TurnServer.start({ secret: SECRET });
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () => asset("text/html", "<!doctype html>"),
  );
  const browser = await launchChromium();
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.addr.port}`);
  const urls = [`turn:127.0.0.1:${turn.port}?transport=tcp`];
  const told = (secret: string, at: number) =>
    iceServersFrom([], { urls, secret, seconds: 600 }, () => at)();
  const expired = Date.now() - 601_000;
  assertEquals(await opensRelay(page, told(SECRET, Date.now())), true);
  assertEquals(await opensRelay(page, told(SECRET, expired)), false);
  assertEquals(await opensRelay(page, told("guessed", Date.now())), false);
  await browser.close();
  await server.shutdown();
});

/** HMAC-SHA1 in base64, not by the code under test. */
async function signed(username: string): Promise<string> {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const algorithm = { name: "HMAC", hash: "SHA-1" };
  const key = await crypto.subtle.importKey("raw", bytes(SECRET), algorithm, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, bytes(username))).toBase64();
}

/** Whether the browser is given a relay before it has asked everybody. */
function opensRelay(page: Page, servers: readonly IceServer[]): Promise<boolean> {
  return page.evaluate(async (servers) => {
    const iceServers = servers.map((server) => ({ ...server, urls: [...server.urls] }));
    const connection = new RTCPeerConnection({ iceServers, iceTransportPolicy: "relay" });
    connection.createDataChannel("");
    const gathered = new Promise<void>((done) => {
      connection.onicegatheringstatechange = () => {
        if (connection.iceGatheringState === "complete") done();
      };
    });
    await connection.setLocalDescription();
    await gathered;
    const found = /^a=candidate:.* typ relay/m.test(connection.localDescription?.sdp ?? "");
    connection.close();
    return found;
  }, servers);
}
