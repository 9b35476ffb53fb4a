/**
 * The power is cut: what was acknowledged is on the disk, what was ended stays ended. The server's
 * files become what had reached the disk at that moment, and the product starts on them.
 */
import { assertStringIncludes } from "@std/assert";
import { until } from "../../support/waiting.ts";
import { Dice, seedOfRun } from "../dice.ts";
import { drawPowerTroubles } from "../faults.ts";
import { wrongWhileOpen } from "../judge.ts";
import { playRound } from "../round.ts";
import { openConversations, traffic } from "../traffic.ts";
import { CAN_CUT, LIES } from "./power.ts";
import { openPoweredWorld } from "./world.ts";

/** Who looks for faults has more time than who only wants to know that nothing broke. */
const SEEDED = Deno.env.has("FAULT_SEED");
const HOW_MUCH = SEEDED ? { cuts: 4, others: 4 } : { cuts: 1, others: 0 };
const ROUNDS = Number(Deno.env.get("FAULT_ROUNDS") ?? 1);

const first = seedOfRun();
for (let round = 0; round < ROUNDS; round++) {
  const seed = first + round;
  Deno.test({
    name: `[C1] [C2] [S5] [S8] a power cut takes nothing that was acknowledged, FAULT_SEED=${seed}`,
    ignore: !CAN_CUT,
    async fn() {
      console.log(`FAULT_SEED=${seed} deno task test tests/faults/power/`);
      await using stack = new AsyncDisposableStack();
      const dice = new Dice(seed);
      const { world, power } = await openPoweredWorld(dice, stack);
      const crash = () => world.product.crash((pid) => power.cut(dice, pid));
      await playRound(world, drawPowerTroubles(dice, power, HOW_MUCH), crash);
    },
  });
}

Deno.test({
  name: "a disk that only says that it has synced is found out",
  // Looks at the judge, not at the product: sqlite_test.ts shows every day that cuts are cuts.
  ignore: !CAN_CUT || !SEEDED,
  async fn() {
    await using stack = new AsyncDisposableStack();
    const dice = new Dice(first);
    const { world, power } = await openPoweredWorld(dice, stack, LIES);
    await openConversations(world);
    const texts = () => world.history.texts.length;
    await Promise.all([
      traffic(world, 0, () => texts() > 20),
      until("some texts are acknowledged", texts, (count) => count > 20),
    ]);
    try {
      await world.product.crash((pid) => power.cut(dice, pid));
    } catch (error) {
      // Some pages of a file written anew and not the others: that is found out at the start.
      assertStringIncludes(String(error), "database disk image is malformed");
      return;
    }
    const wrong = () => [...wrongWhileOpen(world), ...world.history.broken];
    await until("the loss is seen", wrong, (all) => all.includes("a page has no session"));
  },
});
