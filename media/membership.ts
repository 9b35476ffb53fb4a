/** What a page that is in holds of its node. */
import type { Peer } from "./peer.ts";

/** A page that joined a room, or tries the ways to the node. */
export interface Membership {
  readonly peer: Pick<Peer, "handle" | "allowed">;
  /** Takes a fresh ticket for the same place; false: it is not one. */
  renew(token: string): Promise<boolean>;
  /** The page is gone. */
  leave(): void;
}
