/** Media nodes, as those see them who know neither mediasoup nor a network: actors. Only types. */
import type { Allowed, Place, TicketClaims } from "./media.ts";
import type { MediaTicket } from "./messages.ts";
import type { MediaStatus } from "./service.ts";

/**
 * How a node is that a call names. "leaving": it carries the call, which is to go elsewhere soon;
 * "gone": it cannot be counted on any more.
 */
export type NodeStanding = "there" | "leaving" | "gone";

/** What a session is given of media nodes: whether there can be calls, and where they are. */
export interface MediaPort {
  /** Whether calls can be made now. */
  status(): MediaStatus;
  /** Calls `listener` at every change of status; returns what stops that. */
  onStatus(listener: (status: MediaStatus) => void): () => void;
  /** The node a new call goes to now, none of `but`; null: none is ready. */
  nodeId(but?: readonly string[]): string | null;
  /** A call has come to this node: count it, before the node itself does. */
  placed(node: string): void;
  /**
   * How this node is. `lost`: a page cannot reach it, so it is asked itself, with little patience.
   * Never rejects.
   */
  standing(node: string, lost: boolean): Promise<NodeStanding>;
  /** Calls `listener` when a node wants its calls to go elsewhere; returns what stops that. */
  onLeaving(listener: (node: string) => void): () => void;
  /**
   * A ticket for one page to the node it names, good for one use within 60 s. Rejects with an
   * error of the code `calls_unavailable` where that node is not known.
   */
  ticket(claims: TicketClaims): Promise<MediaTicket>;
  /**
   * A ticket for a page of `device` to try the ways to a node, good for one use within 60 s.
   * Rejects with an error of the code `calls_unavailable` while there is no node.
   */
  probeTicket(device: string): Promise<MediaTicket>;
  /**
   * From now on only `allowed` may be sent in the session's room on `node`: what is sent and no
   * longer allowed stops at once, and is refused until this is called again. Rejects when the node
   * cannot be told now; it is told when it is back.
   */
  restrict(session: string, allowed: Allowed, node: string): void | Promise<void>;
  /**
   * Ends the session's call on the node: its pages are let go and tickets of calls up to `call` are
   * worth nothing any more. Rejects when the node cannot be told now; it is told when it is back.
   */
  closeRoom(session: string, call: number, node: string): void | Promise<void>;
  /**
   * The call goes on at another node: tickets to this stay on `node` are worth nothing any more, and
   * pages that do not leave by themselves are let go. A node that is not there is told when it is back.
   */
  leaveRoom(session: string, place: Place, node: string): void | Promise<void>;
}
