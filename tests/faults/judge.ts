/** What must be true once the dust has settled. Everything here says what is wrong, in sentences. */
import { receivedUpTo } from "../../client/receipts.ts";
import type { OpenSession } from "../../client/open_session.ts";
import type { DeviceStatus } from "../../protocol/service.ts";
import type { Message } from "../../protocol/session.ts";
import type { Device } from "../../store/device.ts";
import { notificationKeys, peopleKeys } from "../../store/keys.ts";
import { isFile, type Kv, openKv } from "../../store/kv.ts";
import type { FaultPage } from "./page.ts";
import { pass } from "./product.ts";
import { type Conversation, fileLine, MARK, pagesOf, type World } from "./world.ts";

/** How long the dust may take to settle, in milliseconds: a server may just be starting. */
const SETTLES_WITHIN = 30_000;
const SIDES = ["technician", "device"] as const;

/** Waits until nothing is wrong any more; what still is then, and what must never happen, is thrown. */
export async function settled(world: World, wrong: (world: World) => string[]): Promise<void> {
  // People look at their pages again: what a network forgot is noticed now.
  for (const page of world.pages) page.wake();
  const until = performance.now() + SETTLES_WITHIN;
  const look =
    () => [...wrong(world), ...[...world.acts.values()].map((act) => `it waits: ${act}`)];
  let left = look();
  while (left.length > 0 && performance.now() < until) {
    await pass(25);
    left = look();
  }
  blame(world, left);
}

/** Throws if anything is `wrong`, or was. */
export function blame(world: World, wrong: readonly string[] = []): void {
  const all = [...wrong, ...world.history.broken, ...world.product.broken];
  if (all.length === 0) return;
  const standing = world.pages.map((page) => page.standing);
  throw new Error([...all, "The pages:", ...standing].join("\n"));
}

/** After the faults, while the conversations are open. */
export function wrongWhileOpen(world: World): string[] {
  for (const page of world.pages) page.readAll();
  return [
    ...world.pages.flatMap(wrongConnection),
    ...world.conversations.flatMap((one) => wrongConversation(one, world)),
    ...wrongStatuses(world, "Connected"),
    ...wrongNotices(world),
    ...wrongCalled(world),
  ];
}

/** After the end of all sessions. */
export function wrongAfterEnd(world: World): string[] {
  const kept = world.pages.flatMap((page) =>
    Array.from({ length: page.storage.length }, (_, at) => page.storage.key(at) ?? "")
      .map((key) => `[S8] ${page.id} still keeps ${key}`)
  );
  const held = world.pages.filter(({ live }) => live.sessions.peek().size > 0)
    .map((page) => `a ghost session at ${page.standing}`);
  return [
    ...world.pages.flatMap(wrongConnection),
    ...[...kept, ...held, ...wrongStatuses(world, "Disconnected"), ...wrongNotices(world)],
  ];
}

function wrongConnection(page: FaultPage): string[] {
  const { kind } = page.live.connected.peek();
  return kind === "online" ? [] : [`${page.id} is ${kind}`];
}

/** C1, C2, C3: all pages hold the same, exactly what was said, and all of it is read. */
function wrongConversation(conversation: Conversation, { history }: World): string[] {
  const wrong: string[] = [];
  const pages = pagesOf(conversation);
  const open = pages.map((page) => page.session(conversation.device));
  const sessions = open.filter((one): one is OpenSession => one !== null);
  const [first] = sessions;
  if (first === undefined || sessions.length < pages.length) return ["a page has no session"];
  const { log, view: { cursors, lastSeq, state } } = first.record.peek();
  if (state.kind !== "open") wrong.push(`the session is ${state.kind}`);
  if (log.length !== lastSeq) wrong.push(`${log.length} messages are here of ${lastSeq}`);
  for (const { record, sender } of sessions) {
    const other = record.peek();
    if (sender.entries.length > 0) wrong.push(`[C1] ${sender.entries.length} texts wait`);
    if (JSON.stringify(other.log) !== JSON.stringify(log)) wrong.push("[C2] the logs differ");
    if (JSON.stringify(other.view.cursors) !== JSON.stringify(cursors)) {
      wrong.push("[C3] the cursors differ");
    }
  }
  for (const side of SIDES) {
    const last = receivedUpTo(log, side);
    const { received, read } = cursors[side];
    if (received !== last || read !== last) {
      wrong.push(`[C3] ${side}: received ${received}, read ${read}, the last is ${last}`);
    }
  }
  wrong.push(...wrongTexts(conversation, log));
  for (const { session, seq, text, client, n } of history.texts) {
    const found = log[seq - 1];
    const same = found?.text === text && found.client === client && found.n === n;
    if (session === first.id && !same) wrong.push(`[C1] acknowledged as ${seq}, and lost: ${text}`);
  }
  return wrong;
}

function wrongTexts({ said, device }: Conversation, log: readonly Message[]): string[] {
  const lines = log.map(({ text, attachment, client }) => ({
    client,
    line: attachment === undefined ? text : fileLine(attachment.id),
  }));
  const total = [...said.values()].reduce((sum, all) => sum + all.length, 0);
  const wrong = total === log.length ? [] : [`[C2] ${device}: ${log.length} of ${total} texts`];
  for (const [page, all] of said) {
    const own = lines.filter(({ client }) => client === page.id).map(({ line }) => line);
    if (own.join("\n") !== all.join("\n")) {
      wrong.push(`[C2] ${page.id} said:\n  ${all.join("\n  ")}\narrived:\n  ${own.join("\n  ")}`);
    }
  }
  return wrong;
}

/** T1 to T5, in the lists of all consoles and on the devices' own pages. */
function wrongStatuses(world: World, inConversation: DeviceStatus): string[] {
  const wanted = new Map<string, DeviceStatus>([
    ...world.fixed,
    ...world.conversations.map(({ device }) => [device, inConversation] as const),
    [world.noticed.login.id, "Disconnected"],
    [world.called.login.id, "Disconnected"],
  ]);
  return world.pages.flatMap((page) => {
    if (page.side === "device") {
      const status = page.live.device.peek()?.status;
      const right = wanted.get(page.login.id);
      return status === right ? [] : [`${page.id} shows ${status}, not ${right}`];
    }
    return [...wanted].flatMap(([id, right]) => {
      const row = page.live.devices.peek()?.get(id);
      const here = !world.fixed.has(id);
      if (row?.status === right && row.reachable === here) return [];
      return [`[T] a console lists ${id} as ${row?.status}, ${row?.reachable}; it is ${right}`];
    });
  });
}

/** N1: what waits, and what became of the rest, exactly once and the same on both sides. */
function wrongNotices({ console, noticed, notices }: World): string[] {
  const waiting = noticed.live.notifications.peek() ?? [];
  const [has, should] = [
    waiting.map(({ id, text }) => `${id} ${text}`),
    [...notices].filter(([, { became }]) => became === "waiting")
      .map(([id, { text }]) => `${id} ${text}`),
  ];
  const wrong = has.sort().join() === should.sort().join()
    ? []
    : [`[N1] these wait: ${has}; not: ${should}`];
  const sent = console.live.sent.peek();
  if (sent.length !== notices.size) wrong.push(`[N1] ${sent.length} sent of ${notices.size}`);
  for (const { id, state } of sent) {
    const became = notices.get(id)?.became;
    const right = became === "waiting" ? "delivered" : became;
    if (state.kind !== right) wrong.push(`[N1] ${id} is ${state.kind}, not ${right}`);
  }
  return wrong;
}

/** Every call of this device was refused or given up: nobody has a ghost of it, and nothing rings. */
function wrongCalled({ called, console }: World): string[] {
  return [called, console].filter((page) => page.session(called.login.id) !== null)
    .map((page) => `a ghost ring at ${page.standing}`);
}

/** Both sides read every file as it was sent. */
export async function readFiles({ files, history }: World): Promise<void> {
  for (const { id, bytes, conversation } of files) {
    for (const side of SIDES) {
      const page = conversation.pages[side][0];
      const open = page?.session(conversation.device);
      if (page === undefined || !open) continue;
      const response = await page.fetch(open.fileAddress(id), {});
      const got = new Uint8Array(await response.arrayBuffer());
      const same = got.length === bytes.length && got.every((byte, at) => byte === bytes[at]);
      if (!same) history.broken.push(`the file ${id} came as ${response.status}, ${got.length} B`);
    }
  }
}

/** N1: what a device's record says of its notifications is what there is. */
async function wrongCounts(kv: Kv): Promise<string[]> {
  const wrong: string[] = [];
  for await (const { value } of kv.list<Device>({ prefix: peopleKeys.devices() })) {
    const prefix = notificationKeys.waitingOn(value.id);
    const { length } = await Array.fromAsync(kv.list({ prefix }));
    if (length !== (value.waiting ?? 0)) wrong.push(`${length} wait, not ${value.waiting}`);
  }
  return wrong;
}

const NONE = new Uint8Array();
/** Where sessions, and what belongs to them, lie in the store (store/keys.ts). */
const OF_SESSIONS = /^(session|message|attachment|attachment_piece|attachment_room|.*_session)$/;

/**
 * S8, in the database at `path`, in its bytes where it is a file of the server, and in the logs, when
 * the server has stopped.
 */
export async function remains({ product }: World, path: string): Promise<string[]> {
  const bytes = new TextDecoder("latin1").decode(isFile(path) ? await Deno.readFile(path) : NONE);
  const wrong = bytes.includes(MARK) ? ["[S8] bytes of a text are left in the file"] : [];
  const kv = await openKv(path);
  for await (const { key, value } of kv.list({ prefix: [] })) {
    if (OF_SESSIONS.test(String(key[0]))) wrong.push(`[S8] left: ${key.join(" ")}`);
    if (Deno.inspect(value, { depth: 9, strAbbreviateSize: Infinity }).includes(MARK)) {
      wrong.push(`[S8] a text is left in ${key.join(" ")}`);
    }
  }
  wrong.push(...await wrongCounts(kv));
  kv.close();
  if (product.printed.includes(MARK)) wrong.push("[S8] a text is in the logs");
  return wrong;
}
