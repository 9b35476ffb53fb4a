/** A page without a browser: the product's own live part, over a real socket through a bad network. */
import type { CommandResult, SocketEvents } from "../../client/connection.ts";
import { DeviceNotices } from "../../client/device_notices.ts";
import { Live } from "../../client/live.ts";
import type { OpenSession } from "../../client/open_session.ts";
import { passes } from "../../client/outbox.ts";
import { newPageId } from "../../client/page_id.ts";
import { PageStorage } from "../../client/page_storage.ts";
import { receivedUpTo } from "../../client/receipts.ts";
import type { PageWorld } from "../../client/wake.ts";
import { PROTOCOL_VERSION } from "../../protocol/frames.ts";
import { type Command, parseClientFrame } from "../../protocol/messages.ts";
import type { Side } from "../../protocol/receipts.ts";
import { readServerFrame } from "../../protocol/server_frame.ts";
import type { Login } from "../bench/product.ts";
import { TabStorage } from "../support/tab_storage.ts";
import { TcpRelay } from "../support/tcp_relay.ts";
import type { History } from "./history.ts";

/** How often a person taps again before they give up. */
const MAX_TAPS = 60;
/** And how long they read what the page said before, in milliseconds. */
const TAP_AGAIN_AFTER = 500;

/** What lives from one load of a page to the next. */
interface Life {
  over: boolean;
  readonly timers: Set<ReturnType<typeof setTimeout>>;
  notices: DeviceNotices | null;
  woke(): void;
}

function newLife(): Life {
  return { over: false, timers: new Set(), notices: null, woke() {} };
}

/** What a page needs to exist. */
export interface PagePorts {
  readonly side: Side;
  readonly login: Login;
  readonly history: History;
  /** The port of the server. */
  readonly target: number;
}

/** One person's page and the network it is in. */
export class FaultPage implements AsyncDisposable {
  readonly id = newPageId();
  readonly storage = new TabStorage();
  readonly network: TcpRelay;
  live: Live;
  readonly #ports: PagePorts;
  readonly #sockets = new Set<WebSocket>();
  readonly #reloads = new Set<() => void>();
  /** Each request with a connection of its own: one that was forgotten is not used again. */
  readonly #http = Deno.createHttpClient({ poolMaxIdlePerHost: 0 });
  #life: Life = newLife();
  #busy = 0;

  private constructor(ports: PagePorts, network: TcpRelay) {
    this.#ports = ports;
    this.network = network;
    this.live = this.#load();
  }

  /** Opens a page behind a network of its own. */
  static async open(ports: PagePorts): Promise<FaultPage> {
    return new FaultPage(ports, await TcpRelay.open(ports.target));
  }

  get side(): Side {
    return this.#ports.side;
  }

  get login(): Login {
    return this.#ports.login;
  }

  /** What this page says where it stands, for who looks for what went wrong. */
  get standing(): string {
    const sessions = [...this.live.sessions.peek().values()].map(({ id, record, sender }) => {
      const { view: { state, lastSeq, cursors }, log } = record.peek();
      const waiting = sender.entries.map((entry) => entry.state.kind);
      return JSON.stringify({ id, state: state.kind, lastSeq, held: log.length, cursors, waiting });
    });
    const { kind } = this.live.connected.peek();
    return `${this.side} ${this.login.id} ${this.id}: ${kind} ${sessions.join(" ")}`;
  }

  /** Its session with this device or, on a device's page, its one session. */
  session(device: string): OpenSession | null {
    const all = [...this.live.sessions.peek().values()];
    return all.find(({ record }) => record.peek().view.device.id === device) ?? null;
  }

  /** The person looks at the page: it doubts its connection. */
  wake(): void {
    this.#life.woke();
  }

  /** The person has seen every bubble there is. */
  readAll(): void {
    for (const open of this.live.sessions.peek().values()) {
      open.readTo(receivedUpTo(open.record.peek().log, this.side));
    }
  }

  /** Somebody waits for something on this page. */
  get busy(): boolean {
    return this.#busy > 0;
  }

  /** Runs what a person waits for: they do not reload the page meanwhile. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#busy++;
    try {
      return await work();
    } finally {
      this.#busy--;
    }
  }

  /** Sends a command until somebody answers it, as a person does who taps again. */
  insist(command: Command): Promise<CommandResult> {
    return this.during(async () => {
      for (let tap = 0; tap < MAX_TAPS; tap++) {
        const result = await this.live.act(command);
        const passing = result.kind === "rejected" && passes(result.code);
        if (result.kind !== "disconnected" && !passing) return result;
        if (passing) await new Promise((done) => setTimeout(done, TAP_AGAIN_AFTER));
      }
      return { kind: "disconnected" };
    });
  }

  /** As F5 does: memory is gone, `sessionStorage` is not. Not while the person waits for something. */
  reload(): void {
    if (this.#busy > 0) return;
    this.#unload();
    this.live = this.#load();
    for (const hear of this.#reloads) hear();
  }

  /** Calls `hear` whenever {@link live} is another one; the function returned ends that. */
  onReload(hear: () => void): () => void {
    this.#reloads.add(hear);
    return () => void this.#reloads.delete(hear);
  }

  /**
   * A second connection of this page, open beside the first for `ms`: it says hello as the page did at
   * its start, and asks `commands` again.
   */
  async double(commands: readonly Command[], ms: number): Promise<void> {
    const socket = this.#openSocket({
      opened: () => {
        const { id: client } = this;
        const hello = { type: "hello", version: PROTOCOL_VERSION, client, lastSeq: {} };
        for (const frame of [hello, ...commands.map((command, id) => ({ ...command, id }))]) {
          socket.send(JSON.stringify(frame));
        }
      },
      frame() {},
      closed() {},
    });
    await new Promise((done) => setTimeout(done, ms));
    socket.close();
  }

  /** Asks the server as the page's script does, by the cookie. */
  fetch(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set("cookie", this.login.cookie);
    headers.set("origin", this.network.origin);
    const own: RequestInit & { client: Deno.HttpClient } = { ...init, headers, client: this.#http };
    return fetch(`${this.network.origin}${path}`, own);
  }

  /** Closes the page; resolves once its sockets are closed. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#unload();
    const open = [...this.#sockets];
    const closed = open.map((socket) =>
      new Promise((done) => socket.addEventListener("close", done))
    );
    await this.network[Symbol.asyncDispose]();
    await Promise.all(closed);
    this.#http.close();
  }

  #load(): Live {
    const life = newLife();
    this.#life = life;
    const storage = new PageStorage(this.storage, this.id);
    const live = new Live(this.side, this.id, storage, this.#world(life));
    if (this.side === "device") life.notices = new DeviceNotices(live);
    return live;
  }

  /** Nothing of a page's script runs after it is gone; what it kept stays in the storage. */
  #unload(): void {
    const life = this.#life;
    for (const open of this.live.sessions.peek().values()) open.sender.stop();
    life.notices?.dispose();
    this.live.dispose();
    life.over = true;
    for (const timer of life.timers) clearTimeout(timer);
  }

  #world(life: Life): PageWorld {
    return {
      open: (events) => life.over ? { send() {}, close() {} } : this.#openSocket(events),
      after: (ms, then) => {
        if (life.over) return () => {};
        const timer = setTimeout(() => {
          life.timers.delete(timer);
          then();
        }, ms);
        life.timers.add(timer);
        return () => {
          life.timers.delete(timer);
          clearTimeout(timer);
        };
      },
      random: Math.random,
      onWake: (woke) => {
        life.woke = woke;
        return () => life.woke = () => {};
      },
      onNetworkChange: () => () => {},
      onTouch: () => () => {},
      hidden: () => false,
    };
  }

  #openSocket(events: SocketEvents) {
    const { origin } = this.network;
    const headers = { cookie: this.login.cookie, origin };
    const address = `${origin.replace("http", "ws")}/api/socket/${this.side}`;
    // With the DOM's types loaded too, TypeScript does not know Deno's second form of the call.
    const socket = new WebSocket(address, { headers } as unknown as string[]);
    const wire = this.#ports.history.connection(this.side, this.id);
    let current = true;
    this.#sockets.add(socket);
    socket.addEventListener("open", () => current && events.opened());
    socket.addEventListener("message", ({ data }) => {
      if (!current) return;
      const message = readServerFrame(data);
      if (message !== null) wire.told(message);
      events.frame(data);
    });
    socket.addEventListener("close", ({ code, reason }) => {
      this.#sockets.delete(socket);
      if (current) events.closed(code, reason);
    });
    return {
      send: (data: string) => {
        const parsed = parseClientFrame(data);
        if (parsed.ok) wire.sent(parsed.message);
        // As browsers do it (WHATWG WebSockets, send): what is closed swallows.
        if (socket.readyState === WebSocket.OPEN) socket.send(data);
      },
      close: () => {
        current = false;
        socket.close();
      },
    };
  }
}
