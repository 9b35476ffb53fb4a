/** One person too many: a page that reads nothing, and a device that sends all it can, on real sockets. */
import { assert, assertEquals } from "@std/assert";
import { PROTOCOL_VERSION } from "../../protocol/frames.ts";
import { readServerFrame } from "../../protocol/server_frame.ts";
import { Bot, openSession } from "../bench/bot.ts";
import { percentile } from "../bench/figures.ts";
import { type Seed, seed, type Server, startProduct } from "../bench/product.ts";
import { RawSocket } from "../support/raw_socket.ts";
import { Abuse, seedLongSession } from "./abuse.ts";

/** How fast all is, is judged only where a seed is given; it is told in any case. */
const SEEDED = Deno.env.has("FAULT_SEED");
/** Four thousand characters of three bytes each. */
const LONG = "長".repeat(4_000);
/** Together 9 MB: more than the kernel keeps for who does not read. */
const TEXTS = 750;
const MIB = 1024 * 1024;

async function open(
  stack: AsyncDisposableStack,
  technicians: number,
  devices: number,
  prepare: (path: string, people: Seed) => Promise<void> = () => Promise.resolve(),
) {
  const folder = await Deno.makeTempDir({ prefix: "live-support-overload-" });
  stack.defer(() => Deno.remove(folder, { recursive: true }));
  const people = await seed(`${folder}/overload.kv`, technicians, devices);
  await prepare(`${folder}/overload.kv`, people);
  const server = await startProduct(`${folder}/overload.kv`);
  stack.defer(() => server.stop());
  return { people, server };
}

function at<T>(all: readonly T[], index: number): T {
  const one = all[index];
  if (one === undefined) throw new Error(`there is no number ${index}`);
  return one;
}

Deno.test("[C2] a page that reads nothing holds nobody up and costs no memory; once it reads, it has all", async () => {
  await using stack = new AsyncDisposableStack();
  const { people, server } = await open(stack, 1, 1);
  const [ann, till] = [at(people.technicians, 0), at(people.devices, 0)];
  const console = await Bot.connect(server, "technician", ann, "console-zero");
  const phone = await Bot.connect(server, "device", till, "phone-zero");
  const session = await openSession(console, phone, till.id);
  using slow = await RawSocket.open(server.origin, "/api/socket/device", { Cookie: till.cookie });
  const hello = { type: "hello", version: PROTOCOL_VERSION, client: "phone-slow", lastSeq: {} };
  await slow.send(JSON.stringify(hello));

  // Several pages, each within what one may send, all within what their person may.
  const writers = [console];
  while (writers.length < 5) {
    const name = `console-${writers.length}-more`;
    writers.push(await Bot.connect(server, "technician", ann, name));
  }
  const arrived = phone.next((m) => m.type === "session" && m.session.lastSeq === TEXTS);
  const before = await server.memory();
  await Promise.all(writers.map(async (writer) => {
    for (let n = 1; n <= TEXTS / writers.length; n++) {
      await patiently(() => writer.ask({ type: "text.send", session, n, text: LONG }));
    }
  }));
  await arrived;
  const gained = await server.memory() - before;
  assert(gained < 200 * MIB, `the server took ${Math.round(gained / MIB)} MiB`);

  const seqs: number[] = [];
  let frames = 0;
  while (seqs.length < TEXTS) {
    const message = readServerFrame(await slow.read());
    if (message?.type !== "session") continue;
    frames++;
    seqs.push(...message.messages.map(({ seq }) => seq));
  }
  assertEquals(seqs, Array.from({ length: TEXTS }, (_, n) => n + 1));
  assert(frames < TEXTS, `it was told ${frames} times, as often as those who read`);
  for (const bot of [...writers, phone]) bot.close();
});

/** Asks again after a refusal that passes, as a page's outbox does with texts; how often it had to. */
async function patiently(ask: () => Promise<unknown>): Promise<number> {
  for (let again = 0;; again++) {
    const refused = await ask().then(() => null, (error: Error) => error.message);
    if (refused === null) return again;
    if (!/rate_limited|busy/.test(refused)) throw new Error(refused);
    await new Promise((done) => setTimeout(done, 50));
  }
}

Deno.test("[A3] one device that sends all it can, from many pages, in a session, slows none of ninety-nine others", async () => {
  await using stack = new AsyncDisposableStack();
  const abused = "the-abused-session";
  const { people, server } = await open(stack, 11, 100, (path, { technicians, devices }) => {
    return seedLongSession(path, abused, at(technicians, 10).id, at(devices, 99).id);
  });
  const victim = await Bot.connect(server, "technician", at(people.technicians, 10), "victim-x");
  const pairs = await openPairs(
    server,
    { ...people, technicians: people.technicians.slice(0, 10) },
    99,
  );
  await everybodyWrites(pairs);
  const calm = await everybodyWrites(pairs);
  const abuse = await Abuse.begin(server, at(people.devices, 99), abused);
  stack.defer(async () => void await abuse.end());
  const meanwhile = await everybodyWrites(pairs);
  const text = { type: "text.send", session: abused, n: 1, text: "Please stop." } as const;
  const [refusals, ...ends] = await Promise.all([
    patiently(() => victim.ask(text)),
    ...pairs.slice(0, 9).map(({ technician, session }) =>
      took(() => technician.ask({ type: "session.end", session }))
    ),
  ]);
  const own = await took(() => victim.ask({ type: "session.end", session: abused }));
  const { sent, refused, searched, closed, uploads } = await abuse.end();
  const did = JSON.stringify({ sent, refused, searched, closed, uploads });
  console.log(`  abuse: ${did}`);
  assertEquals([calm.length, meanwhile.length], [99 * ROUNDS, 99 * ROUNDS], "every text arrived");
  assert(sent > 2_000 && refused > 0 && closed > 0 && uploads > 0, did);
  // A server on a machine so busy that it takes nobody's texts searches for none, either.
  assert(searched > 0 || refusals > 0, did);
  const [was, is] = [percentile(calm, 50), percentile(meanwhile, 50)];
  const longest = Math.max(...ends, own);
  console.log(
    `  a text took ${was.toFixed(1)} ms, then ${
      is.toFixed(1)
    } ms; the longest end ${longest.toFixed()} ms`,
  );
  // Beside other tests the machine is what is slow, not the server.
  if (SEEDED) {
    assert(is < 10 * was + 50, "texts of others are slow");
    assert(longest < END_MS, "ends are slow");
  }
  victim.close();
  for (const { technician, device } of pairs) for (const bot of [technician, device]) bot.close();
});

/** How long an end may take whatever others do, in milliseconds. */
const END_MS = 3_000;

async function took(ask: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await ask();
  return performance.now() - began;
}

const ROUNDS = 5;

interface Pair {
  readonly technician: Bot;
  readonly device: Bot;
  readonly session: string;
  n: number;
}

async function openPairs(server: Server, people: Seed, count: number): Promise<Pair[]> {
  const consoles = await Promise.all(
    people.technicians.map((login, n) =>
      Bot.connect(server, "technician", login, `console-${n}-x`)
    ),
  );
  const pairs: Pair[] = [];
  for (let n = 0; n < count; n++) {
    const technician = at(consoles, n % consoles.length);
    const login = at(people.devices, n);
    const device = await Bot.connect(server, "device", login, `phone-${n}-fair`);
    const session = await openSession(technician, device, login.id);
    pairs.push({ technician, device, session, n: 0 });
  }
  return pairs;
}

/** Every device writes some texts, one after the other; how long each took to arrive, in milliseconds. */
async function everybodyWrites(pairs: readonly Pair[]): Promise<number[]> {
  const took = await Promise.all(pairs.map(async (pair) => {
    const own: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const n = ++pair.n;
      const began = performance.now();
      const arrived = pair.technician.next((m) =>
        m.type === "session" && m.session.id === pair.session &&
        m.messages.some((message) => message.n === n)
      );
      const text = { type: "text.send", session: pair.session, n, text: "Hello?" } as const;
      await patiently(() => pair.device.ask(text));
      await arrived;
      own.push(performance.now() - began);
      await new Promise((done) => setTimeout(done, 100));
    }
    return own;
  }));
  return took.flat();
}
