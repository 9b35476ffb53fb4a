/** A call whose pages cannot reach the media node: all of it goes through a real TURN server. */
import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { TurnServer } from "../support/turn_server.ts";
import { UdpRelay } from "../support/udp_relay.ts";
import { connect, openBoth } from "./cast.ts";
import { hears, showsMoreFrames, video } from "./look.ts";
import { DEVICE_HERTZ, Stage, TECHNICIAN_HERTZ } from "./people.ts";
import { freePort } from "./server.ts";

const DEVICE = "Office tablet";
const SECRET = "shared with coturn";
/** Over before the call has gone on for long. */
const CREDENTIAL_SECONDS = 10;
/** The firewall in front of the media node lets in what comes from the TURN server, by UDP. */
const [FIREWALL, TURN_SERVER] = ["127.0.0.9", "127.0.0.7"];
/** A network that lets nothing but TCP out; the TURN server's certificate is a test's own. */
const STRICT_OFFICE = [
  "--webrtc-ip-handling-policy=disable_non_proxied_udp",
  "--ignore-certificate-errors",
];

Deno.test("a call over TURN, by TLS and by UDP: it outlives its credentials, and new ones bring it back when the TURN server restarts", async () => {
  const port = freePort();
  await using stage = await Stage.open();
  await using turn = await TurnServer.start({ secret: SECRET, relayIp: TURN_SERVER });
  await using firewall = await UdpRelay.open(FIREWALL, "127.0.0.1", port, TURN_SERVER);
  const urls = [
    `turn:127.0.0.1:${turn.port}?transport=udp`,
    `turns:127.0.0.1:${turn.tlsPort}?transport=tcp`,
  ];
  const { server, console, phone } = await openBoth(
    stage,
    {
      MEDIA_PORT: String(port),
      MEDIA_LISTEN_IP: "127.0.0.1",
      MEDIA_ANNOUNCED_ADDRESS: FIREWALL,
      TURN_URLS: urls.join(),
      TURN_SECRET: SECRET,
      TURN_CREDENTIAL_SECONDS: String(CREDENTIAL_SECONDS),
    },
    DEVICE,
    { device: STRICT_OFFICE },
  );
  const links = [linkOf(console), linkOf(phone)];
  await connect(console, phone, DEVICE, "Accept with video");
  await talks(console, phone);
  for (const page of [console, phone]) await goesOverTurn(page);
  assert(firewall.refused > 0, "the technician's page was kept from the node by the firewall only");

  await expired(phone, links);
  for (const { asked } of links) asked.length = 0;
  await talks(console, phone);
  assertEquals(links.flatMap(({ asked }) => asked.filter(asksForServers)), []);

  const old = links.map(({ told }) => expiry(told));
  // On another network the pages look for new ways, with new credentials and in the same call.
  for (const page of [console, phone]) {
    await page.evaluate(() => dispatchEvent(new Event("online")));
  }
  await talks(console, phone);
  for (const page of [console, phone]) await goesOverTurn(page);
  for (const [index, { asked, told }] of links.entries()) {
    assertEquals(asked.filter(asksForServers), ["restart_ice", "restart_ice"], "one for each way");
    assert(expiry(told) > (old[index] ?? Infinity), told.join());
  }

  // Relays are gone with their server, and credentials are too old to open others.
  await expired(phone, links);
  await turn.restart();
  await talks(console, phone);
  for (const page of [console, phone]) await goesOverTurn(page);
  const told = links.flatMap(({ told }) => told);
  assert(![SECRET, ...told].some((secret) => server.printed.includes(secret)), server.printed);
  assertEquals(stage.errors, []);
  await server.stop();
});

/** Waits until each sees and hears the other. */
async function talks(console: Page, phone: Page): Promise<void> {
  await showsMoreFrames(video(console, "device", "main"));
  await showsMoreFrames(video(phone, "technician", "main"));
  await hears(console, DEVICE_HERTZ);
  await hears(phone, TECHNICIAN_HERTZ);
}

/** Waits until the page says that its call takes that way. */
async function goesOverTurn(page: Page): Promise<void> {
  const quality = page.getByRole("button", { name: /^Call quality: / });
  await quality.click();
  await page.getByRole("region", { name: "Call quality" })
    .getByText("Relay (TURN)", { exact: true }).waitFor();
  await quality.click();
}

/** What a page and its media node say to each other, as far as it matters here. */
interface Link {
  /** The types of the page's requests. */
  readonly asked: string[];
  /** The usernames the node told it; each starts with when it expires. */
  readonly told: string[];
}

/** Listens in on all media sockets the page opens from now on. */
function linkOf(page: Page): Link {
  const link: Link = { asked: [], told: [] };
  page.on("websocket", (socket) => {
    if (!socket.url().includes("/media/")) return;
    socket.on("framesent", ({ payload }) => link.asked.push(JSON.parse(String(payload)).type));
    socket.on("framereceived", ({ payload }) => {
      const names = String(payload).matchAll(/"username":"(\d+:[^"]+)"/g);
      for (const [, name = ""] of names) link.told.push(name);
    });
  });
  return link;
}

function asksForServers(type: string): boolean {
  return type === "join" || type === "restart_ice";
}

/** When the last of these credentials expires, in milliseconds since the epoch. */
function expiry(usernames: readonly string[]): number {
  return Math.max(...usernames.map((name) => parseInt(name) * 1000));
}

/** Waits until nothing the pages were told opens a relay any more. */
async function expired(page: Page, links: readonly Link[]): Promise<void> {
  const last = Math.max(...links.map(({ told }) => expiry(told)));
  assert(Number.isFinite(last), "both pages were told credentials");
  await page.waitForFunction((last) => Date.now() > last + 1000, last);
}
