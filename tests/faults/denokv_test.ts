/** The same round where the database is a server of its own (denokv), to which things happen, too. */
import { findDenokv, HOW_TO_GET_DENOKV } from "../../tasks/denokv.ts";
import { Denokv } from "./denokv.ts";
import { Dice, seedOfRun } from "./dice.ts";
import { drawDatabaseTroubles } from "./faults.ts";
import { clockSettings, Product } from "./product.ts";
import { playRound } from "./round.ts";
import { openWorld } from "./world.ts";

const ROUNDS = Number(Deno.env.get("FAULT_ROUNDS") ?? 1);
/** Too long for a gate: several processes, one of which always seems to be away. */
const SEEDED = Deno.env.has("FAULT_SEED");

const program = await findDenokv();
if (program === null) console.log(`There is no denokv to break. ${HOW_TO_GET_DENOKV}`);

const first = seedOfRun();
for (let round = 0; round < ROUNDS; round++) {
  const seed = first + round;
  Deno.test({
    name: `[C1] [C2] [C3] [S5] [S8] nothing is lost with a denokv that breaks, FAULT_SEED=${seed}`,
    ignore: program === null || !SEEDED,
    // The connection of Deno's KV client to a server closes some time after it was told to.
    sanitizeResources: false,
    sanitizeOps: false,
    async fn() {
      console.log(`FAULT_SEED=${seed} deno task test tests/faults/denokv_test.ts`);
      await play(new Dice(seed), program ?? "");
    },
  });
}

async function play(dice: Dice, program: string): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const started = Promise.withResolvers<Denokv>();
  const world = await openWorld(dice, stack, {
    async database(folder) {
      // One clock for both, as on machines that are set by NTP (docs/DEPLOY.md).
      const env = await clockSettings(folder);
      const database = stack.use(await Denokv.start({ program, env, powered: true }));
      started.resolve(database);
      return database.url;
    },
    start: async (folder) =>
      await Product.start(folder, { DENO_KV_PATH: (await started.promise).url }),
  });
  await playRound(world, drawDatabaseTroubles(dice, await started.promise));
}
