/**
 * Whatever people ask at once through several processes comes out as if one after the other had asked
 * one process: `decide` is what happens, and nothing else. ../README.md says how to repeat a play.
 */
import { assertEquals } from "@std/assert";
import type { HubStore } from "../../../actors/ports.ts";
import { quietly, replaced } from "../../actors/world.ts";
import { Dice, seedOfRun } from "../dice.ts";
import { openHubs } from "./hubs.ts";
import { judge, verdictOn } from "./judge.ts";
import type { Result, SessionCall } from "./model.ts";
import { play } from "./play.ts";

const ROUNDS = Number(Deno.env.get("FAULT_ROUNDS") ?? 1) * 4;
/** How many changed answers of a play are tried. */
const TRIES = 5;
/** How many calls each page makes; fewer where all orders have to be tried to be sure of a fault. */
const [CALLS, FEW_CALLS] = [40, 20];
/** How many plays of a seed there are until one can be judged. */
const MOST_PLAYS = 3;
/** A fault that is planted shows in one of so many plays. */
const PLAYS = 20;
const first = seedOfRun();

async function playOnHubs(
  seed: number,
  calls: number,
  change?: (store: HubStore) => HubStore,
): Promise<readonly SessionCall[]> {
  using _ = quietly();
  const { world, ...the } = await openHubs(new Dice(seed), change);
  await using _world = world;
  return await play({ ...the, calls, pause: 6 });
}

for (let round = 0; round < ROUNDS; round++) {
  const seed = first + round;
  Deno.test(`[S2] [S3] [S6] [S7] [C2] several processes act as one, FAULT_SEED=${seed}`, async () => {
    for (let plays = 0; plays < MOST_PLAYS; plays++) {
      if (judge(await playOnHubs(seed, CALLS))) return;
    }
    throw new Error("no play could be judged");
  });
}

/** Processes that do not do what they should. */
const PLANTED: Readonly<Record<string, (store: HubStore) => HubStore>> = {
  "a commit that overwrites what another process did": (store) => {
    const { sessions } = store;
    return replaced(store, {
      sessions: {
        async commit(version, session, messages) {
          const newest = (await sessions.load(session.id))?.version ?? version;
          return await sessions.commit(newest, session, messages);
        },
      },
    });
  },
  "an end that is acknowledged and not done": (store) =>
    replaced(store, { sessions: { end: () => Promise.resolve(true) } }),
  "a second session of a device": (store) => {
    const { sessions } = store;
    return replaced(store, {
      sessions: {
        async start(session) {
          const started = await sessions.start(session);
          return started.kind === "held" ? { kind: "started", version: "" } : started;
        },
      },
    });
  },
};

for (const [what, plant] of Object.entries(PLANTED)) {
  Deno.test(`the search finds ${what}`, async () => {
    for (let seed = 1; seed <= PLAYS; seed++) {
      if (verdictOn(await playOnHubs(seed, FEW_CALLS, plant)).kind === "broken") return;
    }
    throw new Error(`not found in ${PLAYS} plays`);
  });
}

/** Answers as they were not; null: this one stays as it is. */
const CHANGES: Readonly<Record<string, (result: Result) => Result | null>> = {
  "another number of a text": (result) =>
    result.kind === "ack" && result.seq !== undefined ? { ...result, seq: result.seq + 1 } : null,
  "another refusal": (result) =>
    result.kind === "rejected" ? { ...result, code: "unknown_device" } : null,
  "a device without its session": (result) =>
    result.kind === "shown" && result.view !== null ? { ...result, view: null } : null,
};

Deno.test("the search finds one answer that was another one", async () => {
  const left = new Map(Object.entries(CHANGES));
  for (let seed = 1; seed <= PLAYS && left.size > 0; seed++) {
    const calls = await playOnHubs(seed, FEW_CALLS);
    if (!judge(calls)) continue;
    for (const [what, change] of left) {
      // Where calls overlapped another answer may be just as right: not every change is wrong.
      const some = calls.flatMap((call, at) => {
        const result = change(call.result);
        return result === null ? [] : [calls.with(at, { ...call, result })];
      }).slice(0, TRIES);
      if (some.some((one) => verdictOn(one).kind === "broken")) left.delete(what);
    }
  }
  assertEquals([...left.keys()], [], "not found");
});
