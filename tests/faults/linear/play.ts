/** People of one device who ask for everything at once, through several processes. */
import { NO_TROUBLE } from "../../../protocol/trouble.ts";
import type { SessionCommand } from "../../../protocol/session.ts";
import type { Side } from "../../../protocol/receipts.ts";
import type { Dice } from "../dice.ts";
import type { SessionCall } from "./model.ts";
import { type Open, Page, Recorder } from "./recorder.ts";

/** Opens sockets to one process, for a side and the person it is. */
export type Process = (side: Side, person: string) => Open;

/** What a play is made of. */
export interface Play {
  readonly dice: Dice;
  readonly device: string;
  /** Two of them. */
  readonly technicians: readonly [string, string];
  readonly processes: readonly Process[];
  /** How many calls each page makes. */
  readonly calls: number;
  /** The longest pause between two of them, in milliseconds. */
  readonly pause: number;
}

/** How often a page loses its connection instead of being answered. */
const LOST = 0.04;
/** What each side asks; the device cannot end a session, and is refused. */
const COMMANDS: Readonly<Record<Side, readonly SessionCommand["type"][]>> = {
  technician: [
    ...["session.ring", "session.end", "text.send", "text.cursor", "equipment.ask"] as const,
    ...["call.start", "call.accept", "call.hangup", "call.join", "call.media"] as const,
  ],
  device: [
    ...["session.answer", "session.reject", "session.end", "text.send", "text.cursor"] as const,
    ...["call.start", "call.accept", "call.hangup", "call.join", "call.media"] as const,
    "equipment.answer",
  ],
};
/** Each is asked so much more often than others in one play, or never: plays differ (swarm testing). */
const WEIGHTS = [0, 0, 1, 2, 6];
/** Without these, few plays would get anywhere. */
const ALWAYS: ReadonlySet<SessionCommand["type"]> = new Set(["session.answer", "call.start"]);

function drawCommands(dice: Dice): typeof COMMANDS {
  const some = (all: readonly SessionCommand["type"][]) =>
    all.flatMap((type) => Array(dice.pick(WEIGHTS) + (ALWAYS.has(type) ? 1 : 0)).fill(type));
  return { technician: some(COMMANDS.technician), device: some(COMMANDS.device) };
}

/** Plays it; returns every call that was made, in the order in which they were answered. */
export async function play(the: Play): Promise<readonly SessionCall[]> {
  const { dice, device, technicians: [ann, ben] } = the;
  const recorder = new Recorder();
  const commands = drawCommands(dice);
  const person = (side: Side, person: string, client: string) =>
    new Person(the, new Page({ side, person, client }, device, recorder), commands[side]);
  const people = [
    person("technician", ann, "console-a1"),
    person("technician", ann, "console-a2"),
    person("technician", ben, "console-b1"),
    person("device", device, "phone-001"),
    person("device", device, "phone-002"),
    person("device", device, "phone-003"),
  ];
  const looker = new Page(
    { side: "device", person: device, client: "looker-01" },
    device,
    recorder,
  );
  const restsFor = dice.pick([10, 40, 200]);
  const look = () => looker.look(dice.pick(the.processes)("device", device));
  let over = false;
  const looking = (async () => {
    while (!over) {
      await look();
      await pause(dice.between(0, restsFor));
    }
  })();
  await Promise.all(people.map((one) => one.act())).finally(() => over = true);
  await looking;
  // What is left at the end is what everybody was told.
  await look();
  for (const one of people) one.leave();
  looker.drop();
  return recorder.calls;
}

/** A page and what is in its outbox. */
class Person {
  readonly #play: Play;
  readonly #page: Page;
  readonly #commands: readonly SessionCommand["type"][];
  /** Per session, the last number that was answered. */
  readonly #said = new Map<string, number>();

  constructor(play: Play, page: Page, commands: readonly SessionCommand["type"][]) {
    this.#play = play;
    this.#page = page;
    this.#commands = commands;
  }

  async act(): Promise<void> {
    const { dice, calls } = this.#play;
    await this.#connect();
    for (let left = calls; left > 0; left--) {
      const [session] = dice.shuffle([...this.#page.held.keys()]);
      const may = this.#page.who.side === "technician";
      const starts = may && dice.next() < (session === undefined ? 0.25 : 0.05);
      const lost = dice.next() < LOST;
      if (starts) await this.#lose(lost, this.#page.ask({ type: "start" }));
      else if (session !== undefined) await this.#lose(lost, this.#command(session));
      if (lost || dice.next() < 0.05) await this.#connect();
      await pause(dice.between(0, this.#play.pause));
    }
  }

  leave(): void {
    this.#page.drop();
  }

  async #connect(): Promise<void> {
    const { side, person } = this.#page.who;
    while (!await this.#page.connect(this.#play.dice.pick(this.#play.processes)(side, person)));
  }

  /** Drops the connection while the answer is on its way, if `lost`. */
  async #lose(lost: boolean, answered: Promise<unknown>): Promise<void> {
    if (lost) {
      await pause(this.#play.dice.between(0, 3));
      this.#page.drop();
    }
    await answered;
  }

  async #command(session: string): Promise<void> {
    const { dice } = this.#play;
    const said = this.#said.get(session) ?? 0;
    const command = this.#draw(session, dice.pick(this.#commands), said);
    const result = await this.#page.ask({ type: "command", session, command });
    if (command.type !== "text.send" || result.kind !== "ack") return;
    this.#said.set(session, Math.max(said, command.n));
  }

  #draw(session: string, type: SessionCommand["type"], said: number): SessionCommand {
    const { dice } = this.#play;
    const medium = dice.pick(["voice", "video"] as const);
    switch (type) {
      case "session.answer":
        return { type, as: dice.pick(["text", medium, medium]) };
      case "text.send": {
        // Most are new, or not known to have arrived; some are said again.
        const n = dice.next() < 0.85 || said === 0 ? said + 1 : dice.between(1, said);
        return { type, n, text: `number ${n}` };
      }
      case "text.cursor": {
        const received = dice.between(0, this.#page.held.get(session)?.lastSeq ?? 0);
        return { type, received, read: dice.between(0, received) };
      }
      case "call.start":
      case "call.accept":
        return { type, medium };
      case "call.media":
        return { type, medium, muted: dice.next() < 0.5, trouble: NO_TROUBLE };
      case "equipment.answer":
        return { type, answer: dice.pick(["started", "declined", "closed"] as const) };
      default:
        return { type };
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
