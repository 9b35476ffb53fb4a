/** Calls under faults: whatever dies, what the head says, the node sees and the pages do is the same. */
import { assertEquals } from "@std/assert";
import { TAKES_NODES } from "../support/media_process.ts";
import { until } from "../support/waiting.ts";
import {
  type CallParts,
  callTraffic,
  openCallParts,
  wrongCalls,
  wrongUnlessCalling,
  wrongUnlessInOne,
  wrongUnlessSilent,
} from "./calls.ts";
import { Dice, seedOfRun } from "./dice.ts";
import { drawCallTroubles } from "./faults.ts";
import { blame, remains, settled, wrongAfterEnd, wrongWhileOpen } from "./judge.ts";
import { Nodes } from "./nodes.ts";
import { endConversations, openConversations } from "./traffic.ts";
import { type FaultWorld, oneProcess, openWorld } from "./world.ts";

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
  // Every other seed has media nodes in processes of their own; the gate's has none.
  const alone = dice.seed % 2 === 1;
  const settings = { ...CALLS_ON, ...alone ? TAKES_NODES : {} };
  const world = await openWorld(dice, stack, oneProcess(settings));
  const nodes = alone ? stack.use(await Nodes.start(world)) : null;
  await until("calls can be made", () => world.product.calls(), (state) => state === "ready");
  await openConversations(world);
  const parts = openCallParts(world, stack);
  await settled(world, (now) => wrongUnlessCalling(now, parts));
  for (const [name, fault] of drawCallTroubles(dice, nodes)) {
    console.log(`  ${name}`);
    let over = false;
    const breaking = fault(world).finally(() => over = true);
    await Promise.all([breaking, callTraffic(world, ACTS_A_TROUBLE, () => over)]);
    blame(world);
  }
  await settled(world, (now) => [...wrongWhileOpen(now), ...wrongUnlessInOne(now, parts)]);
  await settled(world, (now) => wrongUnlessCalling(now, parts));
  await callsMove(world, parts, nodes);
  const unused = await ticketsNobodyUsed(parts);
  await settled(world, (now) => wrongUnlessSilent(now, parts));
  await settled(world, (now) => wrongUnlessCalling(now, parts));
  await endConversations(world);
  await settled(world, (now) => [...wrongAfterEnd(now), ...wrongCalls(now, parts)]);
  for (const reason of await Promise.all(unused.map((use) => use()))) {
    assertEquals(reason, "bad_ticket", "[S7] a ticket of a call that is over opens nothing");
  }
  await nodes?.empty();
  assertEquals(await world.product.calls(), "ready");
  assertEquals(await world.product.stop(), 0);
  blame(world, await remains(world, world.database));
}

/** Only the worker dies, or a node: everybody is in the same call again, with nobody's doing. */
async function callsMove(world: FaultWorld, parts: CallParts, nodes: Nodes | null): Promise<void> {
  // Which calls there are: somebody may just have taken one over on another page.
  const keys = () => new Set([...parts.values()].flatMap(({ place }) => place?.key ?? []));
  const before = keys();
  const node = [...parts.values()].map(({ place }) => place?.node).find((one) => one) ?? "";
  const hit = [...parts.values()].filter(({ place }) => place?.node === node)
    .map((part) => ({ part, standing: part.standing }));
  const killed = performance.now();
  await (nodes === null ? world.product.harmWorker("kill") : nodes.lose(node));
  await until(
    "the dead one is noticed",
    () => hit.every(({ part, standing }) => part.standing !== standing),
    (noticed) => noticed,
  );
  await settled(world, (now) => wrongCalls(now, parts));
  const took = ((performance.now() - killed) / 1000).toFixed(1);
  const who = nodes === null ? "their worker" : "their node";
  console.log(`  all calls are back ${took} s after ${who} died`);
  assertEquals(keys(), before, "[S5]");
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
