/** A device with a session that does all it can to be in the way of others. */
import { CLOSE_CODE, isRejection } from "../../protocol/errors.ts";
import { PROTOCOL_VERSION } from "../../protocol/frames.ts";
import { EVERYTHING_ON } from "../../protocol/service.ts";
import { decide, type Message, startSession } from "../../protocol/session.ts";
import { openKv } from "../../store/kv.ts";
import { MAX_MESSAGES_A_COMMIT, SessionStore } from "../../store/sessions.ts";
import { openSocket } from "../bench/bot.ts";
import type { Login, Server } from "../bench/product.ts";

/** How many messages the abused session has already: what old ones are searched among. */
const MESSAGES = 3_000;
/** The page that wrote them. */
const WRITER = "abuse-writer";
/** How many pages it opens; more than one may have. */
const PAGES = 30;
/** How many files it sends at a time. */
const UPLOADS = 6;
/** Four thousand characters of three bytes each. */
const LONG = "長".repeat(4_000);
/** More than a frame may have. */
const TOO_LARGE = "x".repeat(70_000);

/** Writes an open session with many messages into the database at `path`. */
export async function seedLongSession(
  path: string,
  id: string,
  technician: string,
  device: string,
): Promise<void> {
  using kv = await openKv(path);
  const store = new SessionStore(kv);
  const around = { now: Date.now(), available: EVERYTHING_ON, node: null, ringFor: 60_000 };
  const session = startSession({
    id,
    device: { id: device, name: "Device" },
    technician: { id: technician, name: "Technician" },
    client: "victim-x",
  }, around);
  if (isRejection(session)) throw new Error(session.code);
  const started = await store.start(session);
  if (started.kind !== "started") throw new Error(started.kind);
  let version: string | null = started.version;
  let head = session;
  for (let from = 0; from < MESSAGES; from += MAX_MESSAGES_A_COMMIT) {
    const commands = [
      ...from === 0 ? [{ type: "session.answer", as: "text" } as const] : [],
      ...Array.from({ length: MAX_MESSAGES_A_COMMIT }, (_, at) => {
        return { type: "text.send", n: from + at + 1, text: "Are you there?" } as const;
      }),
    ];
    const messages: Message[] = [];
    for (const command of commands) {
      const decision = decide(head, { by: "device", client: WRITER, command }, around);
      if (decision.kind === "rejected") throw new Error(decision.code);
      head = decision.session;
      messages.push(...decision.effects.flatMap((e) => e.kind === "append" ? [e.message] : []));
    }
    version = version === null ? null : await store.commit(version, head, messages);
  }
  if (version === null) throw new Error("somebody else wrote");
}

/** All of it at once, until it is told to stop. */
export class Abuse {
  sent = 0;
  refused = 0;
  /** How many old messages were found when they were sent again. */
  searched = 0;
  /** How many of its pages were closed by the server. */
  closed = 0;
  /** How many pieces of files were answered. */
  uploads = 0;
  readonly #server: Server;
  readonly #login: Login;
  readonly #session: string;
  readonly #sockets: WebSocket[] = [];
  readonly #stop = new AbortController();
  #timer: ReturnType<typeof setInterval> | undefined;
  #uploading: Promise<unknown> = Promise.resolve();

  private constructor(server: Server, login: Login, session: string) {
    this.#server = server;
    this.#login = login;
    this.#session = session;
  }

  /** Begins it. */
  static async begin(server: Server, login: Login, session: string): Promise<Abuse> {
    const abuse = new Abuse(server, login, session);
    for (let n = 0; n < PAGES; n++) await abuse.#connect(nameOf(n));
    abuse.#timer = setInterval(() => abuse.#flood(), 5);
    abuse.#uploading = Promise.all(
      Array.from({ length: UPLOADS }, (_, n) => abuse.#upload(`abuse-upload-number-${n}`)),
    );
    return abuse;
  }

  /** Ends it; resolves when nothing of it is under way. */
  async end(): Promise<this> {
    clearInterval(this.#timer);
    this.#stop.abort();
    for (const socket of this.#sockets) socket.close();
    await this.#uploading;
    return this;
  }

  async #connect(client: string): Promise<void> {
    const url = `${this.#server.origin.replace("http", "ws")}/api/socket/device`;
    const headers = { cookie: this.#login.cookie, origin: this.#server.origin };
    const socket = await openSocket(url, headers);
    socket.addEventListener("message", ({ data }) => {
      const frame = String(data);
      if (frame.startsWith(`{"type":"rejected"`)) this.refused++;
      if (/^{"type":"ack".*"seq":\d{1,2}}$/.test(frame)) this.searched++;
    });
    socket.addEventListener("close", ({ code }) => {
      if (code === CLOSE_CODE) this.closed++;
    });
    this.#sockets.push(socket);
    this.#hello(socket, client);
  }

  /** It holds nothing, it says: all messages are read and sent. */
  #hello(socket: WebSocket, client: string): void {
    socket.send(JSON.stringify({ type: "hello", version: PROTOCOL_VERSION, client, lastSeq: {} }));
  }

  #flood(): void {
    for (const [at, socket] of this.#sockets.entries()) {
      if (socket.readyState !== WebSocket.OPEN) continue;
      const id = ++this.sent;
      const text = { type: "text.send", session: this.#session, id };
      if (id % 50 === 0) this.#hello(socket, nameOf(at));
      else if (id % 50 === 1) socket.send(TOO_LARGE);
      else if (id % 3 === 0) socket.send(JSON.stringify({ ...text, n: 1 + id % 20, text: "" }));
      else if (id % 3 === 1) socket.send(JSON.stringify({ ...text, n: id, text: LONG }));
      else socket.send(JSON.stringify({ type: "equipment.ticket", id }));
    }
  }

  /** Sends the same piece of a file again and again. */
  async #upload(id: string): Promise<void> {
    const address = `${this.#server.origin}/api/attachments/device/${this.#session}`;
    const { cookie } = this.#login;
    const headers = { cookie, origin: this.#server.origin, "tus-resumable": "1.0.0" };
    const named = Object.entries({ filename: "a.txt", filetype: "text/plain", id });
    const { signal } = this.#stop;
    const ask = async (path: string, init: RequestInit) => {
      const answer = await fetch(`${address}${path}`, { ...init, signal });
      await answer.body?.cancel();
      this.uploads++;
    };
    try {
      while (!signal.aborted) {
        await ask("", {
          method: "POST",
          headers: {
            ...headers,
            "upload-length": "200000",
            "upload-metadata": named.map(([name, value]) => `${name} ${btoa(value)}`).join(),
          },
        });
        await ask(`/${id}`, {
          method: "PATCH",
          headers: {
            ...headers,
            "upload-offset": "0",
            "content-type": "application/offset+octet-stream",
          },
          body: "a".repeat(200_000),
        });
        await ask(`/${id}`, { method: "DELETE", headers });
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}

/** Every other page says that it is the one that wrote all that is there. */
function nameOf(page: number): string {
  return page % 2 === 0 ? WRITER : `abuse-${page}-page`;
}
