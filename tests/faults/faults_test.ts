/**
 * The promises of a session under every fault that can be made on one machine. Each round draws what
 * people do, what breaks and when from its seed; README.md says how to repeat one.
 */
import { Dice, seedOfRun } from "./dice.ts";
import { drawTroubles } from "./faults.ts";
import { playRound } from "./round.ts";
import { openWorld } from "./world.ts";

const ROUNDS = Number(Deno.env.get("FAULT_ROUNDS") ?? 1);

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
  await playRound(await openWorld(dice, stack), drawTroubles(dice));
}
