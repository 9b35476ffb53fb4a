/**
 * What a web process sees of media: whether calls can be made, tickets, and what the administrator
 * switches. Neither this file nor nodes_gateway.ts knows mediasoup, so they run on Deno Deploy.
 */
import type { MediaPort } from "../protocol/media_port.ts";
import type { MediaStatus } from "../protocol/service.ts";

/** The one way from a web process to media nodes. */
export interface MediaGateway extends MediaPort {
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
