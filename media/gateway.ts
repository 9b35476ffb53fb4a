/**
 * What a web process sees of media: whether calls can be made, tickets, and what the administrator
 * switches. Neither this file nor nodes_gateway.ts knows mediasoup, so they run on Deno Deploy.
 */
import type { MediaTicket } from "../protocol/messages.ts";
import type { Allowed, Place, TicketClaims } from "../protocol/media.ts";
import type { MediaStatus } from "../protocol/service.ts";

/**
 * How a node is that a call names. "leaving": it carries the call, which is to go elsewhere soon;
 * "gone": it cannot be counted on any more.
 */
export type NodeStanding = "there" | "leaving" | "gone";

/** The one way from a web process to media nodes. */
export interface MediaGateway {
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
   * A ticket for one page to the node it names, good for one use within 60 s. Rejects with
   * {@link MediaUnavailable} where that node is not known.
   */
  ticket(claims: TicketClaims): Promise<MediaTicket>;
  /**
   * A ticket for a page of `device` to try the ways to a node, good for one use within 60 s.
   * Rejects with {@link MediaUnavailable} while there is no node.
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
  /** Where the node lives in this process: serves its socket (GET {@link MEDIA_SOCKET_PATH}). */
  handle?(request: Request): Response;
  /** Where nodes live elsewhere: lets one register (POST {@link MEDIA_NODES_PATH}). */
  register?(request: Request): Promise<Response>;
  /** Lets go of everything; pages are told to come back. Idempotent. */
  close(): Promise<void>;
}

/** There is no media node to go to now; its `code` is the protocol's. */
export class MediaUnavailable extends Error {
  override readonly name = "MediaUnavailable";
  readonly code = "calls_unavailable";
}

/** The gateway of a deployment without calls. `reason`: a sentence for an administrator. */
export function offGateway(reason: string): MediaGateway {
  const status: MediaStatus = { state: "unavailable", reason };
  return {
    status: () => status,
    onStatus: () => () => {},
    nodeId: () => null,
    placed: () => {},
    standing: () => Promise.resolve("gone"),
    onLeaving: () => () => {},
    ticket: () => Promise.reject(new MediaUnavailable(reason)),
    probeTicket: () => Promise.reject(new MediaUnavailable(reason)),
    restrict: () => {},
    closeRoom: () => {},
    leaveRoom: () => {},
    close: () => Promise.resolve(),
  };
}
