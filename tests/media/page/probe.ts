/** A page that tries the ways to the media node with the product's own code. */
import { type Legs, tryNetwork } from "../../../client/equipment/network.ts";
import { NOTHING_CHECKED } from "../../../protocol/equipment.ts";
import type { MediaTicket } from "../../../protocol/messages.ts";

export type { Legs };

declare global {
  var fetchProbeTicket: () => Promise<MediaTicket>;
  var tryAll: () => Promise<Legs>;
}

globalThis.tryAll = async () => {
  let legs: Legs = NOTHING_CHECKED.network;
  await tryNetwork({
    ticket: () => globalThis.fetchProbeTicket(),
    found: (leg, result) => legs = { ...legs, [leg]: result },
  });
  return legs;
};
