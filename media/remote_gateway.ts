/** A media node on another machine, run by `deno task media`: nothing here but fetch and jose. */
import * as v from "valibot";
import type { MediaTicket } from "../protocol/messages.ts";
import { type Allowed, MEDIA_SOCKET_PATH, type TicketClaims } from "../protocol/media.ts";
import type { MediaStatus } from "../protocol/service.ts";
import { CONTROL_PATH, type ControlCommand, signCommand } from "./control.ts";
import { type MediaGateway, MediaUnavailable } from "./gateway.ts";
import { StatusSource } from "./status.ts";
import { signProbeTicket, signTicket } from "./ticket.ts";

/** Where the node is, and what both sides sign with. */
export interface RemoteGatewayOptions {
  /** The node's address (MEDIA_URL), http or https, as pages reach it too. */
  readonly url: string;
  /** MEDIA_SECRET, the same as the node's. */
  readonly secret: string;
  /** How long what is known of the node stays good, in milliseconds. Default 15 s. */
  readonly freshFor?: number;
}

/** A node that does not answer within this many milliseconds is not there. */
const PATIENCE = 5_000;
/** How long to wait before a command that did not arrive is sent again, in milliseconds. */
const TRY_AGAIN = [500, 2_000];

const HealthSchema = v.object({
  node: v.string(),
  media: v.variant("state", [
    v.object({ state: v.literal("preparing"), progress: v.number() }),
    v.object({ state: v.literal("ready") }),
    v.object({ state: v.literal("unavailable"), reason: v.string() }),
  ]),
});

/** The gateway to a node elsewhere. Nothing is asked of the node before somebody wants to know. */
export class RemoteGateway implements MediaGateway {
  readonly #base: URL;
  readonly #secret: string;
  readonly #freshFor: number;
  readonly #status = new StatusSource({ state: "preparing", progress: 0 });
  #node: string | null = null;
  #askedAt = -Infinity;
  #asking: Promise<void> | null = null;
  #trusted = false;
  #timer: ReturnType<typeof setInterval> | undefined;
  #closed = false;

  /** Throws where `url` is no address or `secret` is too short. */
  constructor({ url, secret, freshFor = 15_000 }: RemoteGatewayOptions) {
    this.#base = new URL(url.endsWith("/") ? url : `${url}/`);
    this.#secret = secret;
    this.#freshFor = freshFor;
  }

  status(): MediaStatus {
    this.#refreshIfOld();
    return this.#status.get();
  }

  onStatus(listener: (status: MediaStatus) => void): () => void {
    const stop = this.#status.listen(listener);
    this.#refreshIfOld();
    this.#timer ??= setInterval(() => this.#refreshIfOld(), this.#freshFor);
    return () => {
      stop();
      if (this.#status.listeners === 0) this.#stopPolling();
    };
  }

  nodeId(): string | null {
    return this.status().state === "ready" ? this.#node : null;
  }

  ticket(claims: Omit<TicketClaims, "node">): Promise<MediaTicket> {
    return this.#open((node) => signTicket(this.#secret, { ...claims, node }));
  }

  probeTicket(device: string): Promise<MediaTicket> {
    return this.#open((node) => signProbeTicket(this.#secret, { device, node }));
  }

  async #open(sign: (node: string) => Promise<string>): Promise<MediaTicket> {
    if (this.nodeId() === null) await this.refresh();
    const node = this.nodeId();
    if (node === null) throw new MediaUnavailable("the media node cannot be reached");
    const url = new URL(`.${MEDIA_SOCKET_PATH}`, this.#base);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    return { url: url.href, token: await sign(node) };
  }

  restrict(session: string, allowed: Allowed): Promise<void> {
    return this.#command({ type: "restrict", session, allowed });
  }

  closeRoom(session: string, call?: number): Promise<void> {
    return this.#command({ type: "close_room", session, call });
  }

  close(): Promise<void> {
    this.#closed = true;
    this.#stopPolling();
    return Promise.resolve();
  }

  /** Asks the node how it is, once at a time. Never rejects. */
  refresh(): Promise<void> {
    this.#askedAt = performance.now();
    this.#asking ??= this.#ask().catch(() => this.#lost("The media node cannot be reached."))
      .finally(() => this.#asking = null);
    return this.#asking;
  }

  #refreshIfOld(): void {
    if (this.#closed || performance.now() - this.#askedAt < this.#freshFor) return;
    this.refresh();
  }

  #stopPolling(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #ask(): Promise<void> {
    const response = await fetch(new URL("./healthz", this.#base), {
      signal: AbortSignal.timeout(PATIENCE),
    });
    const health = v.safeParse(HealthSchema, await response.json());
    if (!health.success) return this.#lost("MEDIA_URL does not lead to a media node.");
    if (!this.#trusted && !(await this.#sharesSecret())) {
      return this.#lost("The media node has another MEDIA_SECRET.");
    }
    this.#trusted = true;
    this.#node = health.output.node;
    this.#status.set(health.output.media);
  }

  async #sharesSecret(): Promise<boolean> {
    return (await this.#post({ type: "ping" })).status !== 403;
  }

  #lost(reason: string): void {
    this.#trusted = false;
    this.#status.set({ state: "unavailable", reason });
  }

  async #command(command: ControlCommand): Promise<void> {
    for (const wait of [...TRY_AGAIN, null]) {
      const response = await this.#post(command).catch(() => null);
      if (response?.ok) return;
      if (wait === null || response?.status === 403) break;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
    throw new MediaUnavailable("the media node did not take the command");
  }

  async #post(command: ControlCommand): Promise<Response> {
    const response = await fetch(new URL(`.${CONTROL_PATH}`, this.#base), {
      method: "POST",
      body: await signCommand(this.#secret, command),
      signal: AbortSignal.timeout(PATIENCE),
    });
    await response.body?.cancel();
    return response;
  }
}

/** The gateway to the node at `options.url`. Throws where that is no address. */
export function remoteGateway(options: RemoteGatewayOptions): RemoteGateway {
  return new RemoteGateway(options);
}
