/** A media node and browser pages that call each other through it. */
import { build, stop } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { launchChromium } from "../support/chromium.ts";
import { until } from "../support/waiting.ts";
import type { Side } from "../../protocol/receipts.ts";
import type { Medium } from "../../protocol/session.ts";
import { MEDIA_SOCKET_PATH, type TicketClaims } from "../../protocol/media.ts";
import { LocalGateway, type LocalGatewayOptions } from "../../media/local_gateway.ts";
import type { Look } from "./page/main.ts";

/**
 * A gateway whose node is ready and listens on this machine only, on free ports. The first one on a
 * machine takes as long as building the worker does.
 */
export async function startGateway(
  options: Partial<LocalGatewayOptions> = {},
): Promise<LocalGateway> {
  const bin = Deno.env.get("MEDIASOUP_WORKER_BIN");
  const listen = { ip: "127.0.0.1", port: 0 };
  const gateway = new LocalGateway({ listen, worker: { bin }, ...options });
  await gateway.prepared;
  const status = gateway.status();
  if (status.state !== "ready") throw new Error(JSON.stringify(status));
  return gateway;
}

/** One page of one person. */
export class Person {
  constructor(readonly world: World, readonly side: Side, readonly page: Page) {}

  /** What the page shows and measures now. */
  look(): Promise<Look> {
    return this.page.evaluate(() => globalThis.look());
  }

  /** Waits until the page looks like that. */
  until(what: string, condition: (seen: Look) => boolean): Promise<Look> {
    return until(`${this.side}: ${what}`, () => this.look(), condition);
  }

  /** Waits until so many more frames were decoded than `since`. */
  async seesMore(since?: Look, frames = 20): Promise<Look> {
    const before = since ?? await this.look();
    return await this.until(`${frames} more frames`, (now) => now.frames >= before.frames + frames);
  }

  /** Waits until more was heard than at `since`. */
  async hearsMore(since?: Look): Promise<Look> {
    const before = since ?? await this.look();
    return await this.until("more to hear", (now) => now.energy > before.energy + 1e-3);
  }

  /** Waits until no voice comes any more and what had come is played, while the picture goes on. */
  async untilSilent(): Promise<Look> {
    let before = await this.look();
    return await until(`${this.side}: silence`, async () => {
      const now = await this.seesMore(before, 15);
      const silent = now.audioPackets === before.audioPackets && now.energy - before.energy < 1e-4;
      before = now;
      return silent ? now : null;
    }, (seen): seen is Look => seen !== null);
  }

  /** Accepts, then takes part in call `callId`. */
  async join(medium: Medium, callId = 1): Promise<void> {
    await this.page.evaluate(async ([callId, medium]) => {
      await call.prepare(medium);
      await call.join(callId, { medium, muted: false, screen: false, trouble: {} });
    }, [callId, medium] as const);
  }

  /** Reloads the page; it has joined nothing afterwards. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.page.waitForFunction("!!globalThis.look");
  }
}

/** One node, one browser, one session. */
export class World implements AsyncDisposable {
  /** What the tickets of this session allow. */
  send = { voice: true, video: true };
  callId = 1;
  readonly session = crypto.randomUUID();
  readonly errors: string[] = [];
  #pages = 0;
  /** The node that tickets are for now. */
  on: LocalGateway;
  /** How often the call has moved. */
  moves = 0;

  private constructor(
    readonly gateway: LocalGateway,
    readonly server: Deno.HttpServer<Deno.NetAddr>,
    readonly browser: Browser,
  ) {
    this.on = gateway;
  }

  /** Another node, elsewhere. */
  async secondNode(): Promise<AsyncDisposable & { readonly gateway: LocalGateway }> {
    const gateway = await startGateway();
    const server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      (request) => gateway.handle(request),
    );
    const { port } = server.addr;
    const ticket = gateway.ticket.bind(gateway);
    gateway.ticket = async (claims) => {
      return { ...await ticket(claims), url: `ws://127.0.0.1:${port}${MEDIA_SOCKET_PATH}` };
    };
    return {
      gateway,
      async [Symbol.asyncDispose]() {
        await gateway.close();
        await server.shutdown();
      },
    };
  }

  static async open(): Promise<World> {
    const gateway = await startGateway();
    const script = await bundle();
    const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
      const { pathname } = new URL(request.url);
      if (pathname === MEDIA_SOCKET_PATH) return gateway.handle(request);
      if (pathname === "/page.js") return asset("text/javascript", script);
      return asset("text/html", '<!doctype html><script type="module" src="/page.js"></script>');
    });
    const browser = await launchChromium([
      // More than one to switch between; of two such flags the last one counts.
      "--use-fake-device-for-media-stream=device-count=3",
    ]);
    return new World(gateway, server, browser);
  }

  /** A page of `side`, on a computer or a phone, in a browser context of its own. */
  async person(side: Side, phone = false): Promise<Person> {
    const context = await this.browser.newContext(phone ? { hasTouch: true, isMobile: true } : {});
    const page = await context.newPage();
    page.on("pageerror", (error) => this.errors.push(`${side}: ${error.stack}`));
    const client = `page-${++this.#pages}`;
    await page.exposeFunction("fetchTicket", () => this.on.ticket(this.claims(side, client)));
    await page.goto(`http://127.0.0.1:${this.server.addr.port}/#${side}`);
    await page.waitForFunction("!!globalThis.look");
    return new Person(this, side, page);
  }

  /** Technician and device user (on a phone or not), in a call of this medium. */
  async call(medium: Medium, phone = false): Promise<{ technician: Person; device: Person }> {
    const people = await Promise.all([this.person("technician"), this.person("device", phone)]);
    await Promise.all(people.map((person) => person.join(medium)));
    const [technician, device] = people;
    return { technician, device };
  }

  /** What a web process would put into a ticket now. */
  claims(side: Side, client: string): TicketClaims {
    const { session, callId: call, send } = this;
    return { session, call, move: this.moves, side, client, send, node: this.on.id };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.browser.close();
    await this.gateway.close();
    await this.server.shutdown();
    if (this.errors.length > 0) throw new Error(this.errors.join("\n"));
  }
}

/** The script of a test's page, one of those in page/. */
export async function bundle(name = "main.ts"): Promise<Uint8Array<ArrayBuffer>> {
  const entry = decodeURIComponent(new URL(`page/${name}`, import.meta.url).pathname);
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    logLevel: "error",
  });
  await stop();
  const [file] = result.outputFiles;
  if (file === undefined) throw new Error("esbuild made nothing");
  return new Uint8Array(file.contents);
}

/** An answer with a file in it. */
export function asset(type: string, body: BodyInit): Response {
  return new Response(body, { headers: { "content-type": `${type}; charset=utf-8` } });
}
