/** A page without a browser: the frames of its media socket, as a test wants them. */
import type { MediaServerMessage } from "../../protocol/media.ts";
import { MEDIA_SOCKET_PATH, type TicketClaims } from "../../protocol/media.ts";
import type { LocalGateway, LocalGatewayOptions } from "../../media/local_gateway.ts";
import { until } from "../support/waiting.ts";
import { startGateway } from "./world.ts";

type Answered = Extract<MediaServerMessage, { type: "answer" } | { type: "refused" }>;

/** A media socket and everything that came out of it. */
export class RawPage {
  readonly heard: MediaServerMessage[] = [];
  closed: { code: number; reason: string } | null = null;
  #lastId = 0;

  private constructor(readonly socket: WebSocket) {
    socket.addEventListener("message", ({ data }) => this.heard.push(JSON.parse(data)));
    socket.addEventListener("close", ({ code, reason }) => this.closed = { code, reason });
  }

  static async open(url: string): Promise<RawPage> {
    const page = new RawPage(new WebSocket(url));
    await until(
      "the socket is open",
      () => page.socket.readyState,
      (now) => now === WebSocket.OPEN,
    );
    return page;
  }

  /** Sends a frame as it is. */
  raw(data: string | Uint8Array<ArrayBuffer>): void {
    this.socket.send(data);
  }

  /** The next frame of this type, now or later. */
  async hears<T extends MediaServerMessage["type"]>(
    type: T,
    from = 0,
  ): Promise<Extract<MediaServerMessage, { type: T }>> {
    const isIt = (
      message: MediaServerMessage,
    ): message is Extract<MediaServerMessage, { type: T }> => message.type === type;
    const all = await until(
      `a frame "${type}"`,
      () => this.heard.slice(from).filter(isIt),
      (found) => {
        return found.length > 0 || this.closed !== null;
      },
    );
    const [first] = all;
    if (first === undefined) throw new Error(`closed before "${type}": ${this.closed?.reason}`);
    return first;
  }

  /** Sends a request and waits for what is answered. */
  async ask(request: Readonly<Record<string, unknown>>): Promise<Answered> {
    const id = ++this.#lastId;
    this.raw(JSON.stringify({ ...request, id }));
    const isIt = (message: MediaServerMessage): message is Answered =>
      (message.type === "answer" || message.type === "refused") && message.id === id;
    const found = await until(
      `an answer to ${request.type}`,
      () => this.heard.find(isIt) ?? this.closed,
      (now) => now !== null,
    );
    if (found === null || "reason" in found) throw new Error(`closed: ${this.closed?.reason}`);
    return found;
  }

  /** Sends a request; what it was refused for, or "ok". */
  async verdict(request: Readonly<Record<string, unknown>>): Promise<string> {
    const answer = await this.ask(request);
    return answer.type === "answer" ? "ok" : answer.code;
  }

  /** Sends a request that has to be answered with an id. */
  async idOf(request: Readonly<Record<string, unknown>>): Promise<string> {
    const answer = await this.ask(request);
    if (answer.type !== "answer") throw new Error(`${request.type}: ${answer.code}`);
    return String(answer.data.id);
  }

  /** Waits for the socket to be closed and answers the reason. */
  async reason(): Promise<string> {
    const closed = await until("closed", () => this.closed, (now) => now !== null);
    return closed?.reason ?? "";
  }

  close(): void {
    this.socket.close();
  }
}

/** What a page would send as Opus (RFC 7587) with this SSRC. */
export function opus(ssrc: number): Readonly<Record<string, unknown>> {
  const codec = { mimeType: "audio/opus", payloadType: 111, clockRate: 48_000, channels: 2 };
  return { mid: "0", codecs: [codec], encodings: [{ ssrc }], rtcp: { cname: "test" } };
}

/** What a page would send as VP8 with this SSRC. */
export function vp8(ssrc: number): Readonly<Record<string, unknown>> {
  const codec = { mimeType: "video/VP8", payloadType: 96, clockRate: 90_000 };
  return { mid: "1", codecs: [codec], encodings: [{ ssrc }], rtcp: { cname: "test" } };
}

/** A node in this process and raw pages on it. */
export class RawWorld implements AsyncDisposable {
  readonly session = crypto.randomUUID();
  readonly #pages: RawPage[] = [];

  private constructor(
    readonly gateway: LocalGateway,
    readonly server: Deno.HttpServer<Deno.NetAddr>,
  ) {}

  static async open(gatewayOptions: Partial<LocalGatewayOptions> = {}): Promise<RawWorld> {
    const gateway = await startGateway(gatewayOptions);
    const options = { hostname: "127.0.0.1", port: 0, onListen: () => {} };
    const server = Deno.serve(options, (request) => gateway.handle(request));
    return new RawWorld(gateway, server);
  }

  /** A page that has not joined. */
  async page(): Promise<RawPage> {
    const page = await RawPage.open(
      `ws://127.0.0.1:${this.server.addr.port}${MEDIA_SOCKET_PATH}`,
    );
    this.#pages.push(page);
    return page;
  }

  /** A ticket for this session with what a test wants to be different. */
  async token(claims: Partial<TicketClaims> = {}): Promise<string> {
    const { token } = await this.gateway.ticket({
      session: this.session,
      call: 1,
      move: 0,
      side: "device",
      client: "raw-page",
      send: { voice: true, video: true },
      node: this.gateway.id,
      ...claims,
    });
    return token;
  }

  /** A page that has joined. */
  async joined(claims: Partial<TicketClaims> = {}): Promise<RawPage> {
    const page = await this.page();
    page.raw(JSON.stringify({ type: "join", token: await this.token(claims) }));
    await page.hears("joined");
    return page;
  }

  /** A page that has joined and can send; with the id of its transport. */
  async sender(claims: Partial<TicketClaims> = {}): Promise<{ page: RawPage; transport: string }> {
    const page = await this.joined(claims);
    return { page, transport: await page.idOf({ type: "transport", direction: "send" }) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const page of this.#pages) page.close();
    await this.gateway.close();
    await this.server.shutdown();
  }
}
