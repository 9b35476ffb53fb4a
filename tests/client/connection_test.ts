import { assert, assertEquals } from "@std/assert";
import { CLOSE_CODE } from "../../protocol/errors.ts";
import { type ServerMessage } from "../../protocol/messages.ts";
import { Connection, type Socket, type SocketEvents } from "../../client/connection.ts";

/** Sockets and a clock under the test's control. */
class World {
  readonly opened: { events: SocketEvents; sent: Record<string, unknown>[]; closed: boolean }[] =
    [];
  private time = 0;
  private timers: { at: number; then: () => void }[] = [];
  readonly received: ServerMessage[] = [];
  readonly connection = new Connection({
    client: "page-0001",
    lastSeq: () => ({ s: 7 }),
    receive: (message) => this.received.push(message),
  }, {
    open: (events) => this.open(events),
    after: (ms, then) => this.after(ms, then),
    random: () => 0.5,
  });

  get last() {
    const last = this.opened.at(-1);
    if (last === undefined) throw new Error("no socket was opened");
    return last;
  }

  frame(message: ServerMessage): void {
    this.last.events.frame(JSON.stringify(message));
  }

  goOnline(): void {
    this.last.events.opened();
    this.frame({ type: "welcome", version: 1, now: 0, sessions: [], build: "1", silence: 30_000 });
  }

  pass(ms: number): void {
    const until = this.time + ms;
    for (;;) {
      const due = this.timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.timers.splice(this.timers.indexOf(due), 1);
      this.time = due.at;
      due.then();
    }
    this.time = until;
  }

  private open(events: SocketEvents): Socket {
    const socket = { events, sent: [] as Record<string, unknown>[], closed: false };
    this.opened.push(socket);
    return {
      send: (data) => void socket.sent.push(JSON.parse(data)),
      close: () => void (socket.closed = true),
    };
  }

  private after(ms: number, then: () => void): () => void {
    const timer = { at: this.time + ms, then };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }
}

function online(): World {
  const world = new World();
  world.connection.start();
  world.goOnline();
  return world;
}

Deno.test("says hello with what it holds, and is online once welcomed", () => {
  const world = new World();
  world.connection.start();
  world.last.events.opened();
  assertEquals(world.last.sent, [
    { type: "hello", version: 1, client: "page-0001", lastSeq: { s: 7 } },
  ]);
  assertEquals(world.connection.state.value.kind, "connecting");
  world.goOnline();
  assertEquals(world.connection.state.value.kind, "online");
});

Deno.test("commands are answered by number; a lost connection answers them all", async () => {
  const world = online();
  const first = world.connection.command({ type: "session.start", device: "d" });
  const second = world.connection.command({ type: "call.hangup", session: "s" });
  const third = world.connection.command({ type: "session.end", session: "s" });
  const [a, b] = world.last.sent.slice(1).map(({ id }) => Number(id));
  world.frame({ type: "rejected", id: b ?? 0, code: "no_call", message: "There is no call." });
  world.frame({ type: "ack", id: a ?? 0, session: "new" });
  world.last.events.closed(1006, "");
  assertEquals((await first).kind, "ack");
  assertEquals(await second, {
    kind: "rejected",
    code: "no_call",
  });
  assertEquals((await third).kind, "disconnected");
  const late = await world.connection.command({ type: "session.end", session: "s" });
  assertEquals(late.kind, "disconnected");
});

Deno.test("a lost connection is retried at once, then ever more patiently, for ever", () => {
  const world = online();
  world.pass(5_000);
  world.last.events.closed(1006, "");
  world.pass(0);
  assertEquals(world.opened.length, 2);
  for (let tries = 2; tries < 50; tries++) {
    world.last.events.closed(1006, "");
    for (let waited = 0; world.opened.length === tries; waited += 250) {
      assert(waited <= 15_000);
      world.pass(250);
    }
  }
  assertEquals(world.opened.length, 50);
  world.goOnline();
  assertEquals(world.connection.state.value.kind, "online");
});

Deno.test("a server that welcomes and hangs up at once is not hammered", () => {
  const world = online();
  for (let turn = 0; turn < 20; turn++) {
    world.last.events.closed(1006, "");
    world.pass(250);
    if (world.connection.state.value.kind === "connecting") world.last.events.opened();
  }
  assert(world.opened.length < 10, `${world.opened.length} sockets in 5 s`);
});

Deno.test("a socket that never opens is given up after 5 s", () => {
  const world = new World();
  world.connection.start();
  world.pass(5_000);
  assertEquals(world.opened[0]?.closed, true);
  assertEquals(world.opened.length, 2);
});

Deno.test("silence is doubted: a probe, and after 2 s without any answer a new socket", () => {
  const world = online();
  world.pass(29_000);
  world.frame({ type: "heartbeat" });
  world.pass(29_999);
  assertEquals(world.last.sent.some(({ type }) => type === "ping"), false);
  world.pass(1);
  assertEquals(world.last.sent.at(-1)?.type, "ping");
  world.pass(2_000);
  assertEquals(world.opened.length, 2);
});

Deno.test("a command that is not answered is doubted long before the silence is", async () => {
  const world = online();
  const result = world.connection.command({ type: "text.send", session: "s", n: 1, text: "x" });
  world.pass(3_000);
  assertEquals(world.last.sent.at(-1)?.type, "ping");
  world.pass(2_000);
  assertEquals(world.opened.length, 2);
  assertEquals((await result).kind, "disconnected");
});

Deno.test("a command that is answered is not doubted", async () => {
  const world = online();
  const result = world.connection.command({ type: "text.send", session: "s", n: 1, text: "x" });
  world.frame({ type: "ack", id: Number(world.last.sent.at(-1)?.id), seq: 1 });
  world.pass(10_000);
  assertEquals(world.last.sent.some(({ type }) => type === "ping"), false);
  assertEquals((await result).kind, "ack");
});

Deno.test("a probe that is answered changes nothing", () => {
  const world = online();
  world.connection.probe();
  world.frame({ type: "pong", id: Number(world.last.sent.at(-1)?.id) });
  world.pass(10_000);
  assertEquals(world.opened.length, 1);
});

Deno.test("waking up while waiting for the next try connects at once", () => {
  const world = online();
  for (let tries = 0; tries < 8; tries++) {
    world.last.events.closed(1006, "");
    world.pass(15_000);
  }
  world.last.events.closed(1006, "");
  const before = world.opened.length;
  world.connection.probe();
  assertEquals(world.opened.length, before + 1);
});

Deno.test("a final close says why and stays closed", () => {
  const world = online();
  world.last.events.closed(CLOSE_CODE, "removed");
  world.pass(60_000);
  world.connection.probe();
  assertEquals(world.opened.length, 1);
  assertEquals(world.connection.state.value, { kind: "closed", reason: "removed" });
});

Deno.test("a close that is not final is only a lost connection", () => {
  const world = online();
  world.last.events.closed(CLOSE_CODE, "shutting_down");
  world.pass(0);
  assertEquals(world.opened.length, 2);
});

Deno.test("what an old socket still says is not heard", () => {
  const world = online();
  const old = world.last;
  world.connection.refresh();
  world.pass(1_000);
  const heard = world.received.length;
  old.events.frame(JSON.stringify({ type: "heartbeat" }));
  old.events.closed(CLOSE_CODE, "removed");
  assertEquals(world.received.length, heard);
  assertEquals(world.connection.state.value.kind, "connecting");
});

Deno.test("on another network nothing is waited for: not for an answer, nor for a socket that opens", () => {
  const world = online();
  const { last } = world;
  world.connection.renew();
  assertEquals([last.closed, world.opened.length], [true, 2]);
  const opening = world.last;
  world.connection.renew();
  assertEquals([opening.closed, world.opened.length], [true, 3]);
  world.goOnline();
  assertEquals(world.connection.state.value.kind, "online");
  // What the old one would have waited for is over, too.
  world.pass(10_000);
  assertEquals(world.opened.length, 3);
});

Deno.test("whoever doubts again and again does not put off the verdict", () => {
  const world = online();
  for (let n = 0; n < 3; n++) {
    world.connection.probe();
    world.pass(900);
  }
  assertEquals(world.opened.length, 2);
});
