/** The WebSocket of one page on a media node: limits, the ticket first, then one request at a time. */
import { errorSentence } from "../protocol/error_sentences.ts";
import { CLOSE_CODE, type CloseReason, reject, type Rejection } from "../protocol/errors.ts";
import {
  BEAT_MS,
  type MediaClientMessage,
  type MediaRequest,
  type MediaServerMessage,
  parseMediaFrame,
} from "../protocol/media.ts";
import { type Answer, answer } from "./answer.ts";
import type { Membership } from "./membership.ts";
import type { PeerSocket } from "./peer.ts";
import { RateLimit } from "./rate_limit.ts";

/** How a page gets in: null where its token is no ticket; rejects while there is no worker. */
export type Join = (token: string, socket: PeerSocket) => Promise<Membership | null>;

/** A page that has not joined after this many milliseconds is not going to. */
const JOIN_DEADLINE = 10_000;
/** Deno pings a silent page, and closes after so many seconds: browsers hold on to a dead path for 15. */
const IDLE_SECONDS = 20;
/** A page that lets this many bytes pile up does not read any more. */
const MAX_BUFFERED = 1024 * 1024;
/** Joining takes about ten frames, a person pressing buttons two a second, pointing twenty. */
const BURST = 100;
const PER_SECOND = 40;
const PATIENCE = 200;
/** A page waits for answers; the worker takes milliseconds for each. */
const MAX_WAITING = 50;
/** How many pages of one node are about to join; each is given up after {@link JOIN_DEADLINE}. */
const MAX_JOINING = 500;

/** The pages of one node that are connected and have not joined yet. */
export type Lobby = Set<unknown>;

/** Answers the upgrade request of a page and serves its socket. 426: it is no upgrade request; 503: too many are about to join. */
export function serveUpgrade(request: Request, join: Join, lobby: Lobby): Response {
  if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
    return new Response("This address speaks WebSocket only.\n", {
      status: 426,
      headers: { upgrade: "websocket", connection: "Upgrade" },
    });
  }
  if (lobby.size >= MAX_JOINING) {
    return new Response("Too many are joining.\n", {
      status: 503,
      headers: { "retry-after": "1" },
    });
  }
  const { socket, response } = Deno.upgradeWebSocket(request, { idleTimeout: IDLE_SECONDS });
  new Connection(socket, join, lobby);
  return response;
}

class Connection implements PeerSocket {
  readonly #socket: WebSocket;
  readonly #join: Join;
  readonly #lobby: Lobby;
  readonly #limit = new RateLimit(BURST, PER_SECOND, PATIENCE);
  readonly #deadline: ReturnType<typeof setTimeout>;
  #membership: Membership | null = null;
  #work: Promise<void> = Promise.resolve();
  #waiting = 0;
  #gone = false;
  #beat: ReturnType<typeof setInterval> | undefined;

  constructor(socket: WebSocket, join: Join, lobby: Lobby) {
    this.#socket = socket;
    this.#join = join;
    this.#lobby = lobby.add(this);
    this.#deadline = setTimeout(() => this.close("bad_ticket"), JOIN_DEADLINE);
    socket.addEventListener("message", ({ data }) => this.#take(data));
    socket.addEventListener("close", () => this.#leave());
    socket.addEventListener("error", () => this.#leave());
  }

  send(message: MediaServerMessage): void {
    if (this.#gone || this.#socket.readyState !== WebSocket.OPEN) return;
    if (this.#socket.bufferedAmount > MAX_BUFFERED) return this.close("too_slow");
    this.#socket.send(JSON.stringify(message));
  }

  close(reason: CloseReason): void {
    if (this.#gone) return;
    this.#leave();
    this.#socket.close(CLOSE_CODE, reason);
  }

  #leave(): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#lobby.delete(this);
    clearTimeout(this.#deadline);
    clearInterval(this.#beat);
    this.#membership?.leave();
  }

  #take(data: unknown): void {
    if (this.#gone) return;
    const verdict = this.#limit.judge();
    if (verdict === "close") return this.close("flooding");
    if (verdict === "refuse") return this.#refuse(null, reject("rate_limited"));
    const parsed = parseMediaFrame(data);
    if (!parsed.ok) return this.#refuse(parsed.id, reject(parsed.code));
    const { message } = parsed;
    if (this.#waiting >= MAX_WAITING) {
      return this.#refuse(message.type === "join" ? null : message.id, reject("busy"));
    }
    this.#waiting++;
    // One after the other, in the order they came.
    this.#work = this.#work.then(() => this.#handle(message)).finally(() => this.#waiting--);
  }

  async #handle(message: MediaClientMessage): Promise<void> {
    if (this.#gone) return;
    const membership = this.#membership;
    if (message.type === "join") {
      if (membership === null) await this.#enter(message.token);
      else this.#refuse(null, reject("bad_request"));
      return;
    }
    const result = membership === null
      ? reject("not_ready")
      : await this.#answer(membership, message);
    if (result.kind === "rejected") this.#refuse(message.id, result);
    else this.send({ type: "answer", id: message.id, data: result.data });
  }

  async #answer(membership: Membership, request: MediaRequest): Promise<Answer | Rejection> {
    if (request.type !== "renew") return await membership.peer.handle(request);
    const renewed = await membership.renew(request.token);
    return renewed ? answer({ send: membership.peer.allowed }) : reject("bad_ticket");
  }

  async #enter(token: string): Promise<void> {
    const membership = await this.#join(token, this).catch(() => "later" as const);
    if (membership === "later") return this.close("shutting_down");
    if (membership === null) return this.close("bad_ticket");
    // The page, or the room, may have gone while it was let in.
    if (this.#gone) return membership.leave();
    clearTimeout(this.#deadline);
    this.#lobby.delete(this);
    this.#membership = membership;
    this.#beat = setInterval(() => this.send({ type: "beat" }), BEAT_MS);
  }

  #refuse(id: number | null, { code }: Rejection): void {
    this.send({ type: "refused", id, code, message: errorSentence(code) });
  }
}
