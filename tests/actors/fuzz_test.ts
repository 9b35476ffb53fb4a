/**
 * Two processes, pages that lose their connections at random with frames in both directions, change
 * the process, report cursors; processes that restart; a session that ends at any moment. Whatever
 * happens: exactly once, in one order, cursors that only grow, and nothing left after the end.
 * `FUZZ_SEED=…` plays one history again; the store's own timing stays its own.
 */
import { assert, assertEquals } from "@std/assert";
import type { Hub } from "../../actors/hub.ts";
import type { Connection, PageHandler } from "../../actors/ports.ts";
import { PROTOCOL_VERSION } from "../../protocol/frames.ts";
import type { ClientMessage, ServerMessage } from "../../protocol/messages.ts";
import type { Cursor, Side } from "../../protocol/receipts.ts";
import type { Message, Session } from "../../protocol/session.ts";
import { SessionStore } from "../../store/sessions.ts";
import { Page } from "./page.ts";
import { World } from "./world.ts";

const HISTORIES = 25;
const STEPS = 120;
/** Turns of the event loop after which a history that has not settled is stuck. */
const PATIENCE = 20_000;

/** Random numbers from a seed (mulberry32, public domain). */
class Dice {
  constructor(private state: number) {}

  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }
  upTo(most: number): number {
    return Math.floor(this.next() * (most + 1));
  }
  chance(probability: number): boolean {
    return this.next() < probability;
  }
  pick<T>(from: readonly T[]): T {
    const one = from[this.upTo(from.length - 1)];
    assert(one !== undefined);
    return one;
  }
}

/** A connection whose frames are on their way until they are delivered, or lost with it. */
interface Link {
  readonly handler: PageHandler;
  readonly up: string[];
  readonly down: string[];
  /** The server closed it: the page learns of it after what was sent before. */
  closing: boolean;
}

type Connect = (connection: Connection) => PageHandler;

/** A page with a correct outbox that survives its connections. */
class WanderingPage {
  readonly log: Message[] = [];
  /** Texts not acknowledged yet; the first one is number `acknowledged + 1`. */
  readonly outbox: string[] = [];
  acknowledged = 0;
  over = false;
  /** The furthest it reported. */
  reported: Cursor = { received: 0, read: 0 };
  #link: Link | null = null;
  #welcomed = false;
  #inFlight: number | null = null;
  #cursors: Session["cursors"] | null = null;
  #id = 1;
  #written = 0;

  constructor(readonly side: Side, readonly client: string, readonly session: string) {}

  get online(): boolean {
    return this.#link !== null;
  }

  write(): void {
    this.outbox.push(`${this.side} ${this.client} ${++this.#written}`);
  }

  connect(by: Connect): void {
    const [up, down]: string[][] = [[], []];
    const connection: Connection = {
      send: (frame) => void down?.push(frame),
      close: () => {
        link.closing = true;
      },
      buffered: 0,
    };
    const link: Link = { handler: by(connection), up: up ?? [], down: down ?? [], closing: false };
    this.#link = link;
    const lastSeq = { [this.session]: this.log.length };
    this.#send({ type: "hello", version: PROTOCOL_VERSION, client: this.client, lastSeq });
  }

  /** Everything on its way is lost. */
  drop(): void {
    const link = this.#link;
    this.#link = null;
    this.#welcomed = false;
    this.#inFlight = null;
    link?.handler.closed();
  }

  /** Delivers some of what is on its way, and sends what is next. */
  step(some: (waiting: number) => number): void {
    const link = this.#link;
    if (link === null) return;
    for (let left = some(link.up.length); left > 0; left--) {
      link.handler.receive(link.up.shift() ?? "");
    }
    for (let left = some(link.down.length); left > 0; left--) {
      this.#take(JSON.parse(link.down.shift() ?? ""));
    }
    if (link.closing && link.down.length === 0) return this.drop();
    const text = this.outbox[0];
    if (!this.#welcomed || this.over || this.#inFlight !== null || text === undefined) return;
    this.#inFlight = this.#id++;
    const [id, n] = [this.#inFlight, this.acknowledged + 1];
    this.#send({ type: "text.send", id, session: this.session, n, text });
  }

  report(dice: Dice): void {
    if (!this.#welcomed || this.over) return;
    const received = this.log.length;
    const read = dice.upTo(received);
    this.reported = {
      received: Math.max(received, this.reported.received),
      read: Math.max(read, this.reported.read),
    };
    const { session } = this;
    this.#send({ type: "text.cursor", id: this.#id++, session, ...this.reported });
  }

  #send(message: ClientMessage): void {
    this.#link?.up.push(JSON.stringify(message));
  }

  #take(message: ServerMessage): void {
    switch (message.type) {
      case "welcome":
        this.#welcomed = true;
        if (!message.sessions.includes(this.session)) this.over = true;
        return;
      case "session":
        return this.#merge(message);
      case "ended":
        this.over = true;
        return;
      case "ack":
        if (message.id !== this.#inFlight) return;
        this.#inFlight = null;
        this.acknowledged++;
        this.outbox.shift();
        return;
      case "rejected":
        if (message.id !== this.#inFlight) return;
        this.#inFlight = null;
        assert(["session_ended", "busy"].includes(message.code), message.code);
        if (message.code === "session_ended") this.over = true;
        return;
      default:
        return;
    }
  }

  /** [C2] exactly what comes next; [C3] nothing is taken back. */
  #merge({ session, messages }: Extract<ServerMessage, { type: "session" }>): void {
    assert(!this.over, "a session that is over stays over");
    const expected = messages.map((_, at) => this.log.length + 1 + at);
    assertEquals(messages.map(({ seq }) => seq), expected, `${this.client}: twice, or a gap`);
    this.log.push(...messages);
    assert(session.lastSeq >= this.log.length);
    for (const side of ["technician", "device"] as const) {
      const [before, after] = [this.#cursors?.[side], session.cursors[side]];
      assert(after.read <= after.received && after.received <= session.lastSeq);
      if (before === undefined) continue;
      assert(after.received >= before.received && after.read >= before.read, "cursors only grow");
    }
    this.#cursors = session.cursors;
  }
}

async function play(dice: Dice): Promise<void> {
  await using world = await World.open();
  const hubs = [await world.hub(), await world.hub()];
  const [who, device] = [await world.technician(), await world.device()];
  const connectors: Record<Side, (hub: Hub) => Connect> = {
    technician: (hub) => (connection) => hub.connectTechnician(who, connection),
    device: (hub) => (connection) => hub.connectDevice({ device: device.id }, connection),
  };
  const session = await openSession(hubs, connectors, device.id);
  const pages = [
    new WanderingPage("technician", "console-1", session),
    new WanderingPage("technician", "console-2", session),
    new WanderingPage("device", "phone-001", session),
    // The name of a technician's page: what it sends is the device's all the same.
    new WanderingPage("device", "console-1", session),
  ];
  const turn = () => new Promise<void>((done) => setTimeout(done));
  const comeBack = () => {
    for (const page of pages) {
      if (!page.online && !page.over) page.connect(connectors[page.side](dice.pick(hubs)));
    }
  };

  const endsAt = dice.chance(0.5) ? dice.upTo(STEPS) : STEPS;
  for (let step = 0; step < endsAt; step++) {
    const page = dice.pick(pages);
    if (dice.chance(0.5)) page.write();
    if (dice.chance(0.2)) page.report(dice);
    if (dice.chance(0.12)) page.drop();
    if (dice.chance(0.5)) comeBack();
    if (dice.chance(0.02)) await restart(world, hubs, dice);
    for (const one of pages) one.step((waiting) => dice.upTo(waiting));
    if (dice.chance(0.7)) await turn();
  }

  const settled = async (met: () => boolean) => {
    for (let turns = 0; !met(); turns++) {
      assert(turns < PATIENCE, "it never settles");
      comeBack();
      for (const page of pages) page.step((waiting) => waiting);
      await turn();
    }
  };
  if (endsAt === STEPS) {
    await settled(() => {
      const total = pages.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
      return pages.every(({ outbox, log }) => outbox.length === 0 && log.length === total);
    });
    for (const page of pages) page.report(dice);
    await checkTexts(world, pages, session, settled);
  }
  await end(world, hubs, connectors, session);
  await settled(() => pages.every(({ over }) => over));
  for (const page of pages) page.drop();
  const keys = await Array.fromAsync(world.kv.list({ prefix: [] }));
  assertEquals(keys.filter((entry) => JSON.stringify(entry.key).includes(session)), []);
  assertEquals(keys.filter(({ key }) => key[0] === "device_session"), []);
}

async function openSession(
  hubs: readonly Hub[],
  connectors: Record<Side, (hub: Hub) => Connect>,
  device: string,
): Promise<string> {
  const [one, two] = hubs;
  assert(one !== undefined && two !== undefined);
  const console = new Page("console-0").open(connectors.technician(one));
  const phone = new Page("phone-000").open(connectors.device(two));
  const ack = await console.must({ type: "session.start", device });
  assert("session" in ack);
  const { session } = ack;
  await phone.until(() => phone.view(session) !== undefined);
  await phone.must({ type: "session.answer", session, as: "text" });
  for (const page of [console, phone]) page.close();
  return session;
}

/** A process goes, with goodbye, and another one takes its place. */
async function restart(world: World, hubs: Hub[], dice: Dice): Promise<void> {
  const at = dice.upTo(hubs.length - 1);
  await hubs[at]?.close();
  hubs[at] = await world.hub();
}

/** What is durable is what everybody shows, each text once, in its writer's order. */
async function checkTexts(
  world: World,
  pages: readonly WanderingPage[],
  session: string,
  settled: (met: () => boolean) => Promise<void>,
): Promise<void> {
  const store = new SessionStore(world.kv);
  const [first] = pages;
  const log = first?.log ?? [];
  assertEquals(await store.messages(session, 0, log.length + 1, log.length + 1), log);
  for (const page of pages) {
    assertEquals(page.log, log);
    const own = log.filter(({ from, client }) => from === page.side && client === page.client);
    assertEquals(own.map(({ n }) => n), own.map((_, at) => at + 1));
    const texts = own.map((_, at) => `${page.side} ${page.client} ${at + 1}`);
    assertEquals(own.map(({ text }) => text), texts);
  }
  let head = await store.load(session);
  const furthest = (side: Side, of: keyof Cursor) =>
    Math.max(...pages.filter((page) => page.side === side).map((page) => page.reported[of]));
  const right = () =>
    (["technician", "device"] as const).every((side) =>
      head?.session.cursors[side].received === furthest(side, "received") &&
      head.session.cursors[side].read === furthest(side, "read")
    );
  // A report that was lost with its connection is made again, as a page does.
  const dice = new Dice(1);
  await settled(() => {
    store.load(session).then((newest) => head = newest);
    if (!right()) { for (const page of pages) page.report(dice); }
    return right();
  });
}

async function end(
  world: World,
  hubs: readonly Hub[],
  connectors: Record<Side, (hub: Hub) => Connect>,
  session: string,
): Promise<void> {
  const [hub] = hubs;
  assert(hub !== undefined);
  const console = new Page("console-9").open(connectors.technician(hub));
  await console.until(() => console.view(session) !== undefined);
  await console.must({ type: "session.end", session });
  assertEquals(await console.refused({ type: "session.ring", session }), "session_ended");
  console.close();
  assertEquals(await new SessionStore(world.kv).load(session), null);
}

Deno.test("[C1] [C2] [C3] [S7] [S8] random histories on two processes", async () => {
  const given = Deno.env.get("FUZZ_SEED");
  const seeds = given === undefined
    ? Array.from({ length: HISTORIES }, () => Math.floor(Math.random() * 2 ** 32))
    : [Number(given)];
  for (const seed of seeds) {
    try {
      await play(new Dice(seed));
    } catch (error) {
      throw new Error(`FUZZ_SEED=${seed}`, { cause: error });
    }
  }
});
