/** Technician, device and server, each on a computer of their own. */
import { generate } from "selfsigned";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { findChromium } from "../../tasks/chromium.ts";
import { ADMINISTRATOR, status } from "../e2e/cast.ts";
import { until } from "../e2e/look.ts";
import { enroll, setUp, signIn, Stage } from "../e2e/people.ts";
import { Server } from "../e2e/server.ts";
import { TurnServer } from "../support/turn_server.ts";
import { watchConnections } from "./connections.ts";
import { DeviceNetwork, GOOD } from "./device_network.ts";
import { Lab, type Place, SERVER, TURN } from "./lab.ts";

/** The device's name. */
export const DEVICE = "Train laptop";
const SECRET = "shared with coturn";
const HTTPS = 443;
const MEDIA_PORT = 44_444;

/** A device that can be called, one session after another: {@link FarPeople.open}. */
export class FarPeople implements AsyncDisposable {
  private constructor(
    readonly stage: Stage,
    readonly network: DeviceNetwork,
    readonly console: Page,
    readonly phone: Page,
    private readonly parts: AsyncDisposableStack,
  ) {}

  /** Opens it all in a good network; `env`: more settings of the server. */
  static async open(env: Record<string, string> = {}): Promise<FarPeople> {
    await using parts = new AsyncDisposableStack();
    const lab = parts.use(await Lab.open());
    const network = parts.use(new DeviceNetwork(lab));
    await network.become(GOOD);
    const stage = parts.use(await Stage.open());
    const turn = parts.use(await startTurn(lab));
    const [server, technician, device] = await Promise.all([
      startServer(lab, stage, turn, env),
      stage.technicianBrowser(FLAGS, await chromiumAt("technician", lab, stage)),
      stage.deviceBrowser(FLAGS, await chromiumAt("device", lab, stage)),
    ]);
    parts.defer(async () => void await server.stop());
    const console = await stage.page(await openContext(technician));
    await signIn(console, server);
    const phone = await stage.page(await openContext(device));
    await setUp(phone, await enroll(console, DEVICE));
    await status(phone, "Disconnected").waitFor();
    await until(console, callsCanBeMade, null);
    return new FarPeople(stage, network, console, phone, parts.move());
  }

  /** Both open their pages anew in a network that was made so by `change`. */
  async startOver(change: (network: DeviceNetwork) => Promise<void>): Promise<void> {
    await this.network.reset();
    await change(this.network);
    await Promise.all([this.console.reload(), this.phone.reload()]);
    await status(this.phone, "Disconnected").waitFor();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.parts.disposeAsync();
  }
}

/** Certificates of a test are its own; an ear listens before anybody has touched its page. */
const FLAGS = ["--ignore-certificate-errors", "--autoplay-policy=no-user-gesture-required"];

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

/** Runs in the page: only computers of the lab reach the server. */
async function callsCanBeMade(): Promise<boolean> {
  const health = await (await fetch("/healthz")).json();
  if (health.media.state === "unavailable") throw new Error(health.media.reason ?? "no calls");
  return health.media.state === "ready";
}
