/** A page without a browser: a real socket that speaks the protocol. */
import { PROTOCOL_VERSION } from "../../protocol/frames.ts";
import type { Command, ServerMessage } from "../../protocol/messages.ts";
import type { Side } from "../../protocol/receipts.ts";
import { readServerFrame } from "../../protocol/server_frame.ts";
import type { Login, Server } from "./product.ts";

/** A bot's connection. */
export class Bot {
  /** Called with every frame. */
  onMessage: (message: ServerMessage) => void = () => {};
  readonly #socket: WebSocket;
  readonly #answers = new Map<number, (answer: ServerMessage) => void>();
  #nextId = 1;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => {
      const message = readServerFrame(data);
      if (message === null) return;
      if ((message.type === "ack" || message.type === "rejected") && message.id !== null) {
        this.#answers.get(message.id)?.(message);
        this.#answers.delete(message.id);
      }
      this.onMessage(message);
    });
  }

  /** Connects, says hello and waits for the welcome. */
  static async connect(
    server: Pick<Server, "origin">,
    side: Side,
    login: Login,
    client: string,
  ): Promise<Bot> {
    const url = `${server.origin.replace("http", "ws")}/api/socket/${side}`;
    const bot = new Bot(await openSocket(url, { cookie: login.cookie, origin: server.origin }));
    const welcome = bot.next((m) => m.type === "welcome");
    const hello = { type: "hello", version: PROTOCOL_VERSION, client, lastSeq: {} };
    bot.#socket.send(JSON.stringify(hello));
    await welcome;
    return bot;
  }

  /** The next frame for which `wanted` holds. */
  next(wanted: (message: ServerMessage) => boolean): Promise<ServerMessage> {
    return new Promise((done) => {
      this.#socket.addEventListener("message", function listen(this: WebSocket, { data }) {
        const message = readServerFrame(data);
        if (message === null || !wanted(message)) return;
        this.removeEventListener("message", listen);
        done(message);
      });
    });
  }

  /** Sends a command; resolves with its answer and throws on a refusal. */
  async ask(command: Command): Promise<Extract<ServerMessage, { type: "ack" }>> {
    const id = this.#nextId++;
    const answered = new Promise<ServerMessage>((done) => this.#answers.set(id, done));
    this.#socket.send(JSON.stringify({ ...command, id }));
    const answer = await answered;
    if (answer.type !== "ack") throw new Error(`refused: ${JSON.stringify(answer)}`);
    return answer;
  }

  close(): void {
    this.#socket.close();
  }
}

/** Opens a socket with these headers (Deno's extension of the WebSocket constructor). */
export function openSocket(url: string, headers: Record<string, string>): Promise<WebSocket> {
  return new Promise((done, failed) => {
    // With the DOM's types loaded too, TypeScript does not know Deno's second form of the call.
    const socket = new WebSocket(url, { headers } as unknown as string[]);
    socket.addEventListener("open", () => done(socket), { once: true });
    socket.addEventListener("error", (e) => failed(new Error(String((e as ErrorEvent).message))), {
      once: true,
    });
  });
}

/** Connects a technician and a device and brings them into an open session; returns its id. */
export async function openSession(technician: Bot, device: Bot, deviceId: string): Promise<string> {
  const rings = device.next((m) => m.type === "session");
  const ack = await technician.ask({ type: "session.start", device: deviceId });
  if (!("session" in ack)) throw new Error("no session");
  await rings;
  await device.ask({ type: "session.answer", session: ack.session, as: "text" });
  return ack.session;
}
