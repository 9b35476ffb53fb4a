/** One round: people do what they do while one thing after the other breaks, then all is judged. */
import { assertEquals } from "@std/assert";
import type { Trouble } from "./faults.ts";
import { leaveHalfFiles, tearFile } from "./files.ts";
import { blame, readFiles, remains, settled, wrongAfterEnd, wrongWhileOpen } from "./judge.ts";
import { pass } from "./product.ts";
import { endConversations, openConversations, sendAllAgain, traffic } from "./traffic.ts";
import type { FaultWorld } from "./world.ts";

/** What people do at least while one thing breaks. */
const ACTS_A_TROUBLE = 12;
/** The crash comes within this time of the wish to end, in milliseconds: before, amidst or after. */
const LONGEST_TO_END = 60;

/** Plays it in `world`, whose server goes down by `crash` in the end. Throws all that was wrong. */
export async function playRound(
  world: FaultWorld,
  troubles: readonly Trouble[],
  crash: () => Promise<void> = () => world.product.crash(),
): Promise<void> {
  const { dice, product } = world;
  await openConversations(world);
  for (const trouble of troubles) {
    console.log(`  ${trouble.map(([name]) => name).join(", and ")}`);
    tearFile(world);
    let over = false;
    const breaking = Promise.all(trouble.map(([, fault]) => fault(world)))
      .finally(() => over = true);
    await Promise.all([breaking, traffic(world, ACTS_A_TROUBLE, () => over)]);
    blame(world);
  }
  await settled(world, wrongWhileOpen);
  const { history: { texts, connections }, files } = world;
  const counts = `${texts.length} answers to texts, ${connections} connections`;
  console.log(`  all is well: ${counts}, ${files.length} files`);
  await sendAllAgain(world);
  await readFiles(world);
  await settled(world, wrongWhileOpen);
  const ended = await leaveHalfFiles(world);
  // The end itself is interrupted: what was begun is finished by whoever comes next.
  const interrupted = pass(dice.between(0, LONGEST_TO_END)).then(crash);
  await Promise.all([endConversations(world), interrupted]);
  await settled(world, wrongAfterEnd);
  for (const { page, session } of ended) {
    const command = { type: "text.send", session, n: 1, text: "late" } as const;
    const answer = await page.insist(command);
    assertEquals(answer, { kind: "rejected", code: "session_ended" }, "[S7]");
  }
  assertEquals(await product.stop(), 0);
  blame(world, await remains(world, world.database));
}
