/** The product in several processes on one database, with sockets as pages open them. */
import type { Side } from "../../../protocol/receipts.ts";
import { type Login, seed } from "../../bench/product.ts";

import { freePort, Server } from "../../e2e/server.ts";
import { MediaProcess, TAKES_NODES } from "../../support/media_process.ts";
import type { Dice } from "../dice.ts";
import { pass } from "../product.ts";
import type { Play, Process } from "./play.ts";
import type { Open } from "./recorder.ts";

/** A process that can be killed; another one takes its place. */
class Life {
  readonly #folder: string;
  readonly #settings: Readonly<Record<string, string>>;
  readonly port = freePort();
  #server: Server | null = null;

  constructor(folder: string, settings: Readonly<Record<string, string>>) {
    this.#folder = folder;
    this.#settings = settings;
  }

  async start(): Promise<void> {
    const place = { ...TAKES_NODES, PORT: String(this.port) };
    const server = await Server.start(this.#folder, { ...this.#settings, ...place });
    this.#server = server;
    await server.mediaReady();
  }

  async kill(): Promise<void> {
    await this.#server?.kill();
    this.#server = null;
  }
}

/** Processes on the database at `path`. */
export interface Processes extends Omit<Play, "device" | "calls" | "pause"> {
  /** One for each play: what it ends with stays. */
  readonly devices: readonly string[];
  /** One of them is killed, and comes back. */
  crash(): Promise<void>;
}

/** Starts `count` of them on the database at `path`, with people made for so many plays. */
export async function openProcesses(
  { dice, path, count, plays }: {
    readonly dice: Dice;
    readonly path: string;
    readonly count: number;
    readonly plays: number;
  },
  stack: AsyncDisposableStack,
): Promise<Processes> {
  const folder = await Deno.makeTempDir({ prefix: "live-support-linear-" });
  stack.defer(() => Deno.remove(folder, { recursive: true }));
  const { technicians, devices } = await seed(path, 2, plays);
  const [ann, ben] = technicians;
  if (ann === undefined || ben === undefined) throw new Error("nobody");
  const lives = Array.from({ length: count }, () => new Life(folder, { DENO_KV_PATH: path }));
  stack.defer(async () => void await Promise.all(lives.map((life) => life.kill())));
  stack.use(MediaProcess.start("node", lives.map(({ port }) => `http://127.0.0.1:${port}`)));
  await Promise.all(lives.map((life) => life.start()));
  const logins = new Map([...technicians, ...devices].map((login) => [login.id, login]));
  const processes = lives.map(({ port }): Process => (side, person) => {
    const login = logins.get(person);
    if (login === undefined) throw new Error("no such person");
    return socketTo(port, side, login);
  });
  return {
    ...{ dice, processes },
    devices: devices.map(({ id }) => id),
    technicians: [ann.id, ben.id],
    async crash() {
      const life = dice.pick(lives);
      await life.kill();
      await pass(dice.between(0, 300));
      await life.start();
    },
  };
}

function socketTo(port: number, side: Side, { cookie }: Login): Open {
  return (events) => {
    const origin = `http://127.0.0.1:${port}`;
    const address = `${origin.replace("http", "ws")}/api/socket/${side}`;
    // With the DOM's types loaded too, TypeScript does not know Deno's second form of the call.
    const socket = new WebSocket(address, { headers: { cookie, origin } } as unknown as string[]);
    socket.addEventListener("open", () => events.opened());
    socket.addEventListener("message", ({ data }) => events.frame(data));
    socket.addEventListener("close", () => events.lost());
    return {
      send: (frame) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(frame);
      },
      close: () => socket.close(),
    };
  };
}
