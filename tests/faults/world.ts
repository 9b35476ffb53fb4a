/** Who takes part in a run: technicians, devices, their pages, what they did, and the server. */
import type { OpenSession } from "../../client/open_session.ts";
import type { Side } from "../../protocol/receipts.ts";
import { type DeviceStatus, EVERYTHING_ON } from "../../protocol/service.ts";
import { peopleKeys } from "../../store/keys.ts";
import { openKv } from "../../store/kv.ts";
import { openStores } from "../../store/mod.ts";
import { type Login, type Seed, seed } from "../bench/product.ts";
import { Clocks } from "./clocks.ts";
import type { Dice } from "./dice.ts";
import { History } from "./history.ts";
import { FaultPage } from "./page.ts";
import { kvOf, Product } from "./product.ts";

/** A session two people write in. */
export interface Conversation {
  readonly device: string;
  /** Pages of one person; the first of each started or answered it. */
  readonly pages: Readonly<Record<Side, readonly FaultPage[]>>;
  /** Per page, what its person wrote, in order; a file as {@link fileLine}. */
  readonly said: ReadonlyMap<FaultPage, string[]>;
}

/** A file somebody sent, and its bytes. */
export interface SentFile {
  readonly id: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly conversation: Conversation;
}

/** What became of a notification, as the people who did it were told. */
export interface Notice {
  readonly text: string;
  readonly became: "waiting" | "read" | "answered";
}

/** What a run looks at of the processes that serve it. */
export interface Served {
  /** What went wrong without anybody doing it, as sentences. */
  readonly broken: readonly string[];
  /** Everything they printed. */
  readonly printed: string;
}

/** One run. */
export interface World {
  readonly dice: Dice;
  readonly product: Served;
  /** Those of the pages. */
  readonly clocks: Clocks;
  readonly history: History;
  readonly pages: readonly FaultPage[];
  readonly conversations: readonly Conversation[];
  /** Sends notifications and calls {@link called}. */
  readonly console: FaultPage;
  /** A device that is sent notifications and has no session. */
  readonly noticed: FaultPage;
  /** A device whose sessions come and go. */
  readonly called: FaultPage;
  /** Devices whose status no session changes (T1, T2). */
  readonly fixed: ReadonlyMap<string, DeviceStatus>;
  readonly files: SentFile[];
  readonly notices: Map<string, Notice>;
  /** The calls of {@link called}, one after the other; the ids of those that are over. */
  calling: Promise<Set<string>>;
  /** What people do and wait for, by what it is; a run is judged when all of it is done. */
  readonly acts: Map<Promise<unknown>, string>;
}

/** A run on one process. */
export interface FaultWorld extends World {
  readonly folder: string;
  /** Where its database is. */
  readonly database: string;
  readonly product: Product;
}

/** Texts of conversations begin with it: after the end it is nowhere (S8). */
export const MARK = "said in a session:";

/** How a file stands in {@link Conversation.said}. */
export function fileLine(id: string): string {
  return `file ${id}`;
}

/** The pages of a conversation. */
export function pagesOf({ pages }: Conversation): FaultPage[] {
  return [...pages.technician, ...pages.device];
}

/** Somebody does something and waits for it; what goes wrong with it is told at the end. */
export function begin({ acts, history }: World, what: string, work: () => Promise<void>): void {
  const act = work().catch((error) => history.broken.push(`${what}: ${error}`));
  acts.set(act, what);
  act.then(() => acts.delete(act));
}

/** Somebody, in some conversation. */
export function somebody(
  { dice, conversations }: World,
): [Conversation, FaultPage, OpenSession | null] {
  const conversation = dice.pick(conversations);
  const page = dice.pick(pagesOf(conversation));
  return [conversation, page, page.session(conversation.device)];
}

/** Where a run takes place. */
export interface Place {
  /** What its database is, given a folder for it. */
  database(folder: string): Promise<string>;
  /** Starts the product, once there are people in the database. */
  start(folder: string): Promise<Product>;
}

/** One process on a database of its own, with `settings` of its own. */
export function oneProcess(settings: Readonly<Record<string, string>> = {}): Place {
  return {
    database: (folder) => Promise.resolve(kvOf(folder)),
    start: (folder) => Product.start(folder, settings),
  };
}

/** Makes people and devices, starts the server and opens the pages; nobody has a session yet. */
export async function openWorld(
  dice: Dice,
  stack: AsyncDisposableStack,
  place: Place = oneProcess(),
): Promise<FaultWorld> {
  const folder = await Deno.makeTempDir({ prefix: "live-support-faults-" });
  stack.defer(() => Deno.remove(folder, { recursive: true }));
  const database = await place.database(folder);
  const people = await makePeople(database);
  const product = await place.start(folder);
  stack.defer(() => product.kill());
  const opened = await openPages(dice, stack, people, product, product.port);
  return { ...opened, folder, database, product };
}

/** The people and devices of a run. */
export type People = Seed & { readonly fixed: ReadonlyMap<string, DeviceStatus> };

/** Makes them in the database at `path`. */
export async function makePeople(path: string): Promise<People> {
  return { ...await seed(path, 2, 5), fixed: await addFixed(path) };
}

/** Opens their pages at `target`, a port of this machine. */
export async function openPages(
  dice: Dice,
  stack: AsyncDisposableStack,
  { technicians, devices, fixed }: People,
  product: Served,
  target: number,
): Promise<World> {
  const clocks = stack.use(new Clocks());
  const history = new History();
  const pages: FaultPage[] = [];
  const open = async (side: Side, logins: readonly Login[], at: number) => {
    const login = logins[at];
    if (login === undefined) throw new Error(`nobody has number ${at}`);
    const page = stack.use(await FaultPage.open({ side, login, history, target }));
    pages.push(page);
    return page;
  };
  const [ann, annsOther, ben] = [
    await open("technician", technicians, 0),
    await open("technician", technicians, 0),
    await open("technician", technicians, 1),
  ];
  const conversations = [
    conversation([ann, annsOther], [await open("device", devices, 0)]),
    conversation([annsOther, ann], [
      await open("device", devices, 1),
      await open("device", devices, 1),
    ]),
    conversation([ben], [await open("device", devices, 2)]),
  ];
  const noticed = await open("device", devices, 3);
  const called = await open("device", devices, 4);
  return {
    ...{ dice, product, clocks, history, pages, conversations, fixed, noticed, called },
    console: ben,
    files: [],
    notices: new Map(),
    calling: Promise.resolve(new Set()),
    acts: new Map(),
  };
}

function conversation(
  technician: readonly FaultPage[],
  device: readonly [FaultPage, ...FaultPage[]],
): Conversation {
  const said = new Map([...technician, ...device].map((page) => [page, [] as string[]]));
  return { device: device[0].login.id, pages: { technician, device }, said };
}

/** One device that never had an agent (T1) and one that is switched off (T2). */
async function addFixed(path: string): Promise<Map<string, DeviceStatus>> {
  const kv = await openKv(path);
  const stores = openStores(kv);
  const absent = await stores.devices.create("Never seen", Date.now());
  const disabled = await stores.devices.create("Switched off", Date.now());
  const chatService = { ...EVERYTHING_ON, service: false };
  await kv.set(peopleKeys.device(disabled.id), { ...disabled, installedAt: 1, chatService });
  kv.close();
  return new Map([[absent.id, "Not Installed"], [disabled.id, "Disabled"]]);
}
