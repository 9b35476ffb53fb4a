/** What people do while things break. */
import type { CommandResult } from "../../client/connection.ts";
import type { OpenSession } from "../../client/open_session.ts";
import { newUlid } from "../../client/ulid.ts";
import { sendFile } from "./files.ts";
import type { FaultPage } from "./page.ts";
import { pass } from "./product.ts";
import { begin, MARK, somebody, type World } from "./world.ts";

/** With what is sent again, fewer than the 20 a server takes at once (docs/PROTOCOL.md, section 6). */
const MAX_NOTICES = 6;
/** The longest somebody does nothing, in milliseconds. */
const LONGEST_PAUSE = 60;
/** How long somebody waits for what another page does, in milliseconds. */
const PATIENCE = 20_000;

type Act = (world: World) => void;

/** Each as often as it is here. */
const ACTS: readonly Act[] = [
  ...Array<Act>(12).fill(say),
  ...Array<Act>(4).fill(read),
  ...Array<Act>(2).fill(sendAgain),
  reload,
  notify,
  sendFile,
  ringAndRefuse,
  ringInVain,
];

/** People act until `over`, at least `atLeast` times; nothing here waits for the server. */
export async function traffic(world: World, atLeast: number, over: () => boolean): Promise<void> {
  for (let at = 0; at < atLeast || !over(); at++) {
    world.dice.pick(ACTS)(world);
    await pass(world.dice.between(0, LONGEST_PAUSE));
  }
}

/** Every conversation is started, and accepted as text. */
export async function openConversations(world: World): Promise<void> {
  await Promise.all(world.conversations.map(async ({ pages, device }) => {
    const [technician, user] = [pages.technician[0], pages.device[0]];
    if (technician === undefined || user === undefined) throw new Error("nobody there");
    await online(technician);
    await technician.insist({ type: "session.start", device });
    const { id } = await sessionOn(user, device);
    await user.insist({ type: "session.answer", session: id, as: "text" });
  }));
}

/** Waits until a page holds a session with `device` that is not one of `over`. */
async function sessionOn(
  page: FaultPage,
  device: string,
  over: ReadonlySet<string> = new Set(),
): Promise<OpenSession> {
  return await seen(page, () => {
    const open = page.session(device);
    return open === null || over.has(open.id) ? null : open;
  });
}

async function online(page: FaultPage): Promise<void> {
  await seen(page, () => page.live.connected.peek().kind === "online" ? page : null);
}

async function seen<T>(page: FaultPage, look: () => T | null): Promise<T> {
  const until = performance.now() + PATIENCE;
  for (;;) {
    const found = look();
    if (found !== null) return found;
    if (performance.now() > until) throw new Error(`it never came to ${page.standing}`);
    await pass(10);
  }
}

/** Somebody writes something. */
export function say(world: World): void {
  const [conversation, page, open] = somebody(world);
  const said = conversation.said.get(page);
  // A page that was just loaded has nowhere to write yet.
  if (open === null || said === undefined) return;
  const text = `${MARK} ${page.id} ${said.length}`;
  said.push(text);
  open.sender.add(text);
}

/** A page whose storage was set back sends what it sent before: it gets the number of then (C2). */
function sendAgain(world: World): void {
  const [, page, open] = somebody(world);
  const sent = world.history.texts.filter(({ session, client, text }) =>
    session === open?.id && client === page.id && text !== ""
  );
  if (sent.length === 0) return;
  // The last one of all is the one that a lost answer leaves in doubt.
  const { session, n, text } = world.dice.pick(world.dice.next() < 0.7 ? sent.slice(-1) : sent);
  void page.live.connection.command({ type: "text.send", session, n, text });
}

/** The same when all is quiet, for every page: history.ts compares the numbers. */
export async function sendAllAgain({ pages, history }: World): Promise<void> {
  await Promise.all(pages.map(async (page) => {
    const last = history.texts.findLast(({ client, text }) => client === page.id && text !== "");
    if (last === undefined) return;
    const { session, n, text } = last;
    mustTake(await page.insist({ type: "text.send", session, n, text }), "a text sent again");
  }));
}

function read(world: World): void {
  somebody(world)[1].readAll();
}

function reload(world: World): void {
  somebody(world)[1].reload();
}

function notify(world: World): void {
  const { console, noticed, notices } = world;
  if (notices.size >= MAX_NOTICES) return;
  const id = newUlid(console.live.now());
  const text = `notification ${notices.size}`;
  const does = world.dice.pick(["waiting", "read", "answered"] as const);
  notices.set(id, { text, became: "waiting" });
  begin(world, `notification ${id}, ${does}`, async () => {
    const sent = { type: "notification.send", device: noticed.login.id, text } as const;
    mustTake(await console.insist({ ...sent, notification: id }), "a notification");
    if (does === "waiting") return;
    const act = does === "read"
      ? { type: "notification.read", notification: id } as const
      : { type: "notification.answer", notification: id, text: "thanks" } as const;
    mustTake(await noticed.insist(act), does);
    notices.set(id, { text, became: does });
  });
}

/** The technician rings; the device user refuses, or the technician gives up (S4, S5). */
function ringAndRefuse(world: World): void {
  const { console, called, dice } = world;
  const [page, type, what] = dice.next() < 0.5
    ? [called, "session.reject", "a call that is refused"] as const
    : [console, "session.end", "a call that is given up"] as const;
  callTheCalled(world, what, page, async (session) => {
    mustEnd(await page.insist({ type, session }), type);
  });
}

/** Nobody answers: it stops ringing by itself, on both sides, before the technician gives up (S4). */
function ringInVain(world: World): void {
  const { console, called, acts } = world;
  const what = "a call that rings in vain";
  // One takes its time: a row of them would take longer than the round.
  if ([...acts.values()].includes(what)) return;
  callTheCalled(world, what, console, async (session) => {
    for (const page of [called, console]) {
      await seen(page, () => {
        const state = page.session(called.login.id)?.record.peek().view.state;
        return state?.kind === "waiting" ? page : null;
      });
    }
    mustEnd(await console.insist({ type: "session.end", session }), "session.end");
  });
}

/** One call after the other; once `page` knows of it, `finish` brings it to its end. */
function callTheCalled(
  world: World,
  what: string,
  page: FaultPage,
  finish: (session: string) => Promise<void>,
): void {
  const { console, called } = world;
  const device = called.login.id;
  const before = world.calling;
  const after = async () => {
    const over = await before;
    const started = await console.insist({ type: "session.start", device });
    if (started.kind === "disconnected") throw new Error("a session was never started");
    const session = (await sessionOn(page, device, over)).id;
    await finish(session);
    return over.add(session);
  };
  const calling = after();
  world.calling = calling.catch(() => before);
  begin(world, what, async () => void await calling);
}

function mustTake(result: CommandResult, what: string): void {
  if (result.kind !== "ack") throw new Error(`${what}: ${JSON.stringify(result)}`);
}

/** What was not answered and is asked again may be done already. */
function mustEnd(result: CommandResult, what: string): void {
  if (result.kind === "rejected" && result.code === "session_ended") return;
  mustTake(result, what);
}

/** Technicians end every conversation; some of it may have to be asked again. */
export async function endConversations({ conversations }: World): Promise<void> {
  await Promise.all(conversations.map(async ({ pages, device }) => {
    const page = pages.technician[0];
    const open = page?.session(device);
    if (page === undefined || !open) return;
    mustEnd(await page.insist({ type: "session.end", session: open.id }), "session.end");
  }));
}
