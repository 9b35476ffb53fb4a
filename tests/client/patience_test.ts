/** Whether a media node that owes an answer is given up, or the network is what is missing. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { MediaLost, MediaSocket } from "../../client/call/media_socket.ts";

/** The socket of a browser, whose node says what the test says. */
class NodeSocket extends EventTarget {
  static readonly OPEN = 1;
  static last: NodeSocket | null = null;
  readonly readyState = NodeSocket.OPEN;

  constructor() {
    super();
    NodeSocket.last = this;
  }

  send(): void {}
  close(): void {}

  says(message: unknown): void {
    this.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(message) }));
  }
}

/** Time that passes when the test says so. */
class Clock {
  now = 0;
  #timers: { readonly id: number; readonly at: number; readonly then: () => void }[] = [];
  #ids = 0;

  after(then: () => void, ms = 0): number {
    this.#timers.push({ id: ++this.#ids, at: this.now + ms, then });
    return this.#ids;
  }

  cancel(id?: number): void {
    this.#timers = this.#timers.filter((timer) => timer.id !== id);
  }

  async pass(seconds: number): Promise<void> {
    const until = this.now + seconds * 1_000;
    for (;;) {
      const [due] = this.#timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
      if (due === undefined) break;
      this.cancel(due.id);
      this.now = due.at;
      due.then();
    }
    this.now = until;
    await Promise.resolve();
  }
}

/** A page that has joined, with its clock and what it hears. */
async function joined(
  work: (page: {
    readonly clock: Clock;
    readonly socket: MediaSocket;
    readonly node: NodeSocket;
    readonly network: { reachable: boolean };
    readonly lost: string[];
  }) => Promise<void>,
): Promise<void> {
  const clock = new Clock();
  const browser = {
    WebSocket: NodeSocket,
    location: { href: "https://support.test/" },
    setTimeout: (then: () => void, ms?: number) => clock.after(then, ms),
    clearTimeout: (id?: number) => clock.cancel(id),
    performance: { now: () => clock.now },
  };
  const before = Object.keys(browser).map((name) =>
    [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const
  );
  for (const [name, value] of Object.entries(browser)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  try {
    const network = { reachable: true };
    const lost: string[] = [];
    const opening = MediaSocket.open({ url: "/media/socket", token: "", node: "n", move: 0 }, {
      notice: () => {},
      silent: () => {},
      lost: (reason) => lost.push(reason),
      reachable: () => network.reachable,
    });
    const node = NodeSocket.last;
    assert(node !== null);
    const send = { voice: true, video: true };
    node.says({ type: "joined", send, rtpCapabilities: {}, iceServers: [] });
    const { socket } = await opening;
    await work({ clock, socket, node, network, lost });
    socket.close();
  } finally {
    for (const [name, property] of before) {
      if (property === undefined) Reflect.deleteProperty(globalThis, name);
      else Object.defineProperty(globalThis, name, property);
    }
  }
}

Deno.test("a node that owes an answer for 8 s is given up while the web process can be reached", async () => {
  await joined(async ({ clock, socket, lost }) => {
    const asked = assertRejects(() => socket.request({ type: "measure" }), MediaLost);
    await clock.pass(7.9);
    assertEquals(lost, []);
    await clock.pass(0.2);
    assertEquals(lost, [""]);
    await asked;
  });
});

Deno.test("[S5] without a network no answer is missed, however long that lasts", async () => {
  await joined(async ({ clock, socket, node, network, lost }) => {
    network.reachable = false;
    const asked = socket.request({ type: "measure" });
    await clock.pass(60);
    assertEquals(lost, []);
    network.reachable = true;
    socket.reached(true);
    await clock.pass(7.5);
    node.says({ type: "answer", id: 1, data: { lossUp: null } });
    assertEquals(Object.keys(await asked), ["lossUp"]);
    await clock.pass(60);
    assertEquals(lost, []);
  });
});

Deno.test("a network that is back without this node: given up at once, or after 8 s where media comes", async () => {
  await joined(async ({ clock, socket, network, lost }) => {
    network.reachable = false;
    const asked = assertRejects(() => socket.request({ type: "measure" }), MediaLost);
    await clock.pass(20);
    network.reachable = true;
    socket.reached(true);
    await clock.pass(7.9);
    assertEquals(lost, []);
    await clock.pass(1.2);
    assertEquals(lost, [""]);
    await asked;
  });
  await joined(async ({ clock, socket, lost }) => {
    await clock.pass(20);
    socket.reached(false);
    assertEquals(lost, [""]);
  });
});
