/** Calls under faults: whatever dies, what the head says, the node sees and the pages do is the same. */
import { assertEquals } from "@std/assert";
import {
  type CallParts,
  callTraffic,
  openCallParts,
  wrongCalls,
  wrongUnlessCalling,
  wrongUnlessSilent,
} from "./calls.ts";
import { Dice, seedOfRun } from "./dice.ts";
import { drawCallTroubles } from "./faults.ts";
import { blame, remains, settled, wrongAfterEnd, wrongWhileOpen } from "./judge.ts";
import { kvOf } from "./product.ts";
import { endConversations, openConversations } from "./traffic.ts";
import { type FaultWorld, openWorld } from "./world.ts";

const ROUNDS = Number(Deno.env.get("FAULT_ROUNDS") ?? 1);
/** What people do at least while one thing breaks. */
const ACTS_A_TROUBLE = 15;
const CALLS_ON = { MEDIA: "on", MEDIA_LISTEN_IP: "127.0.0.1" };

const first = seedOfRun();
for (let round = 0; round < ROUNDS; round++) {
  const seed = first + round;
  Deno.test(`[S5] [S6] [S8] calls outlive what carries them, and end when they end, FAULT_SEED=${seed}`, async () => {
    console.log(`FAULT_SEED=${seed} deno task test tests/faults/calls_test.ts`);
    try {
      await play(new Dice(seed));
    } catch (error) {
      console.log(error instanceof Error ? error.message : error);
      throw error;
    }
  });
}

async function play(dice: Dice): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const world = await openWorld(dice, stack, CALLS_ON);
  await openConversations(world);
  const parts = openCallParts(world, stack);
  await settled(world, (now) => wrongUnlessCalling(now, parts));
  for (const [name, fault] of drawCallTroubles(dice)) {
    console.log(`  ${name}`);
    let over = false;
    const breaking = fault(world).finally(() => over = true);
    await Promise.all([breaking, callTraffic(world, ACTS_A_TROUBLE, () => over)]);
    blame(world);
  }
  await settled(world, (now) => [...wrongWhileOpen(now), ...wrongCalls(now, parts)]);
  await settled(world, (now) => wrongUnlessCalling(now, parts));
  await callsMove(world, parts);
  const unused = await ticketsNobodyUsed(parts);
  await settled(world, (now) => wrongUnlessSilent(now, parts));
  await settled(world, (now) => wrongUnlessCalling(now, parts));
  await endConversations(world);
  await settled(world, (now) => [...wrongAfterEnd(now), ...wrongCalls(now, parts)]);
  for (const reason of await Promise.all(unused.map((use) => use()))) {
    assertEquals(reason, "bad_ticket", "[S7] a ticket of a call that is over opens nothing");
  }
  assertEquals(await world.product.calls(), "ready");
  assertEquals(await world.product.stop(), 0);
  blame(world, await remains(world, kvOf(world.folder)));
}

/** Only the worker dies: everybody is in the same call again, with nobody's doing. */
async function callsMove(world: FaultWorld, parts: CallParts): Promise<void> {
  const before = JSON.stringify([...parts.values()].map(({ place }) => place?.key));
  const killed = performance.now();
  await world.product.harmWorker("kill");
  await settled(world, () => {
    const joined = [...parts.values()].some(({ standing }) => standing.kind === "joined");
    return joined ? ["the dead worker is not noticed"] : [];
  });
  await settled(world, (now) => wrongCalls(now, parts));
  const took = ((performance.now() - killed) / 1000).toFixed(1);
  console.log(`  all calls are back ${took} s after their worker died`);
  assertEquals(JSON.stringify([...parts.values()].map(({ place }) => place?.key)), before, "[S5]");
}

/** A ticket of each page in a call, which it did not use; using one tells what the node says. */
async function ticketsNobodyUsed(parts: CallParts): Promise<(() => Promise<string>)[]> {
  const all = await Promise.all([...parts.values()].map(async (part) => {
    const { place } = part;
    const ticket = place === null ? null : await part.ticket(place.session);
    if (ticket === null) return [];
    return [async () => await part.stay(ticket, { joined() {}, peer() {} }).over];
  }));
  return all.flat();
}
