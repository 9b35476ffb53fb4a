/** The same where the processes are real ones on one denokv, some killed, and it stands still. */
import { assert } from "@std/assert";
import { findDenokv, HOW_TO_GET_DENOKV } from "../../../tasks/denokv.ts";
import { Dice, seedOfRun } from "../dice.ts";
import { pass } from "../product.ts";
import { Denokv } from "../denokv.ts";
import { judge } from "./judge.ts";
import { play } from "./play.ts";
import { openProcesses } from "./processes.ts";

const ROUNDS = Number(Deno.env.get("FAULT_ROUNDS") ?? 1);
const PLAYS = 3;
const PROCESSES = 3;
/** A play is about as long as this, in milliseconds: what breaks breaks within it. */
const WITHIN = 1_000;

const program = await findDenokv();
if (program === null) {
  console.log(`Real processes are not tried: there is no denokv. ${HOW_TO_GET_DENOKV}`);
}

const first = seedOfRun();
for (let round = 0; round < ROUNDS; round++) {
  const seed = first + round;
  Deno.test({
    name: `[S2] [S3] [S6] [S7] [C2] real processes on one denokv act as one, FAULT_SEED=${seed}`,
    ignore: program === null,
    // The connection of Deno's KV client to a server closes some time after it was told to.
    sanitizeResources: false,
    sanitizeOps: false,
    fn: () => playAll(new Dice(seed)),
  });
}

async function playAll(dice: Dice): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const database = stack.use(await Denokv.start({ program: program ?? "" }));
  const wish = { dice, path: database.url, count: PROCESSES, plays: PLAYS };
  const { devices, crash, ...the } = await openProcesses(wish, stack);
  const faults = dice.shuffle([
    crash,
    async () => {
      database.freeze();
      await pass(dice.between(200, 3_000));
      database.thaw();
    },
    () => Promise.resolve(),
  ]);
  let judged = 0;
  for (const [at, device] of devices.entries()) {
    const breaking = pass(dice.between(0, WITHIN)).then(faults[at]);
    if (judge(await play({ ...the, device, calls: 40, pause: 10 }))) judged++;
    await breaking;
  }
  assert(judged > 0, "no play could be judged");
}
