/** A call whose people and server are each on a computer of their own, and what is seen of it. */
import { assertEquals } from "@std/assert";
import { generate } from "selfsigned";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { findChromium } from "../../tasks/chromium.ts";
import { ADMINISTRATOR, connect, openText, status } from "../e2e/cast.ts";
import { arrived, framesShown, messages, until, video, write } from "../e2e/look.ts";
import { DEVICE_HERTZ, enroll, setUp, signIn, Stage, TECHNICIAN_HERTZ } from "../e2e/people.ts";
import { Server } from "../e2e/server.ts";
import { TurnServer } from "../support/turn_server.ts";
import { type Continuity, continuityOf, WINDOW_MS } from "./continuity.ts";
import { DeviceNetwork, GOOD } from "./device_network.ts";
import { Ear } from "./ear.ts";
import { Lab, type Place, SERVER, TURN } from "./lab.ts";

const DEVICE = "Train laptop";
const SECRET = "shared with coturn";
const HTTPS = 443;
const MEDIA_PORT = 44_444;

/** How a call's packets travel, as its page says. */
export type Path = "UDP" | "TCP" | "Relay (TURN)";

/** What was heard on one side. */
export interface Sound extends Continuity {
  /** The part of the sound that the browser guessed because its packets had not come, 0 to 1. */
  readonly concealed: number;
}

/** What was seen and heard of a call from the change of a network on. */
export interface Impression {
  /** What the technician heard of the device, and the other way round. */
  readonly fromDevice: Sound;
  readonly toDevice: Sound;
  /** Frames a second that the technician saw of the device; 0: its picture rested. */
  readonly frames: number;
}

/** A call with pictures that both sides see and hear: {@link FarCall.open}. */
export class FarCall implements AsyncDisposable {
  #texts = 0;

  private constructor(
    readonly stage: Stage,
    readonly network: DeviceNetwork,
    readonly server: Server,
    readonly turn: TurnServer,
    readonly console: Page,
    readonly phone: Page,
    readonly close: AsyncDisposableStack,
    private readonly ears: { readonly console: Ear; readonly phone: Ear },
  ) {}

  /** Opens it in a good network; `env`: more settings of the server. */
  static async open(env: Record<string, string> = {}): Promise<FarCall> {
    await using parts = new AsyncDisposableStack();
    const lab = parts.use(await Lab.open());
    const network = parts.use(new DeviceNetwork(lab));
    await network.become(GOOD);
    const stage = parts.use(await Stage.open());
    const turn = parts.use(await startTurn(lab));
    const server = await startServer(lab, stage, turn, env);
    parts.defer(async () => void await server.stop());
    const browsers = {
      technician: await stage.technicianBrowser(
        TRUSTING,
        await chromiumAt("technician", lab, stage),
      ),
      device: await stage.deviceBrowser(TRUSTING, await chromiumAt("device", lab, stage)),
    };
    const console = await stage.page(await openContext(browsers.technician));
    await signIn(console, server);
    const phone = await openDevice(stage, browsers.device, console);
    await until(console, callsCanBeMade, null);
    await connect(console, phone, DEVICE, "Accept with video");
    await openText(phone);
    const ears = {
      console: await Ear.open(console, DEVICE_HERTZ),
      phone: await Ear.open(phone, TECHNICIAN_HERTZ),
    };
    const call = new FarCall(stage, network, server, turn, console, phone, parts.move(), ears);
    await call.isHeard();
    await call.isSeen();
    return call;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close.disposeAsync();
  }

  /** Waits until each hears the other for a second on end. */
  async isHeard(): Promise<void> {
    for (const ear of Object.values(this.ears)) await ear.hearsAll(1_000 / WINDOW_MS);
  }

  /** Waits until the technician sees the device: a picture that rests is tried again after a while. */
  async isSeen(): Promise<void> {
    const before = await this.#framesSeen();
    await until(this.console, (least) => {
      const seen = document.querySelector("video[data-participant=device][data-view=main]");
      return seen instanceof HTMLVideoElement &&
        seen.getVideoPlaybackQuality().totalVideoFrames > least;
    }, before + 10);
  }

  /**
   * What is seen and heard for `seconds` from `change` on, while both write: `texts` each, evenly.
   * Rejects if a text does not arrive.
   */
  async during(
    change: (network: DeviceNetwork) => Promise<void>,
    seconds: number,
    texts: number,
  ): Promise<Impression> {
    const { console: there, phone: here } = this.ears;
    const from = { there: await there.now(), here: await here.now() };
    const frames = await this.#framesSeen();
    const before = { there: await concealment(this.console), here: await concealment(this.phone) };
    await change(this.network);
    const looks = seconds * 1_000 / WINDOW_MS;
    for (let text = 1; text <= texts; text++) {
      await this.#write();
      await there.reaches(from.there + looks * text / texts);
    }
    await here.reaches(from.here + looks);
    const shown = Math.max(0, await this.#framesSeen() - frames);
    const guessed = {
      there: share(before.there, await concealment(this.console)),
      here: share(before.here, await concealment(this.phone)),
    };
    const [atTechnician, atDevice] = [
      await there.heard(from.there, from.there + looks),
      await here.heard(from.here, from.here + looks),
    ];
    return {
      fromDevice: { ...continuityOf(atTechnician), concealed: guessed.there },
      toDevice: { ...continuityOf(atDevice), concealed: guessed.here },
      frames: shown / seconds,
    };
  }

  /** Waits until the device's page says that its call takes one of these paths; which one. */
  async takes(paths: readonly Path[]): Promise<string> {
    const quality = this.phone.getByRole("button", { name: /^Call quality: / });
    await quality.click();
    const details = this.phone.getByRole("region", { name: "Call quality" });
    const taken = paths.map((path) => details.getByText(path, { exact: true }))
      .reduce((one, other) => one.or(other));
    const path = await taken.innerText();
    await quality.click();
    return path;
  }

  /** Waits until all that was written has arrived, and fails unless it is there once and in order. */
  async hasAllTexts(): Promise<void> {
    const { console, phone } = this;
    await arrived(console, `technician ${this.#texts};`);
    await arrived(phone, `device ${this.#texts};`);
    const [there, here] = await Promise.all([console, phone].map(textsOf));
    assertEquals(there, here);
    for (const who of ["technician", "device"]) {
      const wrote = Array.from({ length: this.#texts }, (_, n) => `${who} ${n + 1};`);
      assertEquals(here?.filter((text) => text.startsWith(who)), wrote);
    }
  }

  async #write(): Promise<void> {
    this.#texts++;
    await write(this.console, `technician ${this.#texts};`);
    await write(this.phone, `device ${this.#texts};`);
  }

  async #framesSeen(): Promise<number> {
    const seen = video(this.console, "device", "main");
    return await seen.count() === 0 ? 0 : await framesShown(seen);
  }
}

/** Samples of sound that a page has played, and those of them that its browser made up. */
interface Samples {
  readonly all: number;
  readonly concealed: number;
}

type Watched = typeof globalThis & { connections?: Set<RTCPeerConnection> };

/** Runs in a page before all else: its statistics can be read later. */
function watchConnections(): void {
  const connections = new Set<RTCPeerConnection>();
  (globalThis as Watched).connections = connections;
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.add(this);
    }
  };
}

/** Of all connections of a page so far (W3C webrtc-stats, RTCInboundRtpStreamStats). */
async function concealment(page: Page): Promise<Samples> {
  return await page.evaluate(async () => {
    const samples = { all: 0, concealed: 0 };
    for (const connection of (globalThis as Watched).connections ?? []) {
      for (
        const [, row] of await connection.getStats() as ReadonlyMap<
          string,
          RTCInboundRtpStreamStats
        >
      ) {
        if (row.type !== "inbound-rtp" || row.kind !== "audio") continue;
        samples.all += row.totalSamplesReceived ?? 0;
        // Silence between words is concealment, too, and nothing is missing there.
        samples.concealed += (row.concealedSamples ?? 0) - (row.silentConcealedSamples ?? 0);
      }
    }
    return samples;
  });
}

function share(before: Samples, after: Samples): number {
  return Math.max(0, after.concealed - before.concealed) / Math.max(1, after.all - before.all);
}

/** Certificates of a test are its own. */
const TRUSTING = ["--ignore-certificate-errors"];

async function textsOf(page: Page): Promise<string[]> {
  return (await messages(page)).map(({ text }) => /\w+ \d+;/.exec(text)?.[0] ?? text);
}

async function startTurn(lab: Lab): Promise<TurnServer> {
  return await TurnServer.start({
    secret: SECRET,
    on: {
      address: TURN,
      tlsPort: HTTPS,
      command: lab.at("server"),
      listens: (port) => lab.listens("server", port),
    },
  });
}

async function startServer(
  lab: Lab,
  stage: Stage,
  turn: TurnServer,
  env: Record<string, string>,
): Promise<Server> {
  const { cert, private: key } = await generate([{ name: "commonName", value: SERVER }]);
  const [certificate, secret] = [`${stage.folder}/certificate.pem`, `${stage.folder}/key.pem`];
  await Deno.writeTextFile(certificate, cert);
  await Deno.writeTextFile(secret, key);
  return await Server.start(stage.data, {
    ...ADMINISTRATOR,
    HOST: SERVER,
    PORT: String(HTTPS),
    TLS_CERT: certificate,
    TLS_KEY: secret,
    MEDIA_LISTEN_IP: SERVER,
    MEDIA_PORT: String(MEDIA_PORT),
    TURN_URLS: `turn:${TURN}:${turn.port}?transport=udp,turns:${TURN}:${HTTPS}?transport=tcp`,
    TURN_SECRET: SECRET,
    ...env,
  }, lab.at("server"));
}

/** A program that is Chromium on another computer. */
async function chromiumAt(place: Place, lab: Lab, stage: Stage): Promise<string> {
  const program = `${stage.folder}/chromium-at-${place}`;
  const command = [...lab.at(place), await findChromium() ?? "chromium"].join(" ");
  await Deno.writeTextFile(program, `#!/bin/sh\nexec ${command} "$@"\n`, { mode: 0o755 });
  return program;
}

/** Room for a call and its conversation beside each other; scripts of a test may run. */
async function openContext(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 720 },
    bypassCSP: true,
  });
  await context.addInitScript(watchConnections);
  return context;
}

/** The device is a laptop: its call and its conversation are beside each other. */
async function openDevice(stage: Stage, browser: Browser, console: Page): Promise<Page> {
  const link = await enroll(console, DEVICE);
  const phone = await stage.page(await openContext(browser));
  await setUp(phone, link);
  await status(phone, "Disconnected").waitFor();
  return phone;
}

/** Runs in the page: only computers of the lab reach the server. */
async function callsCanBeMade(): Promise<boolean> {
  const health = await (await fetch("/healthz")).json();
  if (health.media.state === "unavailable") throw new Error(health.media.reason ?? "no calls");
  return health.media.state === "ready";
}
