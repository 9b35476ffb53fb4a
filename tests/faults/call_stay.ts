/** One stay on a media node without WebRTC: from a ticket until the way there breaks. */
import { type MediaServerMessage, readMediaFrame } from "../../protocol/media.ts";
import { opus } from "../media/raw_page.ts";
import { pass } from "./product.ts";

/** A node that does not let a page in within this is not there (client/call/media_socket.ts), in ms. */
const LETS_IN_WITHIN = 8_000;
/** Nor one that does not answer a restart of ICE within this (docs/PROTOCOL.md, 4.1). */
const ANSWERS_WITHIN = 4_000;
/** A network that forgot the connection passes no goodbye, in milliseconds. */
const SAYS_GOODBYE_WITHIN = 1_000;
/** How often ICE is restarted here: without media nothing else shows that the worker lives. */
const ASKS_EVERY = 1_000;

/** Who hears of it. */
export interface StayEvents {
  joined(): void;
  /** The other side's page is there, or not. */
  peer(present: boolean): void;
}

/** A page's socket to a node: joins, offers a voice, and asks now and then. */
export class CallStay {
  /** Resolves with the node's reason, or "silent", or "" where there was none. */
  readonly over: Promise<string>;
  readonly #end: (reason: string) => void;
  readonly #socket: WebSocket;
  readonly #events: StayEvents;
  #timer: ReturnType<typeof setTimeout>;
  #transport: string | null = null;
  #nextId = 1;
  #left = false;

  constructor(address: URL, token: string, events: StayEvents) {
    const { promise, resolve } = Promise.withResolvers<string>();
    this.over = promise;
    this.#end = resolve;
    this.#events = events;
    this.#socket = new WebSocket(address);
    this.#timer = this.#patience(LETS_IN_WITHIN);
    this.#socket.addEventListener("open", () => this.#send({ type: "join", token }));
    this.#socket.addEventListener("message", ({ data }) => this.#take(readMediaFrame(data)));
    this.#socket.addEventListener("close", ({ reason }) => {
      clearTimeout(this.#timer);
      resolve(reason);
    });
  }

  /**
   * Leaves the node; resolves once the socket is closed, or nobody says goodbye. What a node that
   * stood still says after that is not heard.
   */
  async leave(): Promise<void> {
    this.#left = true;
    clearTimeout(this.#timer);
    const closed = new Promise((done) => this.#socket.addEventListener("close", done));
    if (this.#socket.readyState === WebSocket.CLOSED) return;
    this.#socket.close();
    await Promise.race([closed, pass(SAYS_GOODBYE_WITHIN)]);
  }

  #take(message: MediaServerMessage | null): void {
    if (this.#left) return;
    switch (message?.type) {
      case "joined":
        this.#events.joined();
        return this.#ask({ type: "transport", direction: "send" });
      case "peer":
        return this.#events.peer(message.present);
      case "refused":
        return this.#rest();
      case "answer": {
        const { id, iceCandidates } = message.data;
        if (iceCandidates === undefined || typeof id !== "string") return this.#rest();
        this.#transport = id;
        const rtpParameters = opus(1000);
        return this.#ask({ type: "produce", transport: id, kind: "audio", rtpParameters });
      }
    }
  }

  /** All is well; asks again in a while. */
  #rest(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => this.#ask({ type: "restart_ice", transport: this.#transport }),
      ASKS_EVERY,
    );
  }

  #ask(request: Readonly<Record<string, unknown>>): void {
    clearTimeout(this.#timer);
    this.#timer = this.#patience(ANSWERS_WITHIN);
    this.#send({ ...request, id: this.#nextId++ });
  }

  #patience(ms: number): ReturnType<typeof setTimeout> {
    return setTimeout(() => this.#end("silent"), ms);
  }

  #send(frame: unknown): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }
}
