/** Media nodes die, fall silent and are told to go while two people talk: the call goes on elsewhere. */
import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { MediaProcess, TAKES_NODES } from "../support/media_process.ts";
import { until } from "../support/waiting.ts";
import { button, connect, openBoth } from "./cast.ts";
import { hears, showsMoreFrames, video } from "./look.ts";
import { DEVICE_HERTZ, Stage, TECHNICIAN_HERTZ } from "./people.ts";
import { freePort } from "./server.ts";

const DEVICE = "Field phone";

declare global {
  var captures: number;
}

Deno.test("[S5] [M5] a call outlives its media node: killed, silent, told to go, or its worker silent; no tap, nothing captured anew", async () => {
  const port = freePort();
  const web = `http://127.0.0.1:${port}`;
  await using stage = await Stage.open();
  await using a = MediaProcess.start("a", web);
  await using b = MediaProcess.start("b", web);
  const opened = await openBoth(stage, { ...TAKES_NODES, PORT: String(port) }, DEVICE);
  const { server, console: desk, phone } = opened;
  await Promise.all([a.ready(), b.ready()]);
  for (const page of [desk, phone]) await countCaptures(page);
  const places = [placeOf(desk), placeOf(phone)];
  await connect(desk, phone, DEVICE, "Accept with video");
  await talks(desk, phone);
  const first = await together(places, [a, b]);
  const second = first === a ? b : a;
  const captured = await captures(desk, phone);
  // What people chose stays as it is: the technician goes on without a camera.
  await button(desk, "Stop camera").click();
  await button(desk, "Start camera").waitFor();

  await measured("the node was killed", desk, phone, () => first.signal("SIGKILL", true));
  assertEquals(await together(places, [second]), second);

  await using third = await MediaProcess.start("c", web).ready();
  await knows(server.origin, third);
  await measured("the node fell silent", desk, phone, () => second.signal("SIGSTOP", true));
  assertEquals(await together(places, [third], second), third);

  await measured("the worker fell silent", desk, phone, () => third.stopWorkers());
  assertEquals(await together(places, [third], second), third);

  // The silent one is back: nobody returns to it by themselves, but it can take calls again.
  await second.signal("SIGCONT", true);
  await second.ready();
  await knows(server.origin, second);
  for (const page of [desk, phone]) await gapsFrom(page);
  const stays = places.map(({ breaks }) => breaks);
  const ended = third.ended();
  await third.signal("SIGTERM");
  assertEquals(await ended, 0);
  assertEquals(await together(places, [second]), second);
  await talks(desk, phone);
  const gaps = await Promise.all([desk, phone].map(longestGap));
  console.log(`  the node was told to go: the longest silences were ${gaps.join(" and ")} ms`);
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

/** How long it takes from `fault` until both talk again; looking for that takes a moment too. */
async function measured(
  what: string,
  desk: Page,
  phone: Page,
  fault: () => Promise<void>,
): Promise<void> {
  const pages = [desk, phone];
  // What is heard afterwards is a new stream, or the same one after a silence.
  for (const page of pages) await gapsFrom(page);
  const before = performance.now();
  await fault();
  await until(`${what}: both hear it`, () => Promise.all(pages.map(longestGap)), (gaps) => {
    return gaps.every((gap) => gap > 200);
  });
  await talks(desk, phone);
  const gaps = await Promise.all(pages.map(longestGap));
  const seen = Math.round(performance.now() - before);
  console.log(`  ${what}: both talked again ${seen} ms later; silences ${gaps.join(" and ")} ms`);
}

/** Begins to measure silences: the longest time without a packet of the other voice being played. */
async function gapsFrom(page: Page): Promise<void> {
  await page.evaluate(() => {
    interface Gaps {
      longest: number;
      last: number;
      timer: ReturnType<typeof setInterval>;
      /** What is played now. */
      tap?: { stream: MediaStream; source: AudioNode };
    }
    const page = globalThis as typeof globalThis & { e2eGaps?: Gaps };
    clearInterval(page.e2eGaps?.timer);
    const samples = new Float32Array(2048);
    const gaps: Gaps = { longest: 0, last: performance.now(), timer: setInterval(look, 20) };
    page.e2eGaps = gaps;
    // One for all streams: a new one hears nothing for a while.
    const context = new AudioContext({ sampleRate: 48_000 });
    const analyser = context.createAnalyser();
    function look() {
      const audio = [...document.querySelectorAll("audio")].find((element) =>
        element.srcObject instanceof MediaStream && !element.paused && !element.muted
      );
      const stream = audio?.srcObject;
      if (stream instanceof MediaStream && gaps.tap?.stream !== stream) {
        gaps.tap?.source.disconnect();
        const source = context.createMediaStreamSource(stream);
        source.connect(analyser);
        gaps.tap = { stream, source };
      }
      analyser.getFloatTimeDomainData(samples);
      const loud = stream instanceof MediaStream && samples.some((one) => Math.abs(one) > 0.01);
      const now = performance.now();
      gaps.longest = Math.max(gaps.longest, now - gaps.last);
      if (loud) gaps.last = now;
    }
  });
  // It hears something to begin with.
  await page.waitForFunction(() => {
    const { e2eGaps } = globalThis as typeof globalThis & {
      e2eGaps?: { last: number; longest: number };
    };
    if (e2eGaps === undefined || performance.now() - e2eGaps.last > 100) return false;
    e2eGaps.longest = 0;
    return true;
  });
}

function longestGap(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { e2eGaps } = globalThis as typeof globalThis & { e2eGaps?: { longest: number } };
    return Math.round(e2eGaps?.longest ?? 0);
  });
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
  /** The nodes it has open sockets to, by their origins. */
  readonly open: ReadonlySet<string>;
  /** How often it was on no node any more. */
  readonly breaks: number;
}

function placeOf(page: Page): Whereabouts {
  const open = new Set<string>();
  const place = { open, breaks: 0 };
  page.on("websocket", (socket) => {
    const { origin, pathname } = new URL(socket.url().replace(/^ws/, "http"));
    if (pathname !== "/media/socket") return;
    open.add(origin);
    socket.on("close", () => {
      open.delete(origin);
      if (open.size === 0) place.breaks++;
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
        return open.has(url) && [...open].every((other) => other === url || other === silent?.url);
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
