/**
 * What a web process sees of media: whether calls can be made, tickets, and what the administrator
 * switches. Neither this file nor remote_gateway.ts knows mediasoup, so they run on Deno Deploy.
 */
import type { MediaTicket } from "../protocol/messages.ts";
import type { Allowed, TicketClaims } from "../protocol/media.ts";
import type { MediaStatus } from "../protocol/service.ts";

/** The one way from a web process to its media node. */
export interface MediaGateway {
  /** Whether calls can be made now. */
  status(): MediaStatus;
  /** Calls `listener` at every change of status; returns what stops that. */
  onStatus(listener: (status: MediaStatus) => void): () => void;
  /** The node new calls go to; null until it is ready. */
  nodeId(): string | null;
  /**
   * A ticket for one page, good for one use within 60 s. Rejects with {@link MediaUnavailable} while
   * there is no node.
   */
  ticket(claims: Omit<TicketClaims, "node">): Promise<MediaTicket>;
  /**
   * A ticket for a page of `device` to try the ways to the node, good for one use within 60 s.
   * Rejects with {@link MediaUnavailable} while there is no node.
   */
  probeTicket(device: string): Promise<MediaTicket>;
  /**
   * From now on only `allowed` may be sent in the session's room: what is sent and no longer allowed
   * stops at once, and is refused until this is called again. Rejects when the node cannot be told.
   */
  restrict(session: string, allowed: Allowed): void | Promise<void>;
  /**
   * Ends the session's call on the node: its pages are let go and tickets of calls up to `call` (by
   * default: the one going on) are worth nothing any more. Rejects when the node cannot be told.
   */
  closeRoom(session: string, call?: number): void | Promise<void>;
  /** Where the node lives in this process: serves its socket (GET {@link MEDIA_SOCKET_PATH}). */
  handle?(request: Request): Response;
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
    ticket: () => Promise.reject(new MediaUnavailable(reason)),
    probeTicket: () => Promise.reject(new MediaUnavailable(reason)),
    restrict: () => {},
    closeRoom: () => {},
    close: () => Promise.resolve(),
  };
}
