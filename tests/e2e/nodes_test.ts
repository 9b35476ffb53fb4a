/** Media nodes die, fall silent and are told to go while two people talk: the call goes on elsewhere. */
import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { MediaProcess, TAKES_NODES } from "../support/media_process.ts";
import { until } from "../support/waiting.ts";
import { button, connect, openBoth } from "./cast.ts";
import { type Gaps, gapsFrom, longestGaps } from "./gaps.ts";
import { hears, showsMoreFrames, video } from "./look.ts";
import { DEVICE_HERTZ, Stage, TECHNICIAN_HERTZ } from "./people.ts";
import { freePort } from "./server.ts";

const DEVICE = "Field phone";

declare global {
  var captures: number;
  var sockets: WebSocket[];
}

Deno.test("[S5] [M5] a call outlives its media node: out of a page's reach, killed, silent, told to go, or its worker silent; no tap, nothing captured anew", async () => {
  const port = freePort();
  const web = `http://127.0.0.1:${port}`;
  await using stage = await Stage.open();
  await using a = MediaProcess.start("a", web);
  // The phone's network does not let it there; everybody else gets there.
  const blocked = [`--host-resolver-rules=MAP ${new URL(a.url).host} 127.0.0.1:9`];
  const env = { ...TAKES_NODES, PORT: String(port) };
  const opened = await openBoth(stage, env, DEVICE, { device: blocked });
  const { server, console: desk, phone } = opened;
  await a.ready();
  for (const page of [desk, phone]) await Promise.all([countCaptures(page), keepSockets(page)]);
  const places = [placeOf(desk), placeOf(phone)];
  await connect(desk, phone, DEVICE, "Accept with video");
  await until("one page is there", () => places[0]?.open.includes(a.url), (is) => is === true);
  await using b = MediaProcess.start("b", web);
  const first = await together(places, [b]);
  await talks(desk, phone);
  const captured = await captures(desk, phone);
  await a.signal("SIGTERM");
  await a.ended();
  await using second = await MediaProcess.start("c", web).ready();
  await knows(server.origin, second);

  await measured("the node was killed", desk, phone, () => first.signal("SIGKILL", true));
  assertEquals(await together(places, [second]), second);

  await using third = await MediaProcess.start("d", web).ready();
  await knows(server.origin, third);
  await measured("the node fell silent", desk, phone, () => second.signal("SIGSTOP", true));
  assertEquals(await together(places, [third], second), third);

  await measured("the worker fell silent", desk, phone, () => third.stopWorkers());
  assertEquals(await together(places, [third], second), third);

  // The silent one is back: nobody returns to it by themselves, but it can take calls again.
  await second.signal("SIGCONT", true);
  await second.ready();
  await knows(server.origin, second);
  // What people chose stays as it is: the technician goes on without a camera.
  await button(desk, "Stop camera").click();
  await button(desk, "Start camera").waitFor();
  await Promise.all([gapsFrom(desk, "device"), gapsFrom(phone, null)]);
  const stays = places.map(({ breaks }) => breaks);
  const ended = third.ended();
  await third.signal("SIGTERM");
  await carriesToTheEnd([desk, phone], third);
  assertEquals(await ended, 0);
  assertEquals(await together(places, [second]), second);
  await talks(desk, phone);
  console.log(`  the node was told to go: ${inWords(await gapsOf(desk, phone))}`);
  assertEquals(
    places.map(({ breaks }) => breaks),
    stays,
    "on the old node until the new one has it",
  );

  assertEquals(await captures(desk, phone), captured);
  await button(desk, "Start camera").waitFor();
  assertEquals(stage.errors, []);
  await server.stop();
});

/** Waits until each hears the other, and the technician sees the device. */
async function talks(desk: Page, phone: Page): Promise<void> {
  await Promise.all([
    hears(desk, DEVICE_HERTZ),
    hears(phone, TECHNICIAN_HERTZ),
    showsMoreFrames(video(desk, "device", "main"), 5),
  ]);
}

/**
 * How long it takes from `fault` until both hear and see each other again; looking for that takes a
 * moment, too.
 */
async function measured(
  what: string,
  desk: Page,
  phone: Page,
  fault: () => Promise<void>,
): Promise<void> {
  // What is heard and seen afterwards is a new stream, or the same one after a pause.
  await Promise.all([gapsFrom(desk, "device"), gapsFrom(phone, "technician")]);
  const before = performance.now();
  await fault();
  await until(`${what}: both notice`, () => gapsOf(desk, phone), (gaps) => {
    return gaps.every(({ sound, picture }) => sound > 200 && (picture ?? 0) > 200);
  });
  await talks(desk, phone);
  await showsMoreFrames(video(phone, "technician", "main"), 5);
  const seen = Math.round(performance.now() - before);
  console.log(`  ${what}: back ${seen} ms later; ${inWords(await gapsOf(desk, phone))}`);
}

function gapsOf(desk: Page, phone: Page): Promise<readonly Gaps[]> {
  return Promise.all([longestGaps(desk), longestGaps(phone)]);
}

function inWords(gaps: readonly Gaps[]): string {
  const silences = gaps.map(({ sound }) => sound).join(" and ");
  const pictures = gaps.flatMap(({ picture }) => picture ?? []).join(" and ");
  return `silences ${silences} ms, no new picture for ${pictures} ms`;
}

/**
 * While a page is on a node that goes, that one's workers carry it. The page itself is asked: the news
 * that it has left may be on its way to here for longer than the node needs to end.
 */
async function carriesToTheEnd(pages: Page[], node: MediaProcess): Promise<void> {
  await until("everybody has left the node", async () => {
    const workers = await node.workers();
    const carried = (await Promise.all(pages.map((page) => isOn(page, node)))).filter((on) => on);
    assert(carried.length === 0 || workers.length > 0, "its worker has ended under a call");
    return carried.length;
  }, (carried) => carried === 0);
}

/** Remembers the sockets a page opens from now on. */
async function keepSockets(page: Page): Promise<void> {
  await page.evaluate(() => {
    globalThis.sockets = [];
    globalThis.WebSocket = class extends WebSocket {
      constructor(...address: ConstructorParameters<typeof WebSocket>) {
        super(...address);
        globalThis.sockets.push(this);
      }
    };
  });
}

/** Whether a page has a socket to a node that neither of them has begun to close. */
function isOn(page: Page, { url }: MediaProcess): Promise<boolean> {
  return page.evaluate((host) => {
    return globalThis.sockets.some(({ url, readyState }) => {
      return new URL(url).host === host && readyState === WebSocket.OPEN;
    });
  }, new URL(url).host);
}

async function countCaptures(page: Page): Promise<void> {
  await page.evaluate(() => {
    globalThis.captures = 0;
    const { mediaDevices } = navigator;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = (constraints) => {
      globalThis.captures++;
      return open(constraints);
    };
  });
}

function captures(...pages: Page[]): Promise<number[]> {
  return Promise.all(pages.map((page) => page.evaluate(() => globalThis.captures)));
}

/** Where a page is. */
interface Whereabouts {
  /** The origin of the node of each socket it has open; a new one may be there before the old is gone. */
  readonly open: readonly string[];
  /** How often it was on no node any more. */
  readonly breaks: number;
}

function placeOf(page: Page): Whereabouts {
  const open: string[] = [];
  const place = { open, breaks: 0 };
  page.on("websocket", (socket) => {
    const { origin, pathname } = new URL(socket.url().replace(/^ws/, "http"));
    if (pathname !== "/media/socket") return;
    open.push(origin);
    socket.on("close", () => {
      open.splice(open.indexOf(origin), 1);
      if (open.length === 0) place.breaks++;
    });
  });
  return place;
}

/**
 * Waits until both pages are on the same node, one of these, and on no other. A browser waits a while
 * for one that is `silent` to say good-bye.
 */
async function together(
  places: Whereabouts[],
  nodes: MediaProcess[],
  silent: MediaProcess | null = null,
): Promise<MediaProcess> {
  const found = () =>
    nodes.find(({ url }) => {
      return places.every(({ open }) => {
        return open.includes(url) && open.every((other) => other === url || other === silent?.url);
      });
    });
  const node = await until(
    "both pages are on one node",
    () => found() ?? null,
    (it) => it !== null,
  );
  assert(node !== null);
  return node;
}

/** Waits until the web process counts on this node. */
async function knows(origin: string, node: MediaProcess): Promise<void> {
  await until(
    `${node.id} may get calls`,
    () => node.readiness(),
    ({ status }) => status === "ready",
  );
  const health = async () => (await (await fetch(`${origin}/healthz`)).json()).media.state;
  await until("calls can be made", health, (state) => state === "ready");
}
