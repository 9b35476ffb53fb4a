/** A run on a machine whose power can be cut. */
import { dirname } from "node:path";
import type { Dice } from "../dice.ts";
import { kvOf, Product } from "../product.ts";
import { type FaultWorld, oneProcess, openWorld } from "../world.ts";
import { Power } from "./power.ts";

/** `how`: more for strace, see {@link Power.of}. */
export async function openPoweredWorld(
  dice: Dice,
  stack: AsyncDisposableStack,
  how: readonly string[] = [],
): Promise<{ world: FaultWorld; power: Power }> {
  const powered = Promise.withResolvers<Power>();
  const world = await openWorld(dice, stack, {
    ...oneProcess(),
    async start(folder) {
      const power = await Power.of(dirname(kvOf(folder)), `${folder}/strace`, how);
      powered.resolve(power);
      return await Product.start(folder, {}, power.before);
    },
  });
  return { world, power: await powered.promise };
}
