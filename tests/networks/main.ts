/**
 * `deno task networks`: every case of cases.ts in a call of its own, measured for longer than a test
 * may, as the tables of docs/NETWORKS.md. Parts of names as arguments run only those rows.
 */
import { BEGINNINGS, blackout, BLACKOUTS, type Case, CASES } from "./cases.ts";
import { FarCall, type Impression } from "./far_call.ts";
import { FarPeople } from "./far_people.ts";
import { whyNoLab } from "./lab.ts";

/** How long each network is listened to, in seconds. */
const LISTENED = 30;
/** How long it is listened on once a blackout is over. */
const AFTERWARDS = 15;
/** Texts are written so many seconds apart. */
const PACE = 2;
/** A blackout shorter than this, in seconds, is over before anybody needs a word about it. */
const WORTH_A_WORD = 5;

/** A table: its heading, and its rows by name. */
interface Table {
  readonly head: readonly string[];
  readonly rows: ReadonlyMap<string, (people: FarPeople) => Promise<readonly string[]>>;
}

const CHANGES: Table = {
  head: [
    ...["network", "heard ↑", "gap ↑", "guessed ↑", "heard ↓", "gap ↓", "guessed ↓"],
    ...["again after", "frames", "path"],
  ],
  rows: new Map(CASES.map((one) => [one.name, (people) => change(people, one)])),
};

const DARK: Table = {
  head: ["blackout", "the device says so", "the technician's page", "again after", "path"],
  rows: new Map(
    BLACKOUTS.map((length) => [`blackout of ${length} s`, (people) => dark(people, length)]),
  ),
};

const STARTS: Table = {
  head: ["a call begins with", "sound", "picture", "path"],
  rows: new Map(BEGINNINGS.map(({ name, conditions, paths }) => [name, async (people) => {
    await people.startOver((network) => network.become(conditions));
    const call = await FarCall.begin(people);
    await settle(call);
    await call.during({ change: async () => {} }, PACE, 1);
    const { sound, picture } = call.beginning;
    return await finish(call, paths, [seconds(sound), seconds(picture)]);
  }])),
};

async function change(people: FarPeople, one: Case): Promise<readonly string[]> {
  await people.startOver(one.before ?? (async () => {}));
  const call = await FarCall.begin(people);
  await settle(call);
  const seen = await call.during(one.course, LISTENED, LISTENED / PACE);
  const sounds = [seen.fromDevice, seen.toDevice].flatMap(({ share, longestGapMs, concealed }) => [
    percent(share),
    `${(longestGapMs / 1000).toFixed(2)} s`,
    percent(concealed),
  ]);
  if (one.lateTexts) await people.network.reset();
  const again = one.breaks ? seconds(recovered(seen)) : "";
  return await finish(call, one.paths, [...sounds, again, seen.frames.toFixed(0)]);
}

async function dark(people: FarPeople, length: number): Promise<readonly string[]> {
  await people.startOver(async () => {});
  const call = await FarCall.begin(people);
  await settle(call);
  const listened = length + AFTERWARDS;
  const saying = length < WORTH_A_WORD ? null : call.saysSo();
  const [seen, said] = await Promise.all([
    call.during(blackout(length), listened, Math.floor(listened / PACE)),
    saying,
  ]);
  await call.saysNothing();
  const words = said === null ? ["", ""] : [seconds(said.here), seconds(said.there)];
  return await finish(call, ["UDP"], [...words, seconds(recovered(seen) - length * 1_000)]);
}

/** A call with sound and pictures both ways. */
async function settle(call: FarCall): Promise<void> {
  await call.isHeard();
  await call.isSeen();
}

/** What a row says, with the path; rejects if a text is missing. */
async function finish(call: FarCall, paths: Case["paths"], cells: readonly string[]) {
  await call.isHeard();
  const path = await call.takes(paths);
  await call.hasAllTexts();
  await call.end();
  return [...cells, path];
}

function recovered({ fromDevice, toDevice }: Impression): number {
  return Math.max(fromDevice.recoveredMs, toDevice.recoveredMs);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function print(cells: readonly string[]): void {
  console.log(`| ${cells.join(" | ")} |`);
}

const why = await whyNoLab();
if (why !== null) {
  console.error(why);
  Deno.exit(1);
}
let people = await FarPeople.open();
let failed = false;
for (const { head, rows } of [CHANGES, DARK, STARTS]) {
  const wanted = [...rows].filter(([name]) =>
    Deno.args.length === 0 || Deno.args.some((part) => name.includes(part))
  );
  if (wanted.length === 0) continue;
  print(head);
  print(head.map(() => "---"));
  for (const [name, measure] of wanted) {
    console.error(`measuring: ${name} …`);
    try {
      print([name, ...await measure(people)]);
    } catch (error) {
      console.error(error);
      failed = true;
      print([name, "failed"]);
      // A call that is in the way of the next one is no measure of that.
      await people[Symbol.asyncDispose]();
      people = await FarPeople.open();
    }
  }
  console.log("");
}
await people[Symbol.asyncDispose]();
Deno.exit(failed ? 1 : 0);
