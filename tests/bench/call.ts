/** Accept → the first frame of the other side, beside a direct peer connection of two pages. */
import type { Page } from "playwright-core";
import { enroll, setUp, signIn, Stage } from "../e2e/people.ts";
import { ADMIN, Server } from "../e2e/server.ts";
import { milliseconds, percentile, type Row } from "./figures.ts";

const ROUNDS = 7;
const DEVICE = "Bench phone";

/** Measures both, in turn, with the same browsers; `folder` is for the server's data. */
export async function measureCall(folder: string): Promise<Row> {
  await using stage = await Stage.open();
  const server = await Server.start(folder, {
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
  });
  await server.mediaReady();
  const desk = await (await stage.technicianBrowser()).newContext();
  const pocket = await (await stage.deviceBrowser()).newContext();
  const [console, phone] = [await stage.page(desk), await stage.page(pocket)];
  await signIn(console, server);
  await setUp(phone, await enroll(console, DEVICE));
  const [left, right] = [await stage.page(desk), await stage.page(pocket)];
  for (const page of [left, right]) await page.goto(`${server.origin}/healthz`);

  const ours: number[] = [];
  const direct: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    direct.push(await directCall(left, right));
    ours.push(await ourCall(console, phone));
  }
  await server.stop();
  const [value, floor] = [percentile(ours, 50), percentile(direct, 50)];
  return {
    what: `accept → first frame decoded, p50 of ${ROUNDS}`,
    measured: milliseconds(value),
    floor: `${milliseconds(floor)} (direct peer connection)`,
    ratio: (value / floor).toFixed(2),
    reach: "≤ 1.3",
    reached: value / floor <= 1.3,
  };
}

async function ourCall(console: Page, phone: Page): Promise<number> {
  await console.bringToFront();
  await console.getByRole("button", { name: `Start session with ${DEVICE}` }).click();
  await phone.bringToFront();
  const accept = phone.getByRole("button", { name: "Accept with video" });
  await accept.waitFor();
  const shown = phone.evaluate(firstFrameAfterClick);
  await accept.click();
  const took = await shown;
  await console.bringToFront();
  await console.getByRole("button", { name: "End session" }).click();
  await console.getByRole("alertdialog").getByRole("button", { name: /end session/i }).click();
  await console.getByRole("button", { name: `Start session with ${DEVICE}` }).waitFor();
  return took;
}

/** Runs in the page: milliseconds from the next click to the first frame of the other side. */
function firstFrameAfterClick(): Promise<number> {
  return new Promise((done) => {
    addEventListener("click", () => {
      const clicked = performance.now();
      const look = () => {
        const video = document.querySelector<HTMLVideoElement>("video[data-view=main]");
        if (video === null) requestAnimationFrame(look);
        else video.requestVideoFrameCallback(() => done(performance.now() - clicked));
      };
      look();
    }, { capture: true, once: true });
  });
}

/** The floor: both pages capture, one offers, the test carries the answer over. */
async function directCall(left: Page, right: Page): Promise<number> {
  await right.bringToFront();
  const started = performance.now();
  const [offer] = await Promise.all([left.evaluate(makeOffer), right.evaluate(capture)]);
  const answer = await right.evaluate(makeAnswer, offer);
  await left.evaluate(takeAnswer, answer);
  await right.evaluate(firstFrame);
  const took = performance.now() - started;
  for (const page of [left, right]) await page.evaluate(hangUp);
  return took;
}

interface Direct {
  connection: RTCPeerConnection;
  stream: MediaStream;
  frame: Promise<void>;
}
type DirectPage = typeof globalThis & { direct: Direct };

async function capture(): Promise<void> {
  const connection = new RTCPeerConnection();
  const frame = new Promise<void>((done) => {
    connection.addEventListener("track", ({ track }) => {
      if (track.kind !== "video") return;
      const video = document.createElement("video");
      video.muted = true;
      video.srcObject = new MediaStream([track]);
      document.body.append(video);
      video.play();
      video.requestVideoFrameCallback(() => done());
    });
  });
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
  for (const track of stream.getTracks()) connection.addTrack(track, stream);
  (globalThis as DirectPage).direct = { connection, stream, frame };
}

async function makeOffer(): Promise<string> {
  const connection = new RTCPeerConnection();
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
  for (const track of stream.getTracks()) connection.addTrack(track, stream);
  (globalThis as DirectPage).direct = { connection, stream, frame: Promise.resolve() };
  await connection.setLocalDescription();
  // Without trickling: as many round trips as a direct call needs at least.
  await new Promise<void>((done) => {
    if (connection.iceGatheringState === "complete") return done();
    connection.addEventListener("icegatheringstatechange", () => {
      if (connection.iceGatheringState === "complete") done();
    });
  });
  return connection.localDescription?.sdp ?? "";
}

async function makeAnswer(sdp: string): Promise<string> {
  const { connection } = (globalThis as DirectPage).direct;
  await connection.setRemoteDescription({ type: "offer", sdp });
  await connection.setLocalDescription();
  await new Promise<void>((done) => {
    if (connection.iceGatheringState === "complete") return done();
    connection.addEventListener("icegatheringstatechange", () => {
      if (connection.iceGatheringState === "complete") done();
    });
  });
  return connection.localDescription?.sdp ?? "";
}

async function takeAnswer(sdp: string): Promise<void> {
  await (globalThis as DirectPage).direct.connection.setRemoteDescription({ type: "answer", sdp });
}

async function firstFrame(): Promise<void> {
  await (globalThis as DirectPage).direct.frame;
}

function hangUp(): void {
  const { connection, stream } = (globalThis as DirectPage).direct;
  connection.close();
  for (const track of stream.getTracks()) track.stop();
  document.querySelector("video")?.remove();
}
