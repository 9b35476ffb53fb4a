/** Send to shown at the peer, durable: alone, and with many sessions sending once a second. */
import { Bot, openSession } from "./bot.ts";
import { milliseconds, percentile, type Row } from "./figures.ts";
import { type Login, type Seed, type Server } from "./product.ts";

/** How many times the one session sends when it is alone. */
const ALONE = 400;
/** How long the many sessions send, in seconds, and how long before that to warm up. */
const SECONDS = 10;
const WARM_UP_SECONDS = 3;

/**
 * One KV commit and the wake-up of one watch on it, in milliseconds each time; at the same pace as
 * the messages it is compared with, so that both find the same cold caches.
 */
export async function commitAndWatch(path: string, times: number): Promise<number[]> {
  const kv = await Deno.openKv(path);
  const reader = kv.watch([["bench"]]).getReader();
  await reader.read();
  const took: number[] = [];
  for (let n = 0; n < times; n++) {
    await paced(async () => {
      const started = performance.now();
      const woken = reader.read();
      await kv.atomic().set(["bench"], n).commit();
      await woken;
      took.push(performance.now() - started);
    });
  }
  await reader.cancel();
  kv.close();
  return took;
}

/** A session between two bots, which measures each message from send to arrival. */
class Pair {
  readonly took: number[] = [];
  readonly #technician: Bot;
  readonly #session: string;
  readonly #sentAt = new Map<number, number>();
  #n = 0;

  private constructor(technician: Bot, device: Bot, session: string) {
    this.#technician = technician;
    this.#session = session;
    device.onMessage = (message) => {
      if (message.type !== "session") return;
      for (const { n } of message.messages) {
        const sent = this.#sentAt.get(n);
        if (sent !== undefined) this.took.push(performance.now() - sent);
      }
    };
  }

  static async open(server: Server, technician: Bot, login: Login, at: number): Promise<Pair> {
    const device = await Bot.connect(server, "device", login, `phone-${at}-bench`);
    return new Pair(technician, device, await openSession(technician, device, login.id));
  }

  async send(client: Bot = this.#technician): Promise<void> {
    const n = ++this.#n;
    this.#sentAt.set(n, performance.now());
    await client.ask({ type: "text.send", session: this.#session, n, text: "Is it plugged in?" });
  }
}

/** Measures both; `floor` are the times of {@link commitAndWatch}. */
export async function measureLatency(
  server: Server,
  seed: Seed,
  floor: readonly number[],
): Promise<Row[]> {
  const technicians = await Promise.all(
    seed.technicians.map((login, at) =>
      Bot.connect(server, "technician", login, `console-${at}-bench`)
    ),
  );
  const pairs: Pair[] = [];
  for (const [at, login] of seed.devices.entries()) {
    const technician = technicians[at % technicians.length];
    if (technician !== undefined) pairs.push(await Pair.open(server, technician, login, at));
  }
  const [first] = pairs;
  if (first === undefined) throw new Error("no sessions");
  // The first hundred warm up the just-in-time compiler.
  for (let n = 0; n < 100; n++) await first.send();
  first.took.length = 0;
  for (let n = 0; n < ALONE; n++) await paced(() => first.send());
  const alone = percentile(first.took, 50);
  first.took.length = 0;

  const all = (seconds: number) =>
    Promise.all(pairs.map((pair, at) => sendEverySecond(pair, at / pairs.length, seconds)));
  await all(WARM_UP_SECONDS);
  for (const { took } of pairs) took.length = 0;
  await all(SECONDS);
  const together = percentile(pairs.flatMap(({ took }) => took), 99);
  for (const technician of technicians) technician.close();
  const base = percentile(floor, 50);
  return [
    row("send → at the peer, durable, alone, p50", alone, base, 1.5),
    row(`the same, ${pairs.length} sessions sending once a second, p99`, together, base, 5),
  ];
}

/** At most 40 a second, so that the rate limit of a page is no part of the figure. */
async function paced(send: () => Promise<void>): Promise<void> {
  const next = new Promise((done) => setTimeout(done, 25));
  await send();
  await next;
}

async function sendEverySecond(pair: Pair, phase: number, seconds: number): Promise<void> {
  await new Promise((done) => setTimeout(done, phase * 1000));
  for (let second = 0; second < seconds; second++) {
    const next = new Promise((done) => setTimeout(done, 1000));
    await pair.send();
    await next;
  }
}

function row(what: string, value: number, floor: number, reach: number): Row {
  const ratio = value / floor;
  return {
    what,
    measured: milliseconds(value),
    floor: `${milliseconds(floor)} (commit + watch, p50)`,
    ratio: ratio.toFixed(2),
    reach: `≤ ${reach}`,
    reached: ratio <= reach,
  };
}
