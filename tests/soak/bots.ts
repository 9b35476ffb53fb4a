/**
 * All pages of a soak in a process of their own: `bots.ts <orders.json>`. Prints what they did as one
 * line of JSON when time is up.
 */
import type { Seed } from "../bench/product.ts";
import { Conversation, type Deeds, type Pace } from "./conversation.ts";
import { SoakPage } from "./page.ts";

/** What the pages are told. */
export interface Orders {
  readonly origin: string;
  readonly seed: Seed;
  readonly seconds: number;
  readonly pace: Pace;
}

/** How many pages connect at a time. */
const AT_ONCE = 50;

async function openAll(pages: readonly SoakPage[]): Promise<void> {
  for (let at = 0; at < pages.length; at += AT_ONCE) {
    await Promise.all(pages.slice(at, at + AT_ONCE).map((page) => page.open()));
  }
}

async function play({ origin, seed, seconds, pace }: Orders): Promise<Deeds> {
  const deeds: Deeds = {
    ...{ wrong: [], connections: 0, later: {}, again: 0 },
    ...{ texts: 0, sessions: 0, drops: 0 },
  };
  const consoles = seed.technicians.map((login, at) =>
    new SoakPage({ origin, side: "technician", login, client: `console-${at}-soak` }, deeds)
  );
  const phones = seed.devices.map((login, at) =>
    new SoakPage({ origin, side: "device", login, client: `phone-${at}-soak` }, deeds)
  );
  await openAll([...consoles, ...phones]);
  const until = performance.now() + seconds * 1000;
  await Promise.all(phones.map((phone, at) => {
    const console = consoles[at % consoles.length];
    const id = seed.devices[at]?.id;
    if (console === undefined || id === undefined) throw new Error("more phones than people");
    return new Conversation(console, phone, id, pace, deeds).run(until);
  }));
  for (const page of [...consoles, ...phones]) page.close();
  return deeds;
}

const [orders = ""] = Deno.args;
const deeds = await play(JSON.parse(await Deno.readTextFile(orders)));
console.log(JSON.stringify(deeds));
Deno.exit(0);
