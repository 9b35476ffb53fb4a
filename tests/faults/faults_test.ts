/**
 * The promises of a session under every fault that can be made on one machine. Each round draws what
 * people do, what breaks and when from its seed; README.md says how to repeat one.
 */
import { assertEquals } from "@std/assert";
import { Dice, seedOfRun } from "./dice.ts";
import { drawTroubles } from "./faults.ts";
import { blame, readFiles, remains, settled, wrongAfterEnd, wrongWhileOpen } from "./judge.ts";
import { kvOf, pass } from "./product.ts";
import {
  endConversations,
  leaveHalfFiles,
  openConversations,
  sendAllAgain,
  traffic,
} from "./traffic.ts";
import { openWorld } from "./world.ts";

const ROUNDS = Number(Deno.env.get("FAULT_ROUNDS") ?? 1);
/** What people do at least while one thing breaks. */
const ACTS_A_TROUBLE = 12;
/** The crash comes within this time of the wish to end, in milliseconds: before, amidst or after. */
const LONGEST_TO_END = 60;

const first = seedOfRun();
for (let round = 0; round < ROUNDS; round++) {
  const seed = first + round;
  Deno.test(`[C1] [C2] [C3] [S5] [S7] [S8] nothing is lost, doubled or left, FAULT_SEED=${seed}`, async () => {
    console.log(`FAULT_SEED=${seed} deno task test tests/faults/`);
    try {
      await play(new Dice(seed));
    } catch (error) {
      // At once: many rounds take long, and the last report comes after all of them.
      console.log(error instanceof Error ? error.message : error);
      throw error;
    }
  });
}

async function play(dice: Dice): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const world = await openWorld(dice, stack);
  const { product } = world;
  await openConversations(world);
  for (const trouble of drawTroubles(dice)) {
    console.log(`  ${trouble.map(([name]) => name).join(", and ")}`);
    let over = false;
    const breaking = Promise.all(trouble.map(([, fault]) => fault(world)))
      .finally(() => over = true);
    await Promise.all([breaking, traffic(world, ACTS_A_TROUBLE, () => over)]);
    blame(world);
  }
  await settled(world, wrongWhileOpen);
  const { texts, connections } = world.history;
  console.log(`  all is well: ${texts.length} answers to texts, ${connections} connections`);
  await sendAllAgain(world);
  await readFiles(world);
  await settled(world, wrongWhileOpen);
  const ended = await leaveHalfFiles(world);
  // The end itself is interrupted: what was begun is finished by whoever comes next.
  const interrupted = pass(dice.between(0, LONGEST_TO_END)).then(() => product.crash());
  await Promise.all([endConversations(world), interrupted]);
  await settled(world, wrongAfterEnd);
  for (const { page, session } of ended) {
    const command = { type: "text.send", session, n: 1, text: "late" } as const;
    const answer = await page.insist(command);
    assertEquals(answer, { kind: "rejected", code: "session_ended" }, "[S7]");
  }
  assertEquals(await product.stop(), 0);
  blame(world, await remains(world, kvOf(world.folder)));
}
